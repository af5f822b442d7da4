"""Completion of a line, as pure functions of the line, the cursor and the known values."""
