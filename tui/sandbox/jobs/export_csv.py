"""The CSV of an export of orders: RFC 4180 quoting, line feeds, UTF-8.

See ``docs/voucherify-api.md#export-files``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any

from tui.sandbox.jobs.export_filters import read_field
from tui.sandbox.policies import Policies
from tui.sandbox.wire import Document, encode

_TITLES = {"id": "ID", "source_id": "Source ID", "customer_id": "Customer ID", "referrer_id": "Referrer ID"}

_EXPONENT = re.compile(r"e([+-])0*(\d+)\Z")
_QUOTED = re.compile('[",\r\n]')

Column = tuple[str, Callable[[Document], Any]]


def write_csv(orders: Sequence[Document], fields: Iterable[str], policies: Policies) -> bytes:
    """The whole file: a header, then one line an order."""
    columns = [column for field in fields for column in _columns(field, orders, policies)]
    lines = [_line(name for name, _ in columns)]
    lines += [_line(_cell(read(order)) for _, read in columns) for order in orders]
    # A lone surrogate becomes U+FFFD, as in the real service's runtime.
    text = "".join(lines).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text.encode()


def header(field: str, policies: Policies) -> str:
    """The header of a field."""
    if field.startswith("metadata."):
        return field.removeprefix("metadata.") if policies.csv_metadata_header == "key" else field
    if policies.csv_header == "fields":
        return field
    return _TITLES.get(field, field.replace("_", " ").title())


def _columns(field: str, orders: Sequence[Document], policies: Policies) -> list[Column]:
    if field == "metadata" and policies.csv_metadata == "column_a_key":
        keys = {key: None for order in orders for key in order.get("metadata", {})}
        return [(key, _reader(f"metadata.{key}", policies)) for key in sorted(keys)]
    return [(header(field, policies), _reader(field, policies))]


def _reader(field: str, policies: Policies) -> Callable[[Document], Any]:
    if field.endswith("amount") and "." not in field and policies.csv_amounts == "decimal":
        return lambda order: _decimal(read_field(order, field))
    return lambda order: read_field(order, field)


def _decimal(amount: Any) -> str | None:
    return f"{amount}.00" if isinstance(amount, int) else None


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return _number(value) if isinstance(value, float) else encode(value)


def _number(value: float) -> str:
    """A number as the real service's runtime writes it: without an exponent up to 21 digits."""
    if 1e-6 <= abs(value) < 1e21:
        return f"{Decimal(repr(value)).normalize():f}"
    return _EXPONENT.sub(r"e\1\2", repr(value))


def _line(cells: Iterable[str]) -> str:
    return ",".join(map(_quoted, cells)) + "\n"


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if _QUOTED.search(cell) else cell
