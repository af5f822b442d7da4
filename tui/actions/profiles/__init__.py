"""The user's profiles: told, asked for, tried, and kept in the settings."""
