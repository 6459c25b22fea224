"""The stages that turn feeds into articles, one a file."""
