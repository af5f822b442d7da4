"""Short feedback to the user: notifications, and what is in progress."""
