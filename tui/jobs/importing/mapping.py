"""How the columns of a CSV become fields: by their headers, or by a mapping that the user made and named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from tui.orders.amounts import DECIMALS

from .fields import KINDS, SERVICE_MADE, Kind, kind_of, nearest
from .rows import LINE_KEY, REASON_KEY, TEXT_KEY, ImportRefused, UnreadableFile

SHEET_MARK = "_sheet"
"""The last column of a spreadsheet-safe file, which says that cells are protected by an apostrophe."""

OWN_COLUMNS = frozenset({LINE_KEY, REASON_KEY, TEXT_KEY, SHEET_MARK})


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file and the field it fills. A column without a ``path`` is left out."""

    header: str
    path: str | None
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Columns by their headers, saved by name. ``decimals`` are those of columns of kind ``amount``."""

    name: str
    columns: tuple[Column, ...]
    decimals: int = DECIMALS

    def to_document(self) -> dict[str, Any]:
        """The mapping as plain data, for a file."""
        return {
            "name": self.name,
            "decimals": self.decimals,
            "columns": [
                {"header": column.header, "path": column.path, "kind": column.kind} for column in self.columns
            ],
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> ColumnMapping:
        """Read what ``to_document`` wrote.

        Raises:
            ImportRefused: it is not a mapping, or names fields that the API does not have.
        """
        try:
            columns = tuple(
                Column(str(entry["header"]), _text(entry["path"]), _kind(entry["kind"]))
                for entry in document["columns"]
            )
            made = cls(str(document["name"]), columns, int(document["decimals"]))
        except (KeyError, TypeError, ValueError) as error:
            raise ImportRefused(f"the saved mapping cannot be read: {error!r}") from None
        made.check()
        return made

    def check(self) -> None:
        """See that every column leads to a field, and no two to the same.

        Raises:
            ImportRefused: one does not.
        """
        paths = [column.path for column in self.columns if column.path is not None]
        for path in paths:
            if kind_of(path) is None:
                raise ImportRefused(f"the mapping “{self.name}” names {_unknown(path)}")
        if twice := _first_repeated(paths):
            raise ImportRefused(f"the mapping “{self.name}” fills {twice} from two columns")


def columns_of(header: Sequence[str], mapping: ColumnMapping | None) -> tuple[Column, ...]:
    """What each column of the file is, in the order of the file.

    Raises:
        UnreadableFile: a header is there twice, or is no field and the mapping does not know it.
    """
    if twice := _first_repeated(name for name in header if name):
        raise UnreadableFile(f"the column “{twice}” is there twice")
    known = {column.header: column for column in mapping.columns} if mapping else {}
    columns = tuple(known.get(name) or _by_header(name, mapping) for name in header)
    missing = [name for name in known if name not in header]
    if missing:
        raise UnreadableFile(
            f"the mapping “{mapping.name if mapping else ''}” needs the column “{missing[0]}”"
        )
    if twice := _first_repeated(column.path for column in columns if column.path):
        raise UnreadableFile(f"two columns fill the field {twice}")
    return columns


def is_ignored(header: str) -> bool:
    """Whether a column is one that the service fills itself, such as ``total_amount``."""
    return _plain(header) in SERVICE_MADE


def _by_header(name: str, mapping: ColumnMapping | None) -> Column:
    if name in OWN_COLUMNS:
        return Column(name, None)
    for path in (name, _plain(name)):
        kind = kind_of(path)
        if kind is not None:
            return Column(name, path, kind)
    if is_ignored(name) or mapping is not None:
        return Column(name, None)
    raise UnreadableFile(
        f"the column {_unknown(name)}",
        hint="Name columns as the API names fields (customer.email, metadata.channel), or map them.",
    )


def _plain(header: str) -> str:
    """``Source ID`` as exports of the service write it is ``source_id``."""
    return header.strip().lower().replace(" ", "_")


def _unknown(path: str) -> str:
    near = nearest(_plain(path))
    return f"“{path}”, which is no field of the API" + (f"; did you mean {near}?" if near else "")


def _first_repeated(names: Iterable[str]) -> str | None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            return name
        seen.add(name)
    return None


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    raise TypeError(value)


def _kind(value: object) -> Kind:
    if value not in get_args(Kind):
        raise ValueError(f"{value!r} is none of {', '.join(KINDS)}")
    return value  # type: ignore[return-value]  # seen to be one of them
