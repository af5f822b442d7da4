"""The dry run: orders are prepared and validated, and the plan shows what the import costs and changes."""
