"""The news reader: pipeline, library, command line and app."""
