"""Where Ordex keeps things, and which account it speaks to."""
