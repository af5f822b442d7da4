"""Dialogs: choices, confirmations, messages, help pages and reports."""
