"""The app in a browser on this machine, through textual-serve (extra `serve`)."""
