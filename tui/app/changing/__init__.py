"""Changing orders: form, preview, conflicts, sending, outcome and journal."""
