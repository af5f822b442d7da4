"""The explorer, a Textual application."""
