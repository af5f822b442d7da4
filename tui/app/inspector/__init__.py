"""The calls that the session made, as they were: what was asked, what came of it, where the time went."""
