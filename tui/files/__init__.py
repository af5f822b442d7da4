"""Files, folders and threads that work on them. Standard library only; every package may use it."""
