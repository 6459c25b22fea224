"""What the app does, one concern a module; screens wire it, widgets know nothing of it."""
