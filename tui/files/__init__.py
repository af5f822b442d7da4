"""Files and folders that Ordex creates. Standard library only; every other package may use it."""
