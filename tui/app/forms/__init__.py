"""The order form: creates and edits orders, up to the preview of the request."""
