"""A look around: is all as it should be, and if not, what to do? The report may be shown to anybody.

Each section has a module that looks (``look_at_…``: reads, changes nothing) and tells (``…_section``: pure).
"""
