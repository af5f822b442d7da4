"""What the columns of an import file are: fields of the API, the CSV dialect, and saved mappings."""
