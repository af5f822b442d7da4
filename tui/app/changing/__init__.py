"""Changing orders: from the form over the preview to what became of it."""
