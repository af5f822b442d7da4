"""Locking and unlocking changes of the open account."""
