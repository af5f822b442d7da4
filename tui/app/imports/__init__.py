"""Importing orders in the explorer: the file, its columns, the plan."""
