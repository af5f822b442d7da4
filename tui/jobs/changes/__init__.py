"""Changes of orders: planned, recorded in a journal, sent once, undone."""
