"""The layout of CSV files of orders, which an import reads back unchanged.

The header has API paths. If a file has metadata columns, or text that CSV cannot represent, its last column
``_json`` lists the columns whose cell in that row is JSON, as a JSON array (``["metadata.qty"]``). Every
other cell is plain text, and an empty cell is an absent field. The column ``_json`` distinguishes a number
from a text of digits. A spreadsheet-safe file has a last, empty column ``_sheet``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.jobs.importing.mapping.helper_columns import JSON_KEY, SHEET_MARK
from tui.jobs.importing.reading.spreadsheet_cells import protect
from tui.terminal.visible import hidden_in_lines, visible

from .export_request import FIELDS, METADATA

if TYPE_CHECKING:
    from tui.orders.order import Order


_PATH_OF_COLUMN = {"customer": "customer_id", "referrer": "referrer_id", "products": "items"}
"""The API paths of table columns with other names."""

_ITEMS = "items"


@dataclass(frozen=True, slots=True)
class OrderCsv:
    """The layout of one file: its ``fields`` (API paths), and whether it has the column ``_json``.

    Without that column, control characters are written as visible symbols.
    """

    fields: tuple[str, ...]
    has_json: bool

    @classmethod
    def of(cls, orders: Iterable[Order], columns: Sequence[str] | None) -> OrderCsv:
        """The layout for orders and columns of the table or API paths; ``None`` stands for all fields."""
        listed = list(orders)
        fields = all_fields(listed) if columns is None else paths_of(columns)
        has_json = any(map(_is_metadata, fields)) or any(
            isinstance(text := order.raw.get(field), str) and _is_hidden(text)
            for order in listed
            for field in fields
        )
        return cls(fields, has_json)

    def header(self, name_of: Callable[[str], str] = str) -> list[str]:
        """The titles; ``name_of`` can mask a field's name."""
        return [*map(name_of, self.fields), *([JSON_KEY] if self.has_json else [])]

    def record(self, document: Mapping[str, Any], name_of: Callable[[str], str] = str) -> list[str]:
        """The record of an order. A masked ``document`` has the field names that ``name_of`` returns."""
        return [cell or "" for cell in self.cells(document, name_of)]

    def cells(
        self, document: Mapping[str, Any], name_of: Callable[[str], str] = str, *, nullable: bool = False
    ) -> list[str | None]:
        """The same with ``None`` for absent fields.

        If columns are ``nullable``, as in Parquet, ``None`` is also null, and the column ``_json``
        distinguishes the two; empty texts and control characters need no JSON then.
        """
        names = list(map(name_of, self.fields))
        cells = [_cell(document, name, self.has_json, nullable) for name in names]
        record = [text for text, _ in cells]
        if self.has_json:
            named = [name for name, (_, is_json) in zip(names, cells, strict=True) if is_json]
            record.append(_json_text(named) if named else None)
        return record


def paths_of(columns: Iterable[str]) -> tuple[str, ...]:
    """The API paths of table columns, without duplicates."""
    return tuple(dict.fromkeys(_PATH_OF_COLUMN.get(name, name) for name in columns))


def all_fields(orders: Iterable[Order]) -> tuple[str, ...]:
    """All fields of an export, the items, and a field for each metadata key.

    If a key cannot be part of a title, one field ``metadata`` holds all keys.
    """
    keys = sorted({key for order in orders for key in order.metadata or {}})
    if any(not key or _is_hidden(key) for key in keys):
        return (*FIELDS, _ITEMS, METADATA)
    return (*FIELDS, _ITEMS, *(f"{METADATA}.{key}" for key in keys))


def _cell(document: Mapping[str, Any], field: str, has_json: bool, nullable: bool) -> tuple[str | None, bool]:
    """The text of a cell, and whether it is JSON to be listed in the column ``_json``."""
    holder: Any = document
    key = field
    if field.startswith(f"{METADATA}."):
        holder, key = document.get(METADATA), field.removeprefix(f"{METADATA}.")
    if not isinstance(holder, Mapping) or key not in holder:
        return None, False
    value = holder[key]
    if holder is document and value is None:
        return None, False  # Outside metadata, null and absent mean the same to the API.
    if isinstance(value, str):
        return _text_cell(value, has_json, nullable)
    is_json = has_json and (_is_metadata(field) or isinstance(value, dict | list))
    return (None if value is None and nullable else _json_text(value)), is_json


def _text_cell(text: str, has_json: bool, nullable: bool) -> tuple[str, bool]:
    if nullable:
        return (text, False) if _encodes(text) else (_json_text(text), has_json)
    if has_json and (not text or _is_hidden(text)):
        return _json_text(text), True
    return visible(text, multiline=True, limit=None) if _is_hidden(text) else text, False


def _encodes(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_metadata(field: str) -> bool:
    return field == METADATA or field.startswith(f"{METADATA}.")


def _is_hidden(text: str) -> bool:
    """Whether a text has control characters or lone surrogates; line ends and tabs do not count."""
    return not (text.isascii() and text.isprintable()) and bool("\r" in text or hidden_in_lines(text))


def _json_text(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if not _is_hidden(text):
        return text
    return json.dumps(value, separators=(",", ":")).replace("\x7f", "\\u007f")


SUFFIX = ".sheet.csv"


def sheet_header(header: Sequence[str]) -> list[str]:
    """The header of a spreadsheet-safe file."""
    return [*map(protect, header), SHEET_MARK]


def sheet_record(record: Sequence[str]) -> list[str]:
    """A record of a spreadsheet-safe file."""
    return [*map(protect, record), ""]


def sheet_name(path: Path) -> Path:
    """The file name with the suffix of spreadsheet-safe files."""
    if path.name.endswith(SUFFIX):
        return path
    stem = path.name[: -len(".csv")] if path.name.endswith(".csv") else path.name
    return path.with_name(stem + SUFFIX)
