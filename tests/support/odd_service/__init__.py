"""A proxy in front of the sandbox that changes its answers, and what may be said of each."""
