"""How ``import`` reads the columns of a CSV: by a mapping from the options, or by a proposed one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.actions.jobs.column_arguments import ColumnOptions
from tui.actions.jobs.column_syntax import read_column, read_value
from tui.actions.verb import InputError
from tui.jobs.importing.import_errors import ImportRefused
from tui.jobs.importing.mapping.column_mapping import (
    NAMED,
    ColumnMapping,
    MappedColumn,
    UnknownColumns,
    column_by_header,
    columns_of,
    plain_cell,
    unknown_columns,
)
from tui.jobs.importing.mapping.csv_dialect import DEFAULT_DIALECT, Dialect, delimiter_of
from tui.jobs.importing.mapping.helper_columns import OWN_COLUMNS
from tui.jobs.importing.mapping.import_fields import CELL_KINDS, is_money
from tui.jobs.importing.mapping.known_exports import recognize_export
from tui.jobs.importing.mapping.mapping_store import MappingStore
from tui.jobs.importing.proposal.mapping_preview import preview_mapping
from tui.jobs.importing.proposal.mapping_suggestion import money_kind, suggest_mapping
from tui.jobs.importing.proposal.service_export import service_mapping
from tui.jobs.importing.reading.csv_orders import refuse_other_delimiter
from tui.jobs.importing.reading.csv_sample import CsvSample, read_sample
from tui.jobs.importing.reading.import_file import detect_format
from tui.orders.amounts import DECIMALS
from tui.orders.order import STATUSES

if TYPE_CHECKING:
    from collections.abc import Sequence


_FORMS = {"json": "JSON", "jsonl": "JSON", "parquet": "Parquet"}


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """How to read the file. ``dialect`` is set if it differs from the mapping's; ``messages`` are printed."""

    mapping: ColumnMapping | None = None
    dialect: Dialect | None = None
    messages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MappingProposal:
    """A proposed mapping to review, because of ``reason`` or on request.

    ``file`` is the file as it was typed.
    ``fitting`` are the names of saved mappings that fit the file, ``free_name`` one to save it under.
    ``known`` is the mapping of the known export that the file was recognised as.
    """

    file: str
    csv_sample: CsvSample
    mapping: ColumnMapping
    reason: str = ""
    fitting: tuple[str, ...] = ()
    free_name: str | None = None
    saved: str | None = None
    known: ColumnMapping | None = None


def choose_columns(
    file: Path, options: ColumnOptions, store: MappingStore, *, name: str | None = None
) -> ColumnChoice | MappingProposal:
    """Decide how to read a file, from its first rows and the options. Blocks.

    Args:
        file: the file, or a private copy of it.
        options: what the user chose for the columns.
        store: the saved mappings.
        name: the file as the user typed it, where ``file`` is a copy.

    Raises:
        InputError: an option is invalid.
        ImportRefused: a saved mapping does not fit or cannot be read or kept, or the file cannot be read.
    """
    typed_name = name or str(file)
    file = file.expanduser()
    if not file.is_file():
        return ColumnChoice()  # The plan says what is wrong with it.
    if (form := detect_format(file)) != "csv":
        if asked := options.first_given():
            raise InputError(
                f"{file.name} is {_FORMS[form]}; {asked} is about the columns of a CSV", argument="file"
            )
        return ColumnChoice()
    base = store.load(options.mapping) if options.mapping is not None else None
    given = _said_of_dialect(options)
    seen = _seen(file, given, base)
    unsaid = _unsaid(seen, given) if base is None else ()
    # Words about columns can be read only once it is known what the columns are.
    mapping = None if len(seen.dialects) > 1 else _mapping(base, seen, options)
    exported = service_mapping(seen) if mapping is None and not given else None
    mapping = mapping or exported
    if options.propose or unsaid:
        return _proposal(seen, mapping, options, store, typed_name, reason="; ".join(unsaid))
    if base is None and (strangers := unknown_columns(seen.titles, mapping)):
        return _proposal(seen, mapping, options, store, typed_name, reason=_reason(seen, strangers))
    dialect = replace(base.dialect if base else DEFAULT_DIALECT, **given) if given or base else None
    if mapping is not None:
        chosen = _chosen(seen, mapping, options, store)
        return replace(chosen, messages=(*_exported(exported), *chosen.messages))
    if options.save_mapping is not None:
        raise InputError("there is nothing to save: its columns are fields", argument="save_mapping")
    return ColumnChoice(dialect=dialect)


def _exported(mapping: ColumnMapping | None) -> tuple[str, ...]:
    """Messages about a file that the service exported."""
    if mapping is None:
        return ()
    keys = [column.header for column in mapping.columns if column.kind == "current"]
    read = f"; metadata: {', '.join(keys[:NAMED])}" if keys else ""
    more = f" and {len(keys) - NAMED:,} more" if len(keys) > NAMED else ""
    return (f"the file is an export of the service{read}{more}",)


def columns_of_file(file: Path, store: MappingStore) -> ColumnChoice | MappingProposal:
    """How to read a file without options about its columns. Blocks.

    Raises:
        ImportRefused: the file cannot be read.
    """
    return choose_columns(file, ColumnOptions(), store)


def propose_mapping(file: Path, store: MappingStore, *, always: bool = False) -> MappingProposal | None:
    """A proposal for a CSV with unknown columns; ``None`` for any other file. Blocks.

    ``always`` asks for it where the columns are fields, too.

    Raises:
        ImportRefused: the file cannot be read, or ``always`` and it is not a CSV.
    """
    if always:
        _refuse_json(file.expanduser())
    chosen = choose_columns(file, ColumnOptions(propose=always), store)
    return chosen if isinstance(chosen, MappingProposal) else None


def _refuse_json(file: Path) -> None:
    if not file.is_file():
        raise ImportRefused(f"there is no file {file}", hint="Name the file to import first.")
    if (form := detect_format(file)) != "csv":
        raise ImportRefused(
            f"{file.name} is {_FORMS[form]}, which needs no mapping", hint="Check it without a mapping."
        )


def _chosen(
    seen: CsvSample, mapping: ColumnMapping, options: ColumnOptions, store: MappingStore
) -> ColumnChoice:
    mapping.check()
    if not any(column.path for column in mapping.columns):
        message = "no column fills a field; write a field after the = of each --map"
        raise InputError(message, argument="map")
    columns = columns_of(seen.titles, mapping)
    if problem := preview_mapping(seen, mapping).problem:
        raise ImportRefused(problem, hint="Change the mapping.")
    if options.decimals is not None and not any(column.kind == "amount" for column in columns):
        raise InputError("no column is of kind amount, so --decimals has no effect", argument="decimals")
    return ColumnChoice(mapping, messages=_saved(replace(mapping, columns=columns), options, store))


def _said_of_dialect(options: ColumnOptions) -> dict[str, Any]:
    """The fields of a dialect that the options set."""
    if options.decimal_comma and options.decimal_point:
        raise InputError("pass --decimal-comma or --decimal-point, not both", argument="decimal_point")
    values: dict[str, Any] = {
        "delimiter": None if options.delimiter is None else delimiter_of(options.delimiter),
        "encoding": options.encoding,
        "decimal": "," if options.decimal_comma else "." if options.decimal_point else None,
        "skip_lines": options.skip_lines,
        "quotes": False if options.no_quotes else None,
    }
    return {name: value for name, value in values.items() if value is not None}


def _seen(file: Path, given: Mapping[str, Any], base: ColumnMapping | None) -> CsvSample:
    """The first rows, read in the dialect of the options; other properties are detected."""
    if base is None and "delimiter" not in given:
        likely = read_sample(file)
        if not given:
            return likely
        dialects = tuple(dict.fromkeys(replace(dialect, **given) for dialect in likely.dialects))
        return replace(read_sample(file, dialects[0]), dialects=dialects)
    dialect = replace(base.dialect if base else DEFAULT_DIALECT, **given)
    seen = read_sample(file, dialect)
    refuse_other_delimiter(seen.header, dialect)
    return seen


def _unsaid(seen: CsvSample, given: Mapping[str, Any]) -> tuple[str, ...]:
    """Why the user has to specify the format of the file."""
    if len(seen.dialects) > 1:
        names = " or ".join(f"--delimiter {dialect.delimiter_name}" for dialect in seen.dialects)
        return (f"its cells may be separated in several ways: pass {names}",)
    known = recognize_export(seen.titles)
    if seen.dialect in (replace(DEFAULT_DIALECT, **given), known.dialect if known else DEFAULT_DIALECT):
        return ()
    words = f"the file seems to use another dialect ({seen.dialect.describe()}); confirm it with options"
    return (words,)


def _mapping(base: ColumnMapping | None, seen: CsvSample, options: ColumnOptions) -> ColumnMapping | None:
    columns: dict[str, MappedColumn] = {column.header: column for column in base.columns} if base else {}
    unsaid: list[str] = []
    for text in options.map:
        column = read_column(text, seen.titles)
        columns[column.header] = column
        if is_money(column.path) and text.rpartition(":")[2].strip() not in CELL_KINDS:
            unsaid.append(column.header)
    if unsaid and _are_units(columns, unsaid, seen):
        columns |= {header: replace(columns[header], kind="amount") for header in unsaid}
    for text in options.value:
        header, pair = read_value(text, seen.titles)
        columns[header] = _read_otherwise(columns.get(header) or column_by_header(header, exact=True), pair)
    currency = base.currency if base else None
    if options.currency is not None:
        currency = next((t for t in seen.titles if plain_cell(t) == plain_cell(options.currency)), None)
        if currency is None:
            raise InputError(f"the file has no column “{options.currency}”", argument="currency")
    if base is None and not columns and options.decimals is None and currency is None:
        return None
    decimals = options.decimals
    if decimals is None:
        decimals = base.decimals if base else DECIMALS
    made = replace(base or ColumnMapping("", ()), columns=tuple(columns.values()), decimals=decimals)
    return replace(made, dialect=seen.dialect, currency=currency)


def _are_units(columns: Mapping[str, MappedColumn], unsaid: Sequence[str], seen: CsvSample) -> bool:
    """Whether columns of money whose kind was not given are of kind ``amount``, like all money of the file.

    Raises:
        InputError: their cells are whole numbers only, which may be whole units or minor units.
    """
    money = {header: column.kind for header, column in columns.items() if is_money(column.path)}
    given = {kind for header, kind in money.items() if header not in unsaid}
    cells = {header: seen.samples(seen.titles.index(header)) for header in unsaid}
    foreign = [header for header in unsaid if header != columns[header].path]
    kind = money_kind(chain.from_iterable(cells.values()), given, is_foreign=bool(foreign))
    if kind is not None:
        return kind == "amount"
    header, path = foreign[0], columns[foreign[0]].path
    cell = next((cell.strip() for cell in cells[header] if cell.strip(" 0")), "540")
    raise InputError(
        f"“{header}” has whole numbers: pass {header}={path}:amount if {cell} means {cell} units,"
        f" or {header}={path}:integer if it means {cell} minor units",
        argument="map",
    )


def _read_otherwise(column: MappedColumn, pair: tuple[str, str]) -> MappedColumn:
    if column.path is None and not pair[1]:
        return column
    if column.path is None:
        raise InputError(
            f"the column “{column.header}” fills no field; choose one with --map", argument="value"
        )
    if column.path == "status":
        pair = (pair[0], pair[1].upper())
        if pair[1] and pair[1] not in STATUSES:
            known = ", ".join(STATUSES)
            raise InputError(f"“{pair[1]}” is not a status; choose from {known}", argument="value")
    others = (one for one in column.values if plain_cell(one[0]) != plain_cell(pair[0]))
    return replace(column, values=(*others, pair))


def _proposal(
    seen: CsvSample,
    mapping: ColumnMapping | None,
    options: ColumnOptions,
    store: MappingStore,
    typed_name: str,
    *,
    reason: str = "",
) -> MappingProposal:
    known = recognize_export(seen.titles) if mapping is None else None
    proposed = suggest_mapping(seen, mapping.name if mapping else "", given=mapping)
    fitting = tuple(one.name for one in store.fitting(seen.titles)) if mapping is None else ()
    saved = None
    if options.propose and options.save_mapping is not None:
        _saved(proposed, options, store)
        saved = options.save_mapping
    return MappingProposal(
        typed_name, seen, proposed, reason, fitting, store.free_name(seen.path.stem), saved, known
    )


def _reason(seen: CsvSample, strangers: Sequence[str]) -> str:
    if known := recognize_export(seen.titles):
        return f"recognised: {known.title}, which --mapping {known.name} reads"
    return UnknownColumns(strangers).reason


def _saved(mapping: ColumnMapping, options: ColumnOptions, store: MappingStore) -> tuple[str, ...]:
    name = options.save_mapping
    if name is None:
        return ()
    if name in store.names() and name != options.mapping:
        raise InputError(
            f"there is a mapping “{name}” already; name another, change it by --mapping {name}, or delete it",
            argument="save_mapping",
        )
    columns = tuple(c for c in mapping.columns if c.header and c.header not in OWN_COLUMNS)
    store.save(replace(mapping, name=name, columns=columns))
    return (f"the mapping is saved as “{name}”",)
