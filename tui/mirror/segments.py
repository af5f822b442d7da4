"""Parquet files of a copy: written once, then only read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from tui.files.atomic_write import atomic_path

from .copy_rows import ROW_COLUMNS, CopyColumn, Row

if TYPE_CHECKING:
    import duckdb

BATCH = 2000
"""Rows per insert; Python keeps no more in memory."""

MEMORY = "512MB"
"""Memory of DuckDB while it writes; beyond it, rows are swapped to the copy's folder."""

SWAP = "swap"
"""The folder that DuckDB swaps to."""

ROW_GROUP = 2048
"""Rows that are read together: a hundred documents from all over a copy are read from a hundred groups."""

SHIFT = 32
"""``place`` is the segment's number, shifted by this many bits, and the row's number in it."""


def quoted(text: object) -> str:
    """A text as a literal of SQL."""
    return "'" + str(text).replace("'", "''") + "'"


def connect(folder: Path | None = None) -> duckdb.DuckDBPyConnection:
    """A DuckDB in memory that downloads nothing; with a folder to swap to, it takes little memory."""
    import duckdb

    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "python_enable_replacements": "false",
        "temp_directory": "" if folder is None else str(folder / SWAP),
        **({} if folder is None else {"memory_limit": MEMORY}),
    }
    db = duckdb.connect(config=config)
    db.execute("SET TimeZone = 'UTC'")
    return db


def write_segment(target: Path, number: int, rows: Iterable[Row]) -> int:
    """Write rows, one for each id, to a new private file that is complete or not there; return their number.

    Raises:
        OSError: it cannot be written.
    """
    with _converted_errors(), connect(target.parent) as db:
        _create(db)
        count = _insert(db, rows)
        _write(db, target, number, map(_read, ROW_COLUMNS), "incoming")
    return count


def merge_segments(target: Path, number: int, sources: Sequence[Path]) -> int:
    """Write the newest version of each order of other segments to a new one; return their number.

    Raises:
        OSError: it cannot be written.
    """
    with _converted_errors(), connect(target.parent) as db:
        db.execute("CREATE TABLE newest (id VARCHAR, place BIGINT)")
        insert_newest(db, "newest", ("id", "place"), sources)
        names = (f'"{column.name}"' for column in ROW_COLUMNS)
        source = f"{reading(sources)} WHERE place IN (SELECT place FROM newest)"
        return _write(db, target, number, names, source)


def insert_newest(
    db: duckdb.DuckDBPyConnection, table: str, columns: Sequence[str], files: Sequence[Path]
) -> None:
    """Insert each order of the segments once, from the last one that has it, into an empty table."""
    names = ", ".join(f'"{name}"' for name in columns)
    for file in reversed(files):
        db.execute(
            f"INSERT INTO {table} SELECT {names} FROM {reading([file])} AS each"
            f" WHERE NOT EXISTS (FROM {table} AS later WHERE later.id = each.id)"
        )


def reading(files: Iterable[Path]) -> str:
    """The table function that reads these files."""
    return f"read_parquet([{', '.join(map(quoted, files))}])"


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _converted_errors() -> Iterator[None]:
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        raise OSError(None, str(error).partition("\n")[0]) from error


def _create(db: duckdb.DuckDBPyConnection) -> None:
    columns = ", ".join(f'"{column.name}" {_stored(column)}' for column in ROW_COLUMNS)
    db.execute(f"CREATE TABLE incoming ({columns})")


def _insert(db: duckdb.DuckDBPyConnection, rows: Iterable[Row]) -> int:
    values = ", ".join(f"unnest(?::{_stored(column)}[])" for column in ROW_COLUMNS)
    waiting, count = iter(rows), 0
    while batch := list(islice(waiting, BATCH)):
        db.execute(
            f"INSERT INTO incoming SELECT {values}", [list(column) for column in zip(*batch, strict=True)]
        )
        count += len(batch)
    return count


def _write(
    db: duckdb.DuckDBPyConnection, target: Path, number: int, values: Iterable[str], source: str
) -> int:
    place = f"({number}::BIGINT << {SHIFT}) + row_number() OVER () - 1 AS place"
    with atomic_path(target, overwrite=False) as temporary:
        found = db.execute(
            f"COPY (SELECT {place}, {', '.join(values)} FROM {source}) TO {quoted(temporary)}"
            f" (FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false, ROW_GROUP_SIZE {ROW_GROUP})"
        ).fetchone()
    return int(found[0]) if found else 0


def _stored(column: CopyColumn) -> str:
    """The type of a value on its way: nested ones are JSON, times microseconds."""
    if column.json:
        return "VARCHAR"
    return "BIGINT" if column.type == "TIMESTAMP" else column.type


def _read(column: CopyColumn) -> str:
    name = f'"{column.name}"'
    if column.json:
        return f"from_json({name}, {quoted(column.json)}) AS {name}"
    return f"make_timestamp({name}) AS {name}" if column.type == "TIMESTAMP" else name
