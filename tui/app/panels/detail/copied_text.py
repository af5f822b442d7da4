"""What each choice of copying gives."""

from __future__ import annotations

import json
from typing import Any

from tui.app.widgets.json_path import Path, dotted, lookup, pointer
from tui.orders.json_values import ABSENT
from tui.terminal.visible import hidden_characters


class NothingToCopy(Exception):
    """There is nothing under the cursor that could be copied; the message says why."""


def copied_text(what: str, document: Any, path: Path | None) -> tuple[str, str]:
    """The label and the text of a choice: ``value``, ``path``, ``pointer`` or ``document``.

    A text without hidden characters is copied as it is, all else as ASCII JSON: what is pasted into a
    terminal must not act there.

    Raises:
        NothingToCopy: the cursor is on no field, or the field was not sent.
    """
    if what == "document":
        return "the order as JSON", _json(document)
    if path is None:
        raise NothingToCopy("The cursor is on no field.")
    where = dotted(path)
    if what == "path":
        return f"the path {_brief(where)}", where
    if what == "pointer":
        return f"the JSON pointer of {_brief(where)}", pointer(path)
    value = lookup(document, path)
    if value is ABSENT:
        raise NothingToCopy(f"{_brief(where)} was not sent, so there is nothing to copy.")
    if isinstance(value, str) and not hidden_characters(value):
        return _brief(where), value
    return f"{_brief(where)} as JSON", _json(value)


def leaves_escaped(document: Any, path: Path | None) -> bool:
    """Whether the value is a text that is copied as escaped JSON for what hides in it."""
    value = ABSENT if path is None else lookup(document, path)
    return isinstance(value, str) and bool(hidden_characters(value))


def _json(value: Any) -> str:
    try:
        return json.dumps(value, indent=2, ensure_ascii=True).replace("\x7f", "\\u007f")
    except (ValueError, RecursionError) as error:
        raise NothingToCopy(f"This cannot be written as JSON: {error}") from error


def _brief(where: str) -> str:
    return where if len(where) <= 60 else where[:59] + "…"
