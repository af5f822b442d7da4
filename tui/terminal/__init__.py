"""What a terminal is: visible text, cell width, where we run. Pure."""
