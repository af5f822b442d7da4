"""The checks of ``ordex doctor``: what works, what does not, and what to do. The report can be shared.

Each section has a module that looks (``look_at_…``: reads, changes nothing) and tells (``…_section``: pure).
"""
