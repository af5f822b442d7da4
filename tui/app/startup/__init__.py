"""Starting the explorer, and what it is given from the settings."""
