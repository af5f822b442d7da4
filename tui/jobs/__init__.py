"""Changes, imports and exports that survive a crash, and background work."""
