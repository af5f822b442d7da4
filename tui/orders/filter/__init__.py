"""The filter language: one small language for explorer, command line, REPL and exports."""

from .error import FilterError
from .language import Filter, parse

__all__ = ["Filter", "FilterError", "parse"]
