"""The bar in which a filter is typed: colours, proposals, and what is wrong, pointed at."""

from .bar import FilterBar

__all__ = ["FilterBar"]
