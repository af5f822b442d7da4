"""Changes of an order: diff, merge, the smallest update request, and verification of the answer."""

from tui.orders.json_values import ABSENT, json_equal
from tui.orders.request.from_order import overlay_document, writable

from .assignment import (
    FieldAssignment,
    assign,
    check_sequence,
    kind_of,
    parse_assignment,
    read_value,
    remove_path,
    set_path,
)
from .diff import Change, ChangeDescription, describe, describe_value, diff
from .item_amounts import update_amounts
from .merge import Conflict, Merge, Side, merge, resolve_conflicts
from .patch import Patch, PatchNote, patch_for
from .verification import (
    Verdict,
    changed_fields,
    compare_answer,
    expected_document,
    is_applied,
    server_made_changes,
    split_differences,
    verify_update,
)

__all__ = [
    "ABSENT",
    "Change",
    "ChangeDescription",
    "Conflict",
    "FieldAssignment",
    "Merge",
    "Patch",
    "PatchNote",
    "Side",
    "Verdict",
    "assign",
    "changed_fields",
    "check_sequence",
    "compare_answer",
    "describe",
    "describe_value",
    "diff",
    "expected_document",
    "is_applied",
    "json_equal",
    "kind_of",
    "merge",
    "overlay_document",
    "parse_assignment",
    "patch_for",
    "read_value",
    "remove_path",
    "resolve_conflicts",
    "server_made_changes",
    "set_path",
    "split_differences",
    "update_amounts",
    "verify_update",
    "writable",
]
