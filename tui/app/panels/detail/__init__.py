"""The pane that shows one order in full."""
