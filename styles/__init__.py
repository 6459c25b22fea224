"""The style sheets of the app: layout only; colours come from themes."""
