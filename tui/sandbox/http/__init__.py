"""The HTTP side of the sandbox: routes, authentication, rate limits, faults, errors."""
