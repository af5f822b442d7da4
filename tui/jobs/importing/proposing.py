"""A first mapping for a foreign CSV, for the user to mend, and what it makes of the first rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from .csv_rows import Dialect, read_csv, read_header
from .fields import Kind, kind_of, nearest
from .mapping import Column, ColumnMapping
from .opening import opened
from .rows import Row

_OTHER_WORDS: dict[str, str] = {
    "order": "source_id",
    "order_id": "source_id",
    "order_no": "source_id",
    "order_number": "source_id",
    "number": "source_id",
    "reference": "source_id",
    "state": "status",
    "total": "amount",
    "order_total": "amount",
    "sum": "amount",
    "value": "amount",
    "discount": "discount_amount",
    "date": "created_at",
    "created": "created_at",
    "order_date": "created_at",
    "customer": "customer.source_id",
    "customer_id": "customer.source_id",
    "customer_name": "customer.name",
    "customer_email": "customer.email",
    "email": "customer.email",
    "e_mail": "customer.email",
    "phone": "customer.phone",
    "city": "customer.address.city",
    "country": "customer.address.country",
    "sku": "items.sku_id",
    "product": "items.product.name",
    "quantity": "items.quantity",
    "qty": "items.quantity",
    "unit_price": "items.price",
    "price": "items.price",
}
_DECIMALS = re.compile(r"[+-]?[\d ,_]*\d\.\d{1,2}\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Preview:
    """A mapping and what it makes of the first rows of a file."""

    header: tuple[str, ...]
    mapping: ColumnMapping
    rows: tuple[Row, ...]


def propose(header: Sequence[str], samples: Sequence[Sequence[str]], name: str) -> ColumnMapping:
    """Guess the field of each column by its header; what cannot be guessed becomes metadata.

    An amount is taken to be in people's notation when a sample of it has decimals.
    """
    columns: list[Column] = []
    taken: set[str] = set()
    for at, title in enumerate(header):
        path = _path(title)
        if not path or path in taken:
            columns.append(Column(title, None))
            continue
        taken.add(path)
        cells = [record[at] for record in samples if at < len(record)]
        columns.append(Column(title, path, _kind(path, cells)))
    return ColumnMapping(name, tuple(columns))


def preview(
    path: Path, mapping: ColumnMapping | None = None, *, dialect: Dialect | None = None, rows: int = 20
) -> Preview:
    """Read the first rows of a CSV through a mapping, or through a proposed one. Blocks.

    Raises:
        UnreadableFile: the header and the mapping do not fit, or the file is no CSV.
    """
    dialect = dialect or Dialect()
    with opened(path) as file:
        header = read_header(file, dialect)
    if mapping is None:
        plain = ColumnMapping("", tuple(Column(title, None) for title in header))
        with opened(path) as file:
            first = list(islice(read_csv(file, plain, dialect), rows))
        samples = [record for row in first for record in row.raw if isinstance(record, list)]
        mapping = propose(header, samples, path.stem)
    with opened(path) as file:
        return Preview(header, mapping, tuple(islice(read_csv(file, mapping, dialect), rows)))


def _path(title: str) -> str | None:
    plain = re.sub(r"[^\w.]+", "_", title.strip().lower()).strip("_")
    for candidate in (title, plain, _OTHER_WORDS.get(plain), nearest(plain)):
        if candidate and kind_of(candidate):
            return candidate
    return f"metadata.{title.strip()}" if title.strip() else None


def _kind(path: str, cells: Sequence[str]) -> Kind:
    kind = kind_of(path) or "text"
    if kind == "integer" and path.endswith(("amount", "price")):
        return "amount" if any(_DECIMALS.match(cell.strip()) for cell in cells) else "integer"
    return kind
