"""An embedded Voucherify: the same wire contract over ASGI and SQLite."""
