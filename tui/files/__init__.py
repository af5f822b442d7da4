"""Creation of files and folders. Uses the standard library only; every package may use it."""
