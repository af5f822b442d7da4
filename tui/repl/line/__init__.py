"""Parsing of a line: words, redirections, values, statements and arguments."""
