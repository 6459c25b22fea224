"""What is measured, a module each: a function that yields figures as they are taken."""
