"""Parquet files of orders with typed columns.

Amounts are 64-bit integers in minor units, times are UTC timestamps, everything else is text. A missing value
is null.
"""

from __future__ import annotations

import errno
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from tui.files.atomic_write import atomic_path, growing_folder
from tui.orders.times import parse_time

from .export_request import AMOUNTS, TIMES, CellEscape, ExportRefused, Format
from .target_file import write_error

if TYPE_CHECKING:
    import duckdb

SUFFIX = ".parquet"

Value = str | int | None

BATCH = 2000
"""Rows per insert; Python keeps no more in memory."""

MEMORY = "256MB"
"""Memory of DuckDB before it swaps rows to a folder beside the target."""

GROUP_CELLS, LARGEST_GROUP, STEP = 600_000, 122_880, 2048
"""The limits of a row group, which is kept in memory whole; its size is a multiple of the step."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LARGEST = 2**63


def check_format(format: Format, escape: CellEscape) -> None:  # noqa: A002 - the word of the command line
    """Check before the first call that a file of this format can be written.

    Raises:
        ExportRefused: the two exclude each other.
    """
    if format == "parquet" and escape == "spreadsheet":
        raise ExportRefused("only a CSV is made safe for spreadsheets", hint="Leave one of the two out.")


class ParquetRows:
    """Collects rows for a Parquet file. ``add`` takes one value per column."""

    def __init__(self, db: duckdb.DuckDBPyConnection, fields: Sequence[str]) -> None:
        self._db = db
        self._fields = fields
        self._waiting: list[Sequence[Value]] = []
        kinds = [_kind(field) for field in fields]
        columns = ", ".join(f"c{at} {kind}" for at, kind in enumerate(kinds))
        taken = ", ".join(f"unnest(?::{kind}[])" for kind in kinds)
        db.execute(f"CREATE TABLE waiting ({columns})")
        self._insert = f"INSERT INTO waiting SELECT {taken}"

    def add(self, values: Sequence[Value]) -> None:
        """Add a row: amounts as integers, times as microseconds since 1970."""
        self._waiting.append(values)
        if len(self._waiting) == BATCH:
            self.flush()

    def flush(self) -> None:
        """Insert the collected rows."""
        if self._waiting:
            self._db.execute(self._insert, [list(column) for column in zip(*self._waiting, strict=True)])
            self._waiting.clear()

    def copy_to(self, path: Path) -> None:
        """Write all rows to a file, in the order of their addition."""
        self.flush()
        chosen = ", ".join(f"{_read(field, at)} AS {_quoted(field)}" for at, field in enumerate(self._fields))
        name = str(path).replace("'", "''")
        rows = max(min(GROUP_CELLS // len(self._fields), LARGEST_GROUP) // STEP, 1) * STEP
        self._db.execute(
            f"COPY (SELECT {chosen} FROM waiting) TO '{name}'"  # noqa: S608 - quoted
            f" (FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false, ROW_GROUP_SIZE {rows})"
        )


@contextmanager
def open_parquet_target(
    target: Path, fields: Sequence[str], *, overwrite: bool = False
) -> Iterator[ParquetRows]:
    """Collect rows for a private file, which is written when the block ends without an error. Blocks.

    Raises:
        ExportRefused: the file cannot be written; an existing one is unchanged.
    """
    check_format("parquet", "none")
    import duckdb

    try:
        with (
            atomic_path(target, overwrite=overwrite) as temporary,
            _swap_folder(target) as folder,
            _engine(folder) as db,
        ):
            rows = ParquetRows(db, fields)
            yield rows
            rows.copy_to(temporary)
    except OSError as error:
        raise write_error(target, error) from None
    except duckdb.Error as error:
        raise _write_error(target, error) from None


def amount_value(value: object, where: str, field: str) -> int | None:
    """An amount for its column.

    Raises:
        ExportRefused: the value is not a 64-bit integer.
    """
    if value is None:
        return None
    if isinstance(value, int) and not isinstance(value, bool) and -_LARGEST <= value < _LARGEST:
        return value
    raise _wrong_type(where, field, value, "whole number of 64 bits")


def time_value(value: object, where: str, field: str) -> int | None:
    """A time for its column: microseconds since 1970.

    Raises:
        ExportRefused: the value is not a time.
    """
    if value is None:
        return None
    moment = parse_time(value) if isinstance(value, str) else None
    if moment is None:
        raise _wrong_type(where, field, value, "time")
    return (moment - _EPOCH) // timedelta(microseconds=1)


def _wrong_type(where: str, field: str, value: object, kind: str) -> ExportRefused:
    return ExportRefused(
        f"{where}: {field} is {value!a:.60}, which is not a {kind}, and a column of Parquet has one type",
        hint="Export to CSV or JSON Lines, which keep it unchanged.",
    )


def _kind(field: str) -> str:
    return "BIGINT" if field in AMOUNTS or field in TIMES else "VARCHAR"


def _read(field: str, at: int) -> str:
    return f"make_timestamp(c{at})::TIMESTAMPTZ" if field in TIMES else f"c{at}"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


@contextmanager
def _swap_folder(target: Path) -> Iterator[Path]:
    with (
        growing_folder(target) as beside,
        tempfile.TemporaryDirectory(prefix=f".{target.name[:40]}-", dir=beside) as folder,
    ):
        yield Path(folder)


@contextmanager
def _engine(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    import duckdb

    with duckdb.connect(
        config={
            # Never download extensions.
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "memory_limit": MEMORY,
            "temp_directory": str(folder),
        }
    ) as db:
        db.execute("SET TimeZone = 'UTC'")
        yield db


def _write_error(target: Path, error: duckdb.Error) -> ExportRefused:
    reason = str(error).partition("\n")[0]
    if "No space left" in reason:
        return write_error(target, OSError(errno.ENOSPC, "No space left on device"))
    return ExportRefused(
        f"{target} cannot be written: {reason}", hint="Choose another place, fewer fields or another format."
    )
