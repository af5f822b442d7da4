"""The async adapter to Voucherify's Orders API, on httpx."""
