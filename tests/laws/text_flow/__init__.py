"""A walk over the source that follows texts backwards, from where they are shown to where they come from."""
