"""Exports that come down whole: a job followed, a file that is complete or not there."""
