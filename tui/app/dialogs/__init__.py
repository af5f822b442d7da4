"""Questions that take the keyboard until they are answered."""
