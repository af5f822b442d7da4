"""Imports, exports and other background jobs, as commands use them."""
