"""Exports: a job of the service, its download, and files of loaded orders."""
