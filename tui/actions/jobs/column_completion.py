"""Completion of ``Header=field:kind``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from tui.jobs.importing.mapping.import_fields import FIELDS, METADATA, kinds_for


def column_maps(typed: str, titles: Sequence[str]) -> Iterator[str]:
    """Complete the column title, then the field, then the kind."""
    header, equals, rest = typed.partition("=")
    if not equals:
        yield from (f"{title}=" for title in titles if title.startswith(typed))
        return
    for field in field_names(header):
        if field.startswith(rest):
            yield f"{header}={field}"
    path, colon, kind = rest.rpartition(":")
    if colon:
        yield from (f"{header}={path}:{name}" for name in kinds_for(path) if name.startswith(kind))
    else:
        yield from (f"{header}={rest}:{name}" for name in kinds_for(rest))


def field_names(header: str) -> tuple[str, ...]:
    """Every field, and the metadata key with the column's name."""
    return (*FIELDS, *((f"{METADATA}.{header.strip()}",) if header.strip() else ()))


def matching_fields(typed: str, header: str) -> tuple[str, ...]:
    """Matching fields, best first: by prefix, by part, by letters in order."""
    wanted = typed.strip().casefold()
    found = [(match, name) for name in field_names(header) if (match := _match(name.casefold(), wanted)) < 3]
    return tuple(name for _, name in sorted(found, key=lambda pair: pair[0]))


def _match(name: str, wanted: str) -> int:
    if name.startswith(wanted):
        return 0
    if wanted in name:
        return 1
    letters = iter(name)
    return 2 if all(letter in letters for letter in wanted) else 3


def titles_of(file: str | None) -> tuple[str, ...]:
    """The column titles of a CSV; none if the file is not a CSV. Blocks."""
    from tui.jobs.importing.import_errors import ImportRefused
    from tui.jobs.importing.reading.csv_sample import read_sample
    from tui.jobs.importing.reading.import_file import detect_format

    if not file:
        return ()
    try:
        path = Path(file).expanduser()
        return read_sample(path).titles if path.is_file() and detect_format(path) == "csv" else ()
    except (ImportRefused, OSError, RuntimeError):
        return ()
