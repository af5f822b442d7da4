"""Completion of a line: pure functions of the line, the cursor and what is known."""
