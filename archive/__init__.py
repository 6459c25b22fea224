"""The archive: what is kept and how it is found."""
