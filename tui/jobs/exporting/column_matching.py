"""Matches the columns of the service's CSV with fields (``docs/voucherify-api.md#export-files``).

The header of an export is not documented, so columns are matched by the order of the requested fields unless
their titles differ: titles that name the same fields in another order take precedence, a file whose titles
contradict the fields is refused.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from tui.jobs.importing.proposal.service_export import TITLES
from tui.orders.order import STATUSES
from tui.orders.times import parse_time

from .export_request import AMOUNTS, FIELDS, METADATA, TIMES, ExportRefused, is_minor_units

_FIELD_OF_TITLE = {title: field for field, title in TITLES.items()}


def match_columns(
    header: Sequence[str], fields: Sequence[str], records: Iterable[Sequence[str]] = ()
) -> tuple[str, ...]:
    """The API path of each column, in the order of the file.

    ``fields`` were requested. The field ``metadata`` is one column of JSON or one column per key; ``records``
    decide if a single column could be either.

    Raises:
        ExportRefused: the header does not fit the fields.
    """
    if any(_is_value(title, field) for title, field in zip(header, fields, strict=False)):
        raise _misfit(f"its first line ({_shown(header)}) holds an order where titles should be")
    if METADATA in fields:
        return _with_all_metadata(header, fields, records)
    if len(header) != len(fields):
        raise _misfit(f"it has {len(header)} columns where {len(fields)} fields were requested")
    if all(field in _meanings(title, fields) for title, field in zip(header, fields, strict=True)):
        return tuple(fields)
    by_name = _by_name(header, fields)
    if by_name is None:
        raise _misfit(f"its header ({_shown(header)}) does not fit the requested fields ({_shown(fields)})")
    return by_name


def _is_value(title: str, field: str) -> bool:
    """Whether a title looks like a value of the field."""
    if field in AMOUNTS:
        return is_minor_units(title)
    if field in TIMES:
        return parse_time(title) is not None
    return title in STATUSES if field == "status" else field == "id" and title.startswith("ord_")


def _meanings(title: str, fields: Sequence[str]) -> frozenset[str]:
    """The requested fields that a title may name; all of them if the title is unknown."""
    exact = {f for f in fields if title in {f, TITLES.get(f), _key(f)}}
    if exact:
        return frozenset(exact)
    alike = {f for f in fields if _plain(title) == _plain(_key(f))}
    if alike or _plain(title) in FIELDS:
        return frozenset(alike)
    return frozenset(fields)


def _key(field: str) -> str:
    return field.removeprefix(f"{METADATA}.")


def _plain(title: str) -> str:
    return title.strip().lower().replace(" ", "_")


def _by_name(header: Sequence[str], fields: Sequence[str]) -> tuple[str, ...] | None:
    """The assignment of fields to columns by title, if it is unique."""
    open_columns = {at: set(_meanings(title, fields)) for at, title in enumerate(header)}
    found: dict[int, str] = {}
    while open_columns:
        at = min(open_columns, key=lambda column: len(open_columns[column]))
        if len(open_columns[at]) != 1:
            return None
        (field,) = open_columns.pop(at)
        found[at] = field
        for meanings in open_columns.values():
            meanings.discard(field)
    return tuple(found[at] for at in range(len(header)))


def _with_all_metadata(
    header: Sequence[str], fields: Sequence[str], records: Iterable[Sequence[str]]
) -> tuple[str, ...]:
    """The same if one field is all metadata: by its position, else by the other titles."""
    before = list(fields[: fields.index(METADATA)])
    behind = list(fields[len(before) + 1 :])
    keys = header[len(before) : len(header) - len(behind)]
    if len(header) < len(before) + len(behind):
        raise _misfit(f"it has {len(header)} columns where at least {len(fields) - 1} were expected")
    outer = [*header[: len(before)], *header[len(before) + len(keys) :]]
    others = [*before, *behind]
    if all(field in _meanings(title, others) for title, field in zip(outer, others, strict=True)):
        first = len(before)
        paths = _metadata_paths(keys, (record[first : first + len(keys)] for record in records))
        return _distinct((*before, *paths, *behind), header)
    at_field = {_FIELD_OF_TITLE.get(title, title): at for at, title in enumerate(header)}
    if len(at_field) < len(header) or not set(others) <= set(at_field):
        raise _misfit(f"its header ({_shown(header)}) does not fit the requested fields ({_shown(fields)})")
    places = [at for at in range(len(header)) if at not in {at_field[field] for field in others}]
    cells = ([record[at] for at in places] for record in records)
    named = dict(zip(places, _metadata_paths([header[at] for at in places], cells), strict=True))
    field_at = {at_field[field]: field for field in others}
    return _distinct(tuple(named.get(at) or field_at[at] for at in range(len(header))), header)


def _metadata_paths(titles: Sequence[str], records: Iterable[Sequence[str]]) -> list[str]:
    if len(titles) == 1 and titles[0].lower() == METADATA and all(_is_object(r[0]) for r in records if r[0]):
        return [METADATA]
    prefix = f"{METADATA}."
    if all(title.startswith(prefix) for title in titles):
        return list(titles)
    return [prefix + title for title in titles]


def _is_object(cell: str) -> bool:
    try:
        return isinstance(json.loads(cell), dict)
    except (ValueError, RecursionError):
        return False


def _distinct(paths: tuple[str, ...], header: Sequence[str]) -> tuple[str, ...]:
    if len(set(paths)) < len(paths):
        raise _misfit(f"its header ({_shown(header)}) names a field twice")
    return paths


def _shown(names: Sequence[str]) -> str:
    more = f" and {len(names) - 12} more" if len(names) > 12 else ""
    return ", ".join(f"“{name}”" for name in names[:12]) + more


def _misfit(message: str) -> ExportRefused:
    return ExportRefused(
        f"the file of this export cannot be read: {message}",
        hint="Export again, with fewer fields if it happens again.",
    )
