"""Imports that survive a crash: a file of any size arrives once, and what does not arrive is named."""
