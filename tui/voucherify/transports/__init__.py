"""What a request passes on its way out, one idea a file, each a transport around the next.

From outside: ``read_only`` → ``deadline`` → ``retry`` → ``budget`` → ``oauth`` (where tokens stand in for
keys) → ``recorder`` → ``byte_cap`` → ``credentials`` → ``turnstile`` → ``network``. From ``turnstile``
outwards only errors of the tree are raised, and no request holds a key.
"""
