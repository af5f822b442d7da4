"""The log of API calls, without secrets: recording, timing, redaction, HAR files."""
