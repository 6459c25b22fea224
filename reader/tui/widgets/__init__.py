"""The widgets of the app: values come down as attributes, messages go up with ids and counts."""
