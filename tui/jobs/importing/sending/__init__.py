"""Sending a planned run: chunks, retries, and the outcome of every row."""
