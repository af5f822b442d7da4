"""What a user can do, defined once for every front end."""
