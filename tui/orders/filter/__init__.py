"""The filter language of the explorer, the command line, the REPL and exports.

Text becomes a symbolic tree (``lexer``, ``parser``, ``nodes``); each target is a function over the tree in a
module of its own: ``predicate`` for orders at hand, ``export`` for the server. Both compile what
``conditions`` resolves, and know fields only from the registry in ``fields``.
"""

from tui.orders.filter.syntax.error import FilterError

from .analysis import (
    RequiredColumns,
    TimeBounds,
    bounds_of,
    describe_skipped,
    required_columns,
    unreadable_field_test,
)
from .compiled import Filter, parse
from .completion import Suggestion, complete
from .export_filters import ExportFilters, UnexportedPart, to_export_filters
from .filter_fields import FIELDS, FilterableField
from .filter_help import EXAMPLES, HELP
from .highlight import FilterSpan, highlight

__all__ = [
    "EXAMPLES",
    "FIELDS",
    "HELP",
    "ExportFilters",
    "Filter",
    "FilterError",
    "FilterSpan",
    "FilterableField",
    "RequiredColumns",
    "Suggestion",
    "TimeBounds",
    "UnexportedPart",
    "bounds_of",
    "complete",
    "describe_skipped",
    "highlight",
    "parse",
    "required_columns",
    "to_export_filters",
    "unreadable_field_test",
]
