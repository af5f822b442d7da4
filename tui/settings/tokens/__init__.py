"""Where the token of a profile lives: one kind of place per module."""
