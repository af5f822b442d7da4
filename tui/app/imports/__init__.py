"""Imports in the explorer: the file, the mapping of its columns, the plan."""
