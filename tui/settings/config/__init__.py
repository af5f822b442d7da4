"""The settings file, config.toml: its schema, reading, validating and editing it."""
