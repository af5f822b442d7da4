"""A first mapping for a foreign CSV, for the user to mend."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from tui.orders.amounts import DECIMALS
from tui.orders.order import STATUSES
from tui.orders.request import InvalidFields, OrderImportRequest, read_request

from .fields import ITEM, Kind, kind_of, kinds_for, nearest
from .mapping import OWN_COLUMNS, Column, ColumnMapping, is_ignored, plain_cell
from .specimen import Specimen

_OTHER_WORDS: dict[str, str] = {
    **dict.fromkeys(
        ("order", "order_id", "order_no", "order_nr", "order_number", "order_name", "number", "reference"),
        "source_id",
    ),
    **dict.fromkeys(("state", "order_status", "financial_status", "payment_status"), "status"),
    **dict.fromkeys(("total", "order_total", "total_price", "sum", "value"), "amount"),
    **dict.fromkeys(("discount", "discount_total"), "discount_amount"),
    **dict.fromkeys(("date", "created", "order_date", "date_created", "created_on"), "created_at"),
    **dict.fromkeys(("customer", "customer_id"), "customer.source_id"),
    **dict.fromkeys(("customer_name", "billing_name"), "customer.name"),
    **dict.fromkeys(("email", "e_mail", "customer_email", "billing_email"), "customer.email"),
    **dict.fromkeys(("phone", "billing_phone"), "customer.phone"),
    **dict.fromkeys(("city", "billing_city"), "customer.address.city"),
    **dict.fromkeys(("country", "billing_country"), "customer.address.country"),
    **dict.fromkeys(("sku", "item_sku", "product_sku", "lineitem_sku"), "items.sku.source_id"),
    **dict.fromkeys(("product", "product_name", "item_name", "lineitem_name"), "items.product.name"),
    **dict.fromkeys(("quantity", "qty", "item_quantity", "lineitem_quantity"), "items.quantity"),
    **dict.fromkeys(("price", "unit_price", "item_price", "lineitem_price"), "items.price"),
}
_STATUSES = {
    **dict.fromkeys(("pending", "new", "open", "processing", "authorized", "on hold"), "CREATED"),
    **dict.fromkeys(("completed", "complete", "shipped", "delivered"), "FULFILLED"),
    **dict.fromkeys(("refunded", "cancelled", "voided"), "CANCELED"),
}
"""Words of other shops and the status that they are likely to mean."""

_ID_COLUMNS = {
    **dict.fromkeys(("customer", "customer_id"), "customer_id"),
    **dict.fromkeys(("referrer", "referrer_id"), "referrer_id"),
}
"""Titles of columns that may hold the service's ids of customers."""

_NUMBERS = ("id", "no", "nr", "", "name")
"""Titles, without signs, that may stand for the order's number where none says so; the likeliest first."""

_TYPO = 0.85
"""How alike a title must be to a field to be taken for it."""

_POINT = re.compile(r"\D{0,2}[+-]?[\d ,_]*\d\.\d{1,2}\D{0,2}\Z", re.ASCII)
_COMMA = re.compile(r"\D{0,2}[+-]?[\d ._\u00a0\u202f]*\d,\d{1,2}\D{0,2}\Z")


def propose(specimen: Specimen, name: str = "", *, given: ColumnMapping | None = None) -> ColumnMapping:
    """Guess the field of each column by its title; what cannot be guessed becomes metadata.

    An amount is taken to be in people's notation when a sample of it has decimals. What ``given`` says of a
    column stays as it is.
    """
    cells = {title: specimen.samples(at) for at, title in enumerate(specimen.titles)}
    said = {column.header: column for column in given.columns} if given else {}
    taken = {column.path for column in said.values() if column.path}
    paths = dict(_paths(specimen.titles, cells, said, taken, len(specimen.records)))
    comma = specimen.dialect.decimal == "," or _commas(cells)
    columns = tuple(
        said.get(title) or likely_column(title, path, cells[title]) for title, path in paths.items()
    )
    dialect = replace(specimen.dialect, decimal="," if comma else specimen.dialect.decimal)
    return ColumnMapping(name, columns, given.decimals if given else DECIMALS, dialect)


def _paths(
    titles: Sequence[str],
    cells: Mapping[str, Sequence[str]],
    said: Mapping[str, Column],
    taken: set[str],
    records: int,
) -> Iterator[tuple[str, str | None]]:
    guessed: dict[str, str | None] = {}
    for title in titles:
        path = said[title].path if title in said else _path(title, cells[title])
        if title not in said and path is not None:
            path = None if path in taken else path
            taken.add(path or "")
        guessed[title] = path
    free = {title: cells[title] for title in titles if title.strip() and title not in said}
    if not {"id", "source_id"} & taken and (number := _number_of_order(free, records)) is not None:
        guessed[number] = "source_id"
        taken.add("source_id")
    for title, path in guessed.items():
        lost = path and path.startswith(ITEM) and "source_id" not in taken and title not in said
        yield title, f"metadata.{title.strip()}" if lost else path


def _number_of_order(cells: Mapping[str, Sequence[str]], records: int) -> str | None:
    """The column that is likeliest to name the orders, where no title says so: it is in every record."""
    plain = {_plain(title): title for title in cells}
    for word in _NUMBERS:
        title = plain.get(word)
        if title is not None and len(cells[title]) == records and all(map(_has_digit, cells[title])):
            return title
    return None


def _path(title: str, cells: Sequence[str]) -> str | None:
    if title in OWN_COLUMNS or is_ignored(title) or not title.strip():
        return None
    plain = _plain(title)
    for candidate in (
        _service_id(plain, cells),
        title,
        _OTHER_WORDS.get(plain),
        plain,
        nearest(plain, _TYPO),
    ):
        if candidate and kind_of(candidate) and _may_be(candidate, cells):
            return candidate
    return f"metadata.{title.strip()}"


def _service_id(plain: str, cells: Sequence[str]) -> str | None:
    """The field of a column whose cells are ids that the service gave, which no source_id is."""
    if cells and _all_begin(cells, "ord_") and "source_id" in {_OTHER_WORDS.get(plain), plain}:
        return "id"
    if cells and _all_begin(cells, "cust_"):
        return _ID_COLUMNS.get(plain)
    return None


def _all_begin(cells: Sequence[str], prefix: str) -> bool:
    return all(cell.startswith(prefix) for cell in cells)


def _may_be(path: str, cells: Sequence[str]) -> bool:
    """Whether the cells do not speak against a field: ``id`` is the service's own, for example."""
    if path == "id":
        return _all_begin(cells, "ord_")
    if path in {"customer_id", "customer.id", "referrer_id", "referrer.id"}:
        return _all_begin(cells, "cust_")
    if path == "created_at":
        return all(map(_is_moment, cells))
    if kind_of(path) == "json":
        return all(cell.lstrip().startswith(("[", "{")) for cell in cells)
    if kind_of(path) in {"integer", "number"}:
        return 2 * sum(map(_has_digit, cells)) >= len(cells)
    return True


def _is_moment(cell: str) -> bool:
    try:
        read_request({"created_at": cell}, OrderImportRequest)
    except InvalidFields:
        return False
    return True


def _has_digit(cell: str) -> bool:
    return any(sign.isdigit() for sign in cell)


def _plain(title: str) -> str:
    return re.sub(r"[^\w.]+", "_", title.strip().lower()).strip("_")


def _commas(cells: Mapping[str, Sequence[str]]) -> bool:
    """Whether more cells have decimals behind a comma than behind a point."""
    every = [cell.strip() for column in cells.values() for cell in column]
    return sum(map(bool, map(_COMMA.match, every))) > sum(map(bool, map(_POINT.match, every)))


def _is_amount(path: str) -> bool:
    return kind_of(path) in {"integer", "number"} and path.endswith(("amount", "price"))


def likely_column(title: str, path: str | None, cells: Sequence[str]) -> Column:
    """A column that fills a field, with the kind and the words for statuses that its cells suggest."""
    if path is None:
        return Column(title, None)
    found = {plain_cell(cell): cell.strip() for cell in cells} if path == "status" else {}
    values = tuple((cell, _STATUSES[plain]) for plain, cell in found.items() if plain in _STATUSES)
    return Column(title, path, likely_kind(path, cells), values)


def likely_kind(path: str, cells: Sequence[str]) -> Kind:
    """How the cells of a column that fills a field are likely to be read."""
    if _is_amount(path) and any(_POINT.match(c.strip()) or _COMMA.match(c.strip()) for c in cells):
        return "amount"
    if path == "status" and any(cell not in STATUSES and cell.upper() in STATUSES for cell in cells):
        return "status"
    return kinds_for(path)[0]
