"""Imports and exports of the sandbox, which run in the background by its clock."""
