"""The runs on disk: journal, index, locks, status and removal."""
