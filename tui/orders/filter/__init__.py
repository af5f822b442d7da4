"""The filter language: one small language for explorer, command line, REPL and exports.

Text becomes a symbolic tree (``lexer``, ``parser``, ``nodes``); each target is a function over the tree in a
module of its own: ``predicate`` for orders at hand, ``export`` for the server. Both compile what
``conditions`` resolves, and know fields only from the registry in ``fields``.
"""

from .completion import Suggestion, complete
from .error import FilterError
from .export import ExportFilters, Left, to_export_filters
from .fields import FIELDS, Field
from .help import EXAMPLES, HELP
from .highlight import Span, highlight
from .language import Filter, parse
from .needs import Needs, needs_of
from .time_bounds import TimeBounds, bounds_of
from .unreadable import skipped_words, unreadable_for

__all__ = [
    "EXAMPLES",
    "FIELDS",
    "HELP",
    "ExportFilters",
    "Field",
    "Filter",
    "FilterError",
    "Left",
    "Needs",
    "Span",
    "Suggestion",
    "TimeBounds",
    "bounds_of",
    "complete",
    "highlight",
    "needs_of",
    "parse",
    "skipped_words",
    "to_export_filters",
    "unreadable_for",
]
