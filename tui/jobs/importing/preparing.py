"""A row of the file becomes an order that can be sent, or the reasons why it cannot."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tui.orders.request import FieldFault

from .opening import ImportFile
from .options import ImportOptions
from .rows import LINE_KEY, REASON_KEY, TEXT_KEY, Row

_OWN_KEYS = (LINE_KEY, REASON_KEY, TEXT_KEY)


@dataclass(frozen=True, slots=True)
class Prepared:
    """An order ready to be sent. ``text`` is its JSON; ``source_id`` what the service will know it by."""

    key: int
    line: int
    document: dict[str, Any]
    text: str

    @property
    def source_id(self) -> str | None:
        """The order's source_id; ``None`` when it is known by its id only."""
        value = self.document.get("source_id")
        return value if isinstance(value, str) else None

    @property
    def name(self) -> str | None:
        """What the service can be asked for the order by: its source_id, else its id."""
        value = self.document.get("id")
        return self.source_id or (value if isinstance(value, str) else None)


def assigned_source_id(file: ImportFile, key: int) -> str:
    """The source_id of a row that has none: the same whenever the same file is imported."""
    return f"imp-{file.short_hash}-{key}"


def preparer(file: ImportFile, options: ImportOptions) -> Callable[[Row], Prepared | tuple[FieldFault, ...]]:
    """The function that shapes rows as the options say; it does not check what the fields hold."""

    def prepare(row: Row) -> Prepared | tuple[FieldFault, ...]:
        document = row.document
        if document is None:
            return row.faults
        if TEXT_KEY in document:
            return (
                FieldFault(
                    "", f"still holds the text that could not be read; write an order over {TEXT_KEY}"
                ),
            )
        shaped = _shaped(document, options)
        if shaped.get("source_id") is None and shaped.get("id") is None:
            if options.missing_source_id == "refuse":
                return (FieldFault("source_id", "is missing"),)
            shaped = {**shaped, "source_id": assigned_source_id(file, row.key)}
        untouched = shaped is document and isinstance(row.raw, str)
        text = row.raw if untouched else json.dumps(shaped, separators=(",", ":"))
        return Prepared(row.key, row.line, shaped, text if isinstance(text, str) else "")

    return prepare


def _shaped(document: dict[str, Any], options: ImportOptions) -> dict[str, Any]:
    taken_out = [key for key in _OWN_KEYS if key in document]
    if options.ids == "drop" and "id" in document:
        taken_out.append("id")
    keeps_date = options.keep_created_at_as is not None and isinstance(document.get("created_at"), str)
    if not taken_out and not keeps_date:
        return document
    shaped = {key: value for key, value in document.items() if key not in taken_out}
    metadata = shaped.get("metadata")
    if keeps_date and (metadata is None or isinstance(metadata, dict)):
        shaped["metadata"] = {**(metadata or {}), options.keep_created_at_as: shaped.pop("created_at")}
    return shaped
