"""The account that the explorer is on: what may be done to it now, and changing over to another."""
