"""What the explorer tells the user in passing: notifications, and what is in progress."""
