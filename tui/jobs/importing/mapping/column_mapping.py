"""Maps the columns of a CSV to fields: by their headers, or by a mapping that the user saved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, get_args

from tui.jobs.importing.import_errors import ImportRefused, UnreadableFile
from tui.jobs.importing.mapping.csv_dialect import DEFAULT_DIALECT, Dialect
from tui.jobs.importing.mapping.helper_columns import JSON_KEY, OWN_COLUMNS
from tui.jobs.importing.mapping.import_fields import (
    CELL_KINDS,
    FIELDS,
    METADATA,
    SERVICE_MADE,
    CellKind,
    kind_of,
    kinds_for,
    normalize_title,
    parts_of,
)
from tui.name_suggestions import suggestion_for
from tui.orders.amounts import DECIMALS

MOST_DECIMALS = 4
NAMED = 5
"""Unknown columns that a message names; it counts the others."""


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """A column of the file and the field it fills. A column without a ``path`` is left out.

    ``values`` are pairs of a cell's text and what is read in its place; the empty text is an empty cell.
    """

    header: str
    path: str | None
    kind: CellKind = "text"
    values: tuple[tuple[str, str], ...] = ()

    def read_as(self) -> dict[str, str]:
        """The replacements of cells, by the result of ``plain_cell``."""
        return {plain_cell(cell): text for cell, text in self.values}

    def to_document(self) -> dict[str, Any]:
        """The column as plain data, for a file."""
        document: dict[str, Any] = {"header": self.header, "path": self.path, "kind": self.kind}
        return {**document, "values": dict(self.values)} if self.values else document

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> MappedColumn:
        """Read what ``to_document`` wrote; ``KeyError``, ``TypeError`` or ``ValueError`` when it is not."""
        values = {_word(cell): _word(text) for cell, text in document.get("values", {}).items()}
        header, path, kind = str(document["header"]), _text(document["path"]), _kind(document["kind"])
        # Mappings of earlier versions read dates as the API writes them, which times do, too.
        return cls(header, path, "time" if path == "created_at" else kind, tuple(values.items()))


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Columns by their headers, saved by name.

    Attributes:
        name: under which it is saved.
        columns: what each column of the files fills.
        decimals: those of columns of kind ``amount``.
        dialect: how the files are written that it is for.
        currency: the header of a column with currency codes, which say the decimals of each order's amounts.
        title: what the files are, where it is the mapping of a known export.
        recognised_by: the headers by which such an export is recognised; its other columns may be missing.
    """

    name: str
    columns: tuple[MappedColumn, ...]
    decimals: int = DECIMALS
    dialect: Dialect = DEFAULT_DIALECT
    currency: str | None = None
    title: str = ""
    recognised_by: tuple[str, ...] = ()

    def to_document(self) -> dict[str, Any]:
        """The mapping as plain data, for a file."""
        document: dict[str, Any] = {
            "name": self.name,
            "decimals": self.decimals,
            "dialect": asdict(self.dialect),
            "columns": [column.to_document() for column in self.columns],
        }
        if self.title:
            document["title"] = self.title
        if self.recognised_by:
            document["recognised_by"] = list(self.recognised_by)
        return {**document, "currency": self.currency} if self.currency else document

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> ColumnMapping:
        """Read what ``to_document`` wrote.

        Raises:
            ImportRefused: it is not a mapping, or names fields that the API does not have.
        """
        try:
            columns = tuple(map(MappedColumn.from_document, document["columns"]))
            dialect = Dialect(**document.get("dialect", {}))
            made = cls(
                str(document["name"]),
                columns,
                int(document.get("decimals", DECIMALS)),
                dialect,
                _text(document.get("currency")),
                str(document.get("title", "")),
                tuple(map(_word, document.get("recognised_by", ()))),
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise ImportRefused(f"the saved mapping cannot be read: {error!r}") from None
        made.check()
        return made

    def check(self) -> None:
        """Check that every column fills a field of its kind, and no field is filled twice.

        Raises:
            ImportRefused: a column does not.
        """
        headers, paths = [c.header for c in self.columns], [c.path for c in self.columns if c.path]
        for column in self.columns:
            if column.path is None:
                continue
            kinds = kinds_for(column.path)
            if not kinds:
                raise ImportRefused(f"{self.called} names {describe_unknown_field(column.path)}")
            if column.kind not in kinds:
                raise ImportRefused(f"{column.path} is filled by {' or '.join(kinds)}, not by {column.kind}")
        if twice := first_repeated(paths):
            raise ImportRefused(f"{self.called} fills {twice} from two columns")
        if overlap := first_overlap(paths):
            raise ImportRefused(f"{self.called} fills {overlap[0]} twice: it is a part of {overlap[1]}")
        if twice := first_repeated(header for header in headers if header):
            raise ImportRefused(f"{self.called} names the column “{twice}” twice")
        if not 0 <= self.decimals <= MOST_DECIMALS:
            raise ImportRefused(f"amounts have 0 to {MOST_DECIMALS} decimals, not {self.decimals}")

    def needs(self) -> tuple[str, ...]:
        """The headers of the columns that must be in a file; those that are left out need not."""
        filling = tuple(column.header for column in self.columns if column.path is not None)
        return self.recognised_by or filling

    def fits(self, header: Sequence[str]) -> bool:
        """Whether the file has every column that is needed and no other that would be left out unasked."""
        is_whole = bool(self.recognised_by) or not unknown_columns(header, self)
        return set(self.needs()) <= set(header) and is_whole

    @property
    def called(self) -> str:
        """What a message calls it."""
        return f"the mapping “{self.name}”" if self.name else "the mapping"


class UnknownColumns(UnreadableFile):
    """The header names columns that are not fields of the API: ``columns``, all of them."""

    def __init__(self, columns: Sequence[str]) -> None:
        first, *others = columns
        if others:
            shown = ", ".join(f"“{name}”" for name in columns[:NAMED])
            more = f" and {len(columns) - NAMED:,} more" if len(columns) > NAMED else ""
            message = f"{len(columns):,} columns are unknown to the API: {shown}{more}"
        else:
            message = f"the column {describe_unknown_field(first)}"
        hint = "Name columns as the API names fields (customer.email, metadata.channel), or map them."
        super().__init__(message, hint=hint)
        self.columns = tuple(columns)


def columns_of(header: Sequence[str], mapping: ColumnMapping | None) -> tuple[MappedColumn, ...]:
    """What each column of the file is, in the order of the file.

    Raises:
        UnknownColumns: headers are not fields, and there is no mapping.
        UnreadableFile: a header is there twice, or one that the mapping needs is not there.
    """
    if mapping is None and (twice := first_repeated_field(header)):
        raise UnreadableFile(f"the column “{twice}” occurs twice")
    if mapping is not None:
        missing = [name for name in mapping.needs() if name not in header]
        if missing:
            there = ", ".join(name for name in header if name)
            message = f"{mapping.called} needs the column “{missing[0]}”"
            raise UnreadableFile(message, hint=f"The file has these: {there}.")
    elif strangers := unknown_columns(header, None):
        raise UnknownColumns(strangers)
    known = {column.header: column for column in mapping.columns} if mapping else {}
    exact = mapping is not None
    columns = tuple(known.get(name) or column_by_header(name, exact=exact) for name in header)
    if mapping is None and JSON_KEY not in header:
        columns = tuple(map(_of_unknown_type, columns))
    paths = [column.path for column in columns if column.path]
    if twice := first_repeated(paths):
        raise UnreadableFile(f"two columns fill the field {twice}")
    if overlap := first_overlap(paths):
        part, whole = overlap
        message = f"{part} is a part of {whole}, so two columns fill it"
        raise UnreadableFile(message, hint="Leave one of the two columns out.")
    return columns


def unknown_columns(header: Sequence[str], mapping: ColumnMapping | None) -> tuple[str, ...]:
    """The columns that neither the API nor the mapping knows; one without a name can only be left out."""
    named = {column.header for column in mapping.columns} if mapping else set()
    return tuple(
        name
        for name in header
        if name
        and name not in named | OWN_COLUMNS
        and not is_ignored(name)
        and not column_by_header(name, exact=mapping is not None).path
    )


def unmapped_columns(header: Sequence[str], mapping: ColumnMapping | None) -> tuple[str, ...]:
    """The columns that fill no field, not by the user's choice."""
    named = {column.header for column in mapping.columns} if mapping else set()
    exact = mapping is not None
    return tuple(
        name
        for name in header
        if name not in named | OWN_COLUMNS and not column_by_header(name, exact=exact).path
    )


def is_ignored(header: str) -> bool:
    """Whether a column is one that the service fills itself, such as ``total_amount``."""
    return normalize_title(header) in SERVICE_MADE


def column_by_header(name: str, *, exact: bool = False) -> MappedColumn:
    """The column for its header, left out if the header is not a field.

    Titles that the service writes for people (``Source ID``) count, too, unless it must be ``exact``: in a
    foreign file ``Amount`` is just a word.
    """
    if name not in OWN_COLUMNS:
        for path in (name,) if exact else (name, normalize_title(name)):
            kind = kind_of(path)
            if kind is not None:
                return MappedColumn(name, path, kind)
    return MappedColumn(name, None)


def _of_unknown_type(column: MappedColumn) -> MappedColumn:
    """Metadata of a file without types: ``5`` may be a number or a text."""
    is_metadata = column.path is not None and column.path.startswith(f"{METADATA}.")
    return replace(column, kind="current") if is_metadata else column


def describe_unknown_field(path: str) -> str:
    """An unknown field, with the likely one; completes “the column …”."""
    return f"“{path}”, which the API does not have{suggestion_for(normalize_title(path), FIELDS)}"


def first_repeated(names: Iterable[str]) -> str | None:
    """The first that was there before."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            return name
        seen.add(name)
    return None


def first_overlap(paths: Iterable[str]) -> tuple[str, str] | None:
    """The first field that is a part of another one, such as ``items.price`` of ``items``, and the other."""
    by_parts = {parts_of(path): path for path in paths}
    for parts, path in by_parts.items():
        for end in range(1, len(parts)):
            if parts[:end] in by_parts:
                return path, by_parts[parts[:end]]
    return None


def first_repeated_field(titles: Sequence[str]) -> str | None:
    """The first field of the API that is the title of two columns."""
    for title in titles:
        name, sign, number = title.rpartition("#")
        if sign and number.isdigit() and column_by_header(name).path and name in titles:
            return name
    return None


def titles_by_place(header: Sequence[str]) -> tuple[str, ...]:
    """The titles; a repeated one gets a number: ``Product#2``."""
    seen: dict[str, int] = {}
    titles: list[str] = []
    for title in header:
        named = title
        while title and named in seen:
            seen[title] += 1
            named = f"{title}#{seen[title]}"
        seen.setdefault(named, 1)
        titles.append(named)
    return tuple(titles)


def plain_cell(cell: str) -> str:
    """The text of a cell without outer spaces, in lower case."""
    return cell.strip().casefold()


def _word(value: object) -> str:
    if isinstance(value, str):
        return value
    raise TypeError(value)


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    raise TypeError(value)


def _kind(value: object) -> CellKind:
    if value not in get_args(CellKind):
        raise ValueError(f"{value!r} is none of {', '.join(CELL_KINDS)}")
    return value  # type: ignore[return-value]  # seen to be one of them
