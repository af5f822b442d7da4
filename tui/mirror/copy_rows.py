"""The columns of the local copy, and the row of an order.

A column holds what the filter language reads of an order (``tui.orders.filter.filter_fields``), so a
condition in SQL compares the same value as the predicate. An order with a value that no column holds exactly
is **irregular**: SQL leaves it out, and the predicate decides it from its document.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from tui.orders.columns import COLUMNS
from tui.orders.exported_text import (
    comparable_texts,
    exported_text,
    meaning_of,
    metadata_meaning,
    metadata_texts,
    number_of,
)
from tui.orders.filter.filter_fields import FIELDS, FieldKind, FilterableField, searched
from tui.orders.filter.syntax.moments import time_of
from tui.orders.times import parse_time

if TYPE_CHECKING:
    from tui.orders.order import Order

Source = Literal["list", "export"]
"""Where a row came from: a page of the list, with the whole document, or an export."""

METADATA_VALUES = (
    '[{"path":"VARCHAR","value":"VARCHAR","parts":[{"text":"VARCHAR","number":"DECIMAL(38,12)",'
    '"time":"BIGINT"}]}]'
)
"""The structure of ``metadata_values``: for each path its text, and what a comparison sees of it.

``number`` is the text read as a number, ``time`` as milliseconds since 1970.
"""

SEPARATOR = "\x1f"
"""Between the texts of ``search``."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_LARGEST = 2**63
_DECIMAL = Decimal("1e26")
_DEPTH = 32


@dataclass(frozen=True, slots=True)
class CopyColumn:
    """One column of a segment.

    ``type`` is its type in SQL; ``json`` the structure of a nested one. ``is_narrow`` columns are loaded into
    memory. A column that ``needs_document`` is null for an order of which only an export's row is known.
    """

    name: str
    type: str
    is_narrow: bool = True
    needs_document: bool = False
    json: str = ""
    field: FilterableField | None = None


_TYPES = {
    FieldKind.STATUS: "VARCHAR",
    FieldKind.TEXT: "VARCHAR",
    FieldKind.AMOUNT: "BIGINT",
    FieldKind.COUNT: "BIGINT",
    FieldKind.TIME: "TIMESTAMP",
}


def _of_field(field: FilterableField) -> CopyColumn:
    needs = field.export is None
    if field.many:
        return CopyColumn(field.name, "VARCHAR[]", False, needs, '["VARCHAR"]', field)
    return CopyColumn(field.key or field.name, _TYPES[field.kind], needs_document=needs, field=field)


FIELD_COLUMNS: dict[str, CopyColumn] = {
    field.name: _of_field(field) for field in FIELDS.values() if field.name != "metadata"
}
"""The column of each field of the filter language, by the field's name; metadata has columns of its own."""

OTHER_COLUMNS: tuple[CopyColumn, ...] = (
    CopyColumn("products", "VARCHAR", needs_document=True),
    CopyColumn("is_irregular", "BOOLEAN"),
    CopyColumn("is_whole", "BOOLEAN"),
    CopyColumn("read_at", "TIMESTAMP"),
    CopyColumn("source", "VARCHAR"),
    CopyColumn("search", "VARCHAR", is_narrow=False),
    CopyColumn("metadata", "VARCHAR", is_narrow=False),
    CopyColumn("metadata_texts", "VARCHAR[]", is_narrow=False, json='["VARCHAR"]'),
    CopyColumn("metadata_values", "STRUCT[]", is_narrow=False, json=METADATA_VALUES),
    CopyColumn("document", "VARCHAR", is_narrow=False),
    CopyColumn("exported", "VARCHAR", is_narrow=False),
)

ROW_COLUMNS: tuple[CopyColumn, ...] = (*FIELD_COLUMNS.values(), *OTHER_COLUMNS)
"""Every column of a segment but ``place``, in the order of a row's values."""

NARROW = tuple(column.name for column in ROW_COLUMNS if column.is_narrow)

Row = list[Any]
"""The values of ``ROW_COLUMNS``: times as microseconds since 1970, nested ones as JSON."""

_AT = {column.name: at for at, column in enumerate(ROW_COLUMNS)}


def row_id(row: Row) -> str:
    """The order's id."""
    return str(row[_AT["id"]])


def row_stamp(row: Row) -> int:
    """When the order was last changed, in microseconds; 0 if it never was, or says so by no time."""
    return int(row[_AT["updated_at"]] or 0)


def row_document(row: Row) -> str | None:
    """The whole document as JSON; ``None`` for a row of an export."""
    document: str | None = row[_AT["document"]]
    return document


def document_text(document: Mapping[str, Any]) -> str:
    """A document as the copy holds it: JSON in ASCII, so that every text of Python fits."""
    return json.dumps(document, separators=(",", ":"))


def row_of(order: Order, *, source: Source, read_at: datetime) -> Row:
    """The row of an order.

    Args:
        order: as it was listed, or made of a row of an export (empty cells are absent).
        source: which of the two.
        read_at: when it was read.
    """
    maker = _RowMaker(order)
    document = document_text(order.raw)
    metadata = order.raw.get("metadata")
    values: dict[str, Any] = {
        column.name: maker.value(column.field) if source == "list" or not column.needs_document else None
        for column in FIELD_COLUMNS.values()
        if column.field is not None
    }
    values["products"] = maker.text(COLUMNS["products"].value(order)) if source == "list" else None
    values["search"] = SEPARATOR.join(map(maker.storable, searched(order))).casefold()
    values["metadata"] = None if metadata is None else json.dumps(metadata, separators=(",", ":"))
    values["metadata_texts"] = json.dumps([maker.text(text) for text in metadata_texts(metadata)])
    values["metadata_values"] = json.dumps(list(maker.metadata_values(metadata)))
    values["read_at"] = (read_at - _EPOCH) // _MICROSECOND
    values["source"] = source
    values["is_whole"] = source == "list"
    values["document"] = document if source == "list" else None
    values["exported"] = document if source == "export" else None
    values["is_irregular"] = maker.is_irregular
    return [values[column.name] for column in ROW_COLUMNS]


class _RowMaker:
    """Converts the values of one order, and notes whether a column cannot hold one exactly."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self.is_irregular = bool(order.problems)

    def value(self, field: FilterableField) -> Any:
        """The value of a field for its column."""
        found = field.read(self._order)
        if field.many:
            return json.dumps([self.text(text) for text in found]) if found else "[]"
        if found is None:
            if field.key is not None and exported_text(self._order.raw.get(field.key)) != "":
                self.is_irregular = True
            return None
        if field.kind is FieldKind.TIME:
            return self._time(field)
        if field.kind in (FieldKind.AMOUNT, FieldKind.COUNT):
            return self._whole(found)
        return self.text(found)

    def storable(self, text: str) -> str:
        """A text that is only searched, as a column can hold it."""
        if not is_storable(text):
            self.is_irregular = True
            return self.clean(text)
        return text

    def text(self, text: str | None) -> str | None:
        """A text for a column; irregular where SQL would not compare it as Python does."""
        if text is None:
            return None
        if not is_plain(text):
            self.is_irregular = True
            return self.clean(text)
        return text

    @staticmethod
    def clean(text: str) -> str:
        """The text without what Parquet cannot hold."""
        if text.isascii():
            return text
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")

    def metadata_values(self, metadata: Any) -> Iterator[dict[str, Any]]:
        """One value for each path that leads to one."""
        for path in dict.fromkeys(_paths(metadata, _DEPTH)):
            meaning = metadata_meaning(metadata, path)
            if meaning is None:
                continue
            parts = [
                {"text": self.text(text), "number": self._number(text), "time": time_of(text)}
                for text in comparable_texts(meaning)
            ]
            yield {"path": self.text(path), "value": self.clean(meaning_text(meaning)), "parts": parts}

    def _time(self, field: FilterableField) -> int | None:
        moment = parse_time(exported_text(self._order.raw.get(field.key or "")))
        return None if moment is None else (moment - _EPOCH) // _MICROSECOND

    def _whole(self, number: int | Decimal) -> int | None:
        if -_LARGEST < number < _LARGEST and number == int(number):
            return int(number)
        self.is_irregular = True
        return None

    def _number(self, text: str) -> str | None:
        number = number_of(text)
        if number is None:
            return None
        if is_exact(number):
            return format(number, "f")
        self.is_irregular = True
        return None


def meaning_text(meaning: str | list[Any] | dict[str, Any]) -> str:
    """The text by which metadata values are grouped; a list is the same as its exported text."""
    return meaning if isinstance(meaning, str) else exported_text(_with_whole_numbers(meaning))


def _with_whole_numbers(value: Any) -> Any:
    """The value with ``5`` for ``5.0``, as JavaScript writes it."""
    if isinstance(value, dict):
        return {key: _with_whole_numbers(each) for key, each in value.items()}
    if isinstance(value, list):
        return list(map(_with_whole_numbers, value))
    return int(value) if isinstance(value, float) and value.is_integer() else value


def is_exact(number: Decimal | int) -> bool:
    """Whether the column of numbers in metadata holds it exactly."""
    if not -_DECIMAL < number < _DECIMAL:
        return False
    scaled = Decimal(number).scaleb(12) if abs(Decimal(number).adjusted()) < 40 else Decimal("0.5")
    return scaled == scaled.to_integral_value() if number else True


def is_storable(text: str) -> bool:
    """Whether a column can hold the text: it has no NUL and no half characters."""
    return "\0" not in text and (text.isascii() or not any("\ud800" <= one <= "\udfff" for one in text))


def is_plain(text: str) -> bool:
    """Whether ``fold`` in SQL folds the text as Python does, and a column can hold it."""
    if text.isascii():
        return "\0" not in text
    return all(map(_folds_plainly, text))


def _folds_plainly(character: str) -> bool:
    if character in "ßẞ":
        return True
    folded = character.casefold()
    return len(folded) == 1 and folded == character.lower() and not "\ud800" <= character <= "\udfff"


FOLD = "CREATE MACRO fold(t) AS replace(lower(t), 'ß', 'ss')"
"""The macro that ignores upper and lower case, for texts that ``is_plain``."""


def _paths(holder: Any, depth: int) -> Iterator[str]:
    """The keys of metadata, and the paths into its nested objects."""
    if not isinstance(holder, Mapping):
        return
    for key, value in holder.items():
        yield key
        inner = meaning_of(value)
        if isinstance(inner, dict) and depth:
            yield from (f"{key}.{path}" for path in _paths(inner, depth - 1))
