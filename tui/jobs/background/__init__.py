"""Background work: polling within the rate limit, retries, threads and detached processes."""
