"""The folders of Ordex, its settings and its profiles."""
