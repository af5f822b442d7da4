"""Lists of orders: reading pages, following a filter, and describing what was read."""
