"""The httpx transports of the client, each wrapped around the next.

From outside: ``read_only`` → ``deadline`` → ``retry`` → ``budget_reader`` → ``oauth`` (when the profile uses
tokens) → ``call_recorder`` → ``max_response_size`` → ``credentials`` → ``concurrency_limit`` → ``network``.
From ``concurrency_limit`` outwards only ``VoucherifyError`` is raised and no request holds a key.
"""
