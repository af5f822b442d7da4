"""From a file to rows: formats, compression, encodings, CSV records and JSON values."""
