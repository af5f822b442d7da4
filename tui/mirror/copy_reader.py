"""A copy in memory: every order once, in its newest version, without documents.

The table ``narrow`` has the columns that are sorted and filtered most, the view ``wide`` all others too, read
from the segments. Orders of later segments replace those of earlier ones, by an anti-join while loading.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from tui.orders.order import Order

from .copy_errors import CopyChanged, CopyDamaged, NoCopy
from .copy_folder import CopyFolder, Manifest
from .copy_rows import FOLD, NARROW, ROW_COLUMNS
from .segments import connect, insert_newest, reading

if TYPE_CHECKING:
    from types import TracebackType

TRIES = 3
"""Attempts to open a copy that other processes replace at the same time."""

KEPT = 16
"""Tables of results that are kept at once."""

LOOKED_UP = 1000
"""Documents that are read at once."""


@dataclass(frozen=True, slots=True)
class KnownOrder:
    """Where an order is, when it last changed (microseconds since 1970), and whether it is known whole."""

    place: int
    stamp: int
    is_whole: bool


class CopyReader:
    """One state of a copy. Open it with ``CopyReader.open``; close it. All methods block.

    Another process may replace the files meanwhile: what is in memory stays as it is, and reading documents
    raises ``CopyChanged``.
    """

    def __init__(self, folder: CopyFolder, manifest: Manifest) -> None:
        self.manifest = manifest
        self.files = folder.files(manifest)
        self._kept = 0
        self._db = connect()
        try:
            self._load()
        except BaseException:
            self._db.close()
            raise

    @classmethod
    def open(cls, folder: CopyFolder) -> Self:
        """Load the present state.

        Raises:
            NoCopy: the account has no copy.
            CopyDamaged: it cannot be read.
        """
        for _ in range(TRIES - 1):
            with suppress(CopyChanged, CopyDamaged):
                return cls._opened(folder)
        try:
            return cls._opened(folder)
        except CopyChanged as error:
            raise CopyDamaged(str(error)) from None

    @classmethod
    def _opened(cls, folder: CopyFolder) -> Self:
        manifest = folder.checked_manifest()
        if manifest is None:
            raise NoCopy
        return cls(folder, manifest)

    def close(self) -> None:
        """Free the memory."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def rows(self, query: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> list[tuple[Any, ...]]:
        """The rows that a query of SQL selects.

        Raises:
            CopyChanged: a file is gone, or cannot be read any more.
        """
        with self._reading():
            return self._db.execute(query, values).fetchall()

    def keep(self, query: str, values: Sequence[Any] = ()) -> str:
        """Keep what a query selects in a table; return its name. The last few tables are kept.

        Raises:
            CopyChanged: a file is gone, or cannot be read any more.
        """
        self._kept += 1
        name = f"kept_{self._kept % KEPT}"
        self.rows(f"CREATE OR REPLACE TEMP TABLE {name} AS {query}", values)
        return name

    def known(self, ids: Sequence[str]) -> dict[str, KnownOrder]:
        """What the copy knows of those of these orders that it has."""
        changed = "coalesce(epoch_us(updated_at), 0)"
        query = f"SELECT id, place, {changed}, is_whole FROM narrow WHERE id IN (SELECT unnest(?::VARCHAR[]))"
        return {row[0]: KnownOrder(*row[1:]) for row in self.rows(query, [list(ids)])}

    def orders(self, places: Sequence[int]) -> list[tuple[Order, bool]]:
        """The orders at these places, in their order, each with whether its whole document is known.

        An order of which only an export's row is known has the fields of that row.

        Raises:
            CopyChanged: a file is gone, or cannot be read any more.
        """
        found: dict[int, tuple[Order, bool]] = {}
        for at in range(0, len(places), LOOKED_UP):
            query = (
                f"SELECT place, document, exported FROM {reading(self.files)}"
                " SEMI JOIN (SELECT unnest(?::BIGINT[]) AS place) USING (place)"
            )
            for place, document, exported in self.rows(query, [list(places[at : at + LOOKED_UP])]):
                found[place] = (Order.read(json.loads(document or exported)), document is not None)
        return [found[place] for place in places]

    def _load(self) -> None:
        self._db.execute(FOLD)
        types = ", ".join(f'"{column.name}" {column.type}' for column in ROW_COLUMNS if column.is_narrow)
        self._db.execute(f"CREATE TABLE narrow (place BIGINT, {types})")
        with self._reading():
            insert_newest(self._db, "narrow", ("place", *NARROW), self.files)
            # Each order is once in a single segment; of several, the newest versions are in narrow.
            newest = "" if len(self.files) == 1 else " SEMI JOIN (SELECT place FROM narrow) USING (place)"
            source = f"{reading(self.files)}{newest}" if self.files else f"({_no_rows()})"
            self._db.execute(f"CREATE VIEW wide AS SELECT * FROM {source}")

    @contextmanager
    def _reading(self) -> Iterator[None]:
        import duckdb

        try:
            yield
        except (duckdb.IOException, duckdb.InvalidInputException, duckdb.HTTPException) as error:
            raise CopyChanged(f"a file of it cannot be read: {str(error).partition(chr(10))[0]}") from None


def _no_rows() -> str:
    columns = (f'NULL::{"VARCHAR" if each.json else each.type} AS "{each.name}"' for each in ROW_COLUMNS)
    return f"SELECT NULL::BIGINT AS place, {', '.join(columns)} WHERE false"
