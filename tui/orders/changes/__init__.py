"""Changes of an order: told apart, put together, written as the smallest request, checked afterwards."""

from .absent import ABSENT, same
from .assignment import (
    Assignment,
    assign,
    check_sequence,
    parse_assignment,
    read_value,
    remove_path,
    set_path,
)
from .change import Change, Description, describe, describe_value
from .diff import diff
from .expected import (
    Verdict,
    changed_fields,
    compare_answer,
    expect,
    fits,
    judge,
    server_made,
    split_differences,
)
from .field_kinds import kind_of
from .follow import follow_amounts
from .merge import Conflict, Merge, Side, decide, merge
from .overlay import overlay, writable
from .patch import Note, Patch, patch_for

__all__ = [
    "ABSENT",
    "Assignment",
    "Change",
    "Conflict",
    "Description",
    "Merge",
    "Note",
    "Patch",
    "Side",
    "Verdict",
    "assign",
    "changed_fields",
    "check_sequence",
    "compare_answer",
    "decide",
    "describe",
    "describe_value",
    "diff",
    "expect",
    "fits",
    "follow_amounts",
    "judge",
    "kind_of",
    "merge",
    "overlay",
    "parse_assignment",
    "patch_for",
    "read_value",
    "remove_path",
    "same",
    "server_made",
    "set_path",
    "split_differences",
    "writable",
]
