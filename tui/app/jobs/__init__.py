"""Imports, exports and the account's other jobs in the explorer."""
