"""The checks of ``ordex doctor``: what works, what does not, and what to do. The report can be shared.

Each section has a module that reads (``look_at_…``, without changes) and reports (``…_section``, pure).
"""
