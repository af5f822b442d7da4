"""Starting the explorer with the user's settings."""
