"""Suggests a mapping for an unknown CSV, and candidate fields for its other columns.

Only certain columns are filled: those of a known export, of the given mapping, and titles that are exactly
API paths. All others are offered to the user.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from tui.jobs.importing.mapping.column_mapping import (
    ColumnMapping,
    MappedColumn,
    column_by_header,
    is_ignored,
    plain_cell,
    unknown_columns,
)
from tui.jobs.importing.mapping.helper_columns import OWN_COLUMNS
from tui.jobs.importing.mapping.import_fields import (
    ITEM,
    CellKind,
    is_money,
    kind_of,
    kinds_for,
    normalize_title,
)
from tui.jobs.importing.mapping.known_exports import known_exports, recognize_export
from tui.jobs.importing.reading.cell_values import is_in_units
from tui.jobs.importing.reading.csv_sample import CsvSample
from tui.orders.amounts import DECIMALS, decimals_of
from tui.orders.order import STATUSES
from tui.orders.times import parse_file_time

_WORDS = {
    "source_id": (
        "order order_id order_no order_nr order_number order_name number reference transaction_id name id"
    ),
    "status": "state order_status financial_status payment_status",
    "amount": "total order_total total_price grand_total sum value subtotal gross net",
    "discount_amount": "discount discount_total discounts",
    "created_at": "date created order_date date_created created_on purchase_date",
    "customer.name": "customer customer_name billing_name buyer_name",
    "customer.email": "email e_mail customer_email billing_email buyer_email",
    "customer.source_id": "customer_id customer_no customer_number",
    "customer.phone": "phone billing_phone",
    "customer.address.city": "city billing_city",
    "customer.address.country": "country billing_country",
    "items.sku.source_id": "sku item_sku product_sku lineitem_sku",
    "items.product.name": "product product_name item item_name lineitem_name",
    "items.quantity": "quantity qty item_quantity lineitem_quantity",
    "items.price": "price unit_price item_price lineitem_price",
}
"""Titles that exports often have, by the field that they may mean."""

_STATUS_WORDS = {
    "CREATED": (
        "pending|new|open|processing|authorized|on hold|on-hold|holded|pending payment|awaiting payment"
    ),
    "PAID": "awaiting fulfillment|awaiting shipment",
    "FULFILLED": "completed|complete|shipped|delivered|wc-completed",
    "CANCELED": "refunded|cancelled|voided|failed|expired|closed|declined",
}
"""Words of other shops by the status that they may mean."""


def suggest_mapping(
    csv_sample: CsvSample, name: str = "", *, given: ColumnMapping | None = None
) -> ColumnMapping:
    """The initial mapping: the given one, else that of a known export, else the titles that are fields.

    Other columns are left out, and so are those whose field a given column fills already.
    """
    known = recognize_export(csv_sample.titles)
    certain = {column.header: column for column in known.columns} if known else {}
    given_columns = {column.header: column for column in given.columns} if given else {}
    taken = {column.path for column in given_columns.values() if column.path}
    whole = not unknown_columns(csv_sample.titles, None)
    columns: list[MappedColumn] = []
    for at, title in enumerate(csv_sample.titles):
        column = given_columns.get(title)
        if column is None:
            column = certain.get(title) or column_by_header(title, exact=not whole)
            foreign_id = column.path in {"id", "customer.id"} and not _are_service_ids(csv_sample.samples(at))
            if column.path in taken or foreign_id:
                column = MappedColumn(title, None)
            if column.path:
                taken.add(column.path)
        columns.append(column)
    begun = given or known or ColumnMapping("", ())
    currency = begun.currency or (known.currency if known else _currency_column(csv_sample))
    return replace(
        begun,
        name=name,
        columns=tuple(columns),
        dialect=csv_sample.dialect,
        currency=currency if currency in csv_sample.titles else None,
    )


def _currency_column(csv_sample: CsvSample) -> str | None:
    """The title of a column that names the currency of each order, where it has other decimals than usual."""
    for at, title in enumerate(csv_sample.titles):
        found = {decimals_of(cell) for cell in csv_sample.samples(at)}
        if "currency" in title.lower() and found and None not in found and found != {DECIMALS}:
            return title
    return None


def candidate_fields(csv_sample: CsvSample, at: int) -> tuple[str, ...]:
    """The fields that a column may be meant for, the likeliest first; none for a column without a title."""
    title, cells = csv_sample.titles[at], csv_sample.samples(at)
    if not title.strip() or title in OWN_COLUMNS or is_ignored(title):
        return ()
    return tuple(dict.fromkeys((*_by_cells(cells), *_by_title(title, cells), *_as_metadata(csv_sample, at))))


def suggested_status(word: str) -> str | None:
    """The status that another shop's word may mean."""
    words = word.strip().casefold()
    return next((status for status, known in _STATUS_WORDS.items() if words in known.split("|")), None)


def unknown_statuses(column: MappedColumn, cells: Sequence[str]) -> tuple[str, ...]:
    """The cells of a status column that are not statuses and have no replacement."""
    known = {*map(str.casefold, STATUSES), *column.read_as()}
    return tuple(dict.fromkeys(cell.strip() for cell in cells if plain_cell(cell) not in known))


def likely_column(title: str, path: str | None, cells: Sequence[str]) -> MappedColumn:
    """A column that the user mapped to a field, with the kind that its cells suggest."""
    return MappedColumn(title, path, likely_kind(path, cells)) if path else MappedColumn(title, None)


def money_kind(cells: Iterable[str], others: Collection[CellKind], *, is_foreign: bool) -> CellKind | None:
    """How cells of money are read; ``None`` where 540 may be 540 units or 540 minor units.

    ``others`` are the kinds of the file's other amounts, which have the same format; a column without
    ``is_foreign`` has the API's own title and unit.
    """
    if "amount" in others or any(map(is_in_units, cells)):
        return "amount"
    return None if is_foreign and not others else "integer"


def likely_kind(path: str, cells: Sequence[str]) -> CellKind:
    """How the cells of a column that fills a field are likely to be read."""
    if is_money(path) and any(map(is_in_units, cells)):
        return "amount"
    if path == "status" and any(cell not in STATUSES for cell in cells):
        return "status"
    return kinds_for(path)[0]


def _by_cells(cells: Sequence[str]) -> Iterator[str]:
    if not cells:
        return
    for prefix, path in (("ord_", "id"), ("cust_", "customer.id")):
        if all(cell.startswith(prefix) for cell in cells):
            yield path
    if all("@" in cell for cell in cells):
        yield "customer.email"


def _by_title(title: str, cells: Sequence[str]) -> Iterator[str]:
    word = _word(title.partition("#")[0])
    for path in (normalize_title(title), *_titles().get(word, ())):
        if path in {"customer.name", "customer.source_id"} and word == "customer":
            path = "customer.source_id" if all(map(str.isdigit, cells)) else "customer.name"  # noqa: PLW2901
        if kind_of(path) and _may_be(path, cells):
            yield path


def _may_be(path: str, cells: Sequence[str]) -> bool:
    """Whether the cells do not speak against a field."""
    match path:
        case "id" | "customer.id" | "customer_id":
            return _are_service_ids(cells)
        case "source_id" | "customer.source_id":
            return not any(cell.startswith(("ord_", "cust_")) for cell in cells)
        case "created_at":
            return all(parse_file_time(cell) is not None for cell in cells)
    kind = kind_of(path)
    if kind in {"integer", "number"}:
        return 2 * sum(any(sign.isdigit() for sign in cell) for cell in cells) >= len(cells)
    return kind != "json" or all(cell.lstrip().startswith(("[", "{")) for cell in cells)


def _as_metadata(csv_sample: CsvSample, at: int) -> Iterator[str]:
    """Metadata under the column's own title: of the items, if it differs among the lines of one order."""
    title = csv_sample.titles[at].strip()
    if _differs_within_orders(csv_sample, at):
        yield f"{ITEM}metadata.{title}"
    yield f"metadata.{title}"


def _differs_within_orders(csv_sample: CsvSample, at: int) -> bool:
    """Whether rows with the same order number have different cells in the column."""
    for number, title in enumerate(csv_sample.titles):
        words = _titles().get(_word(title), ())
        if number == at or "source_id" not in (normalize_title(title), *words):
            continue
        met: dict[str, set[str]] = defaultdict(set)
        for record in csv_sample.records:
            if max(number, at) < len(record.cells) and record.cells[number] and record.cells[at]:
                met[record.cells[number]].add(record.cells[at])
        if any(len(cells) > 1 for cells in met.values()):
            return True
    return False


def _are_service_ids(cells: Sequence[str]) -> bool:
    return bool(cells) and all(cell.startswith(("ord_", "cust_")) for cell in cells)


def _word(title: str) -> str:
    """The title as words, however it is written: ``Order-ID`` and ``order id`` are ``order_id``."""
    return re.sub(r"[^\w.]+", "_", title.lower()).strip("_")


@cache
def _titles() -> dict[str, tuple[str, ...]]:
    """Fields by the plain titles that known exports and others have for them."""
    found: dict[str, list[str]] = defaultdict(list)
    for path, words in _WORDS.items():
        for word in words.split():
            found[word].append(path)
    for known in known_exports():
        for column in known.columns:
            if column.path and "metadata." not in column.path:
                found[_word(column.header)].append(column.path)
    return {word: tuple(dict.fromkeys(paths)) for word, paths in found.items()}
