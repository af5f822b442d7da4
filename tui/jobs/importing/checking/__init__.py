"""The dry run: orders are prepared and validated, and the plan says what the import costs and changes."""
