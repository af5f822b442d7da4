"""Imports that survive a crash: each order of a file arrives once, and every rejected row is listed.

``mapping`` (columns to fields) and ``reading`` (files to rows) know nothing of runs; ``checking``
prepares and plans, ``runs`` keeps the journal, ``sending`` talks to the service; ``import_engine`` joins
them.
"""
