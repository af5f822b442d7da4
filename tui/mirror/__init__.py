"""The local copy of an account's orders: Parquet segments, synchronisation, questions by SQL.

A copy is a folder of immutable Parquet files and a manifest that names the valid ones (``copy_folder``). Its
columns are what filters and columns read of an order (``copy_rows``), so that SQL and the filter language
agree. DuckDB is imported where it is used, never on import.
"""

MANIFEST = "manifest.json"
"""The file of a copy that names its segments; without it, there is no copy."""
