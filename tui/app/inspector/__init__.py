"""The inspector: the API calls of the session, with request, answer and timing."""
