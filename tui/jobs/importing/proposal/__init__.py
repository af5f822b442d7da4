"""Suggestions for a CSV with unknown columns: a first mapping, candidate fields, and a preview."""
