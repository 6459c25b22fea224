"""The man page newsreader(1), made from the registries of commands and keys."""
