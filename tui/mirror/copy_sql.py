"""Read-only SQL over the orders of a copy, by people who are free to write anything.

A query runs in a DuckDB of its own that holds two tables and has no access to files, the network, its own
settings or the objects of this process. With masks, the tables are made of masked orders, so that no
expression shows what is masked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.errors import OrdexError
from tui.orders.order_fields import ORDER_FIELDS
from tui.orders.times import format_api_time

from .copy_reader import CopyReader
from .copy_rows import Row, Source, row_of
from .segments import connect, insert_newest, quoted, reading, write_segment

if TYPE_CHECKING:
    from tui.orders.order import Order

PAGE = 1000
"""Orders that are masked at once."""

ORDERS: tuple[str, ...] = (
    *(field.name for field in ORDER_FIELDS if field.filter_name),
    *("items", "units", "products", "redemptions", "metadata", "document", "is_whole", "read_at"),
)
"""The columns of the table ``orders``. Amounts are in minor units, times UTC, the last but two are JSON."""

ITEM_FIELDS: dict[str, str] = {
    **dict.fromkeys(("product_id", "sku_id", "source_id", "related_object"), "VARCHAR"),
    **dict.fromkeys(("quantity", "price", "amount", "discount_amount", "subtotal_amount"), "BIGINT"),
    **dict.fromkeys(("product", "sku", "metadata"), "JSON"),
}
"""The columns of the table ``items`` besides ``order_id`` and ``position``."""


class QueryError(OrdexError):
    """The query is wrong, or does what a query may not."""

    title = "This query cannot be run"


@dataclass(frozen=True, slots=True)
class QueryAnswer:
    """The columns and rows of an answer, as JSON values; times as the API writes them."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


class CopyDatabase:
    """The tables ``orders`` and ``items`` for queries. Methods block; ``interrupt`` may be called meanwhile.

    Args:
        files: segments; of an order in several, the last one counts.
    """

    def __init__(self, files: Sequence[Path]) -> None:
        self._db = connect()
        try:
            self._fill(files)
        except BaseException:
            self._db.close()
            raise
        for setting in ("enable_external_access = false", "lock_configuration = true"):
            self._db.execute(f"SET {setting}")

    def close(self) -> None:
        """Free the memory."""
        self._db.close()

    def interrupt(self) -> None:
        """End a query that runs in another thread."""
        self._db.interrupt()

    def answer(self, sql: str) -> QueryAnswer:
        """Run one query.

        Raises:
            QueryError: it is not a single SELECT, it is wrong, or it is not allowed.
        """
        import duckdb

        try:
            statements = self._db.extract_statements(sql)
            if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
                raise QueryError("write one SELECT; a query changes nothing")
            found = self._db.execute(statements[0])
            columns = _distinct(each[0] for each in found.description or ())
            return QueryAnswer(columns, [tuple(map(_json_value, row)) for row in found.fetchall()])
        except (duckdb.Error, RuntimeError, ValueError) as error:
            hint = f"The tables are orders ({', '.join(ORDERS)}) and items (order_id, position, "
            raise QueryError(str(error).strip(), hint=f"{hint}{', '.join(ITEM_FIELDS)}).") from None

    def _fill(self, files: Sequence[Path]) -> None:
        self._db.execute("CREATE TABLE newest (id VARCHAR, place BIGINT)")
        insert_newest(self._db, "newest", ("id", "place"), files)
        names = ", ".join(f'"{name}"' for name in ORDERS)
        self._db.execute(
            f"CREATE TABLE orders AS SELECT {names} FROM {reading(files)}"
            " WHERE place IN (SELECT place FROM newest) ORDER BY created_at, id"
        )
        fields = ", ".join(f'"{name}":"{kind}"' for name, kind in ITEM_FIELDS.items())
        listed = f"from_json(json_extract(document, '$.items'), {quoted(f'[{{{fields}}}]')})"
        self._db.execute(
            f"CREATE TABLE items AS SELECT order_id, position, unnest(item) FROM (SELECT id AS order_id,"
            f" generate_subscripts({listed}, 1) AS position, unnest({listed}) AS item FROM orders)"
        )
        self._db.execute("DROP TABLE newest")


def write_masked(reader: CopyReader, target: Path, masked: Callable[[Order], Order]) -> None:
    """Write the orders of a copy, masked, to a segment. Blocks.

    Raises:
        CopyChanged: another process replaced the copy.
        OSError: it cannot be written.
    """

    def rows() -> Iterator[Row]:
        found = reader.rows("SELECT place, read_at FROM narrow ORDER BY place")
        for at in range(0, len(found), PAGE):
            some = found[at : at + PAGE]
            orders = reader.orders([place for place, _ in some])
            for (_, read_at), (order, is_whole) in zip(some, orders, strict=True):
                source: Source = "list" if is_whole else "export"
                yield row_of(masked(order), source=source, read_at=read_at.replace(tzinfo=UTC))

    write_segment(target, 1, rows())


def _distinct(names: Iterator[str]) -> tuple[str, ...]:
    """The names of columns, each once: the second ``id`` is ``id_2``."""
    found: list[str] = []
    for name in names:
        number, unused = 1, name
        while unused in found:
            number += 1
            unused = f"{name}_{number}"
        found.append(unused)
    return tuple(found)


def _json_value(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _json_value(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_json_value(each) for each in value]
    return value if value is None or isinstance(value, bool | int | str) else _plain(value)


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return value if isfinite(value) else str(value)
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, datetime):
        return format_api_time(value if value.tzinfo else value.replace(tzinfo=UTC))
    return value.hex() if isinstance(value, bytes) else str(value)
