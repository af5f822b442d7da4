"""Turns a row of the file into an order that can be sent, or into the reasons why it cannot."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from tui.jobs.importing.import_options import ImportOptions
from tui.jobs.importing.mapping.helper_columns import LINE_KEY, REASON_KEY, TEXT_KEY, UNTYPED_KEY
from tui.jobs.importing.mapping.import_fields import METADATA
from tui.jobs.importing.reading.cell_values import CellError, may_be_typed, parse_cell
from tui.jobs.importing.reading.import_file import ImportFile
from tui.jobs.importing.reading.row import ImportRow
from tui.orders.request import FieldFault, OrderImportRequest
from tui.orders.times import format_api_time, parse_file_time

_OWN_KEYS = (LINE_KEY, REASON_KEY, TEXT_KEY, UNTYPED_KEY)
_FIELDS = frozenset(OrderImportRequest.model_fields)
_LISTS = ("orders", "data", "results")
"""Under what answers of services have their lists."""

TypedValues = Callable[[int], Mapping[str, Any]]
"""Gives, for the key of a row, the values of its metadata whose types were looked up."""

CUSTOMER_ID = "cust_"
"""How the service's ids of customers begin."""


@dataclass(frozen=True, slots=True)
class OrderIdentity:
    """What an import matches an order by: its ``id`` where the row has one, else only its ``source_id``."""

    field: Literal["id", "source_id"]
    value: str


@dataclass(frozen=True, slots=True)
class PreparedOrder:
    """An order ready to be sent.

    ``text`` is its JSON; ``source_id`` what the service will know it by. ``untyped`` are keys of metadata
    that are sent as text although the file may mean another type.
    """

    key: int
    line: int
    document: dict[str, Any]
    text: str
    untyped: tuple[str, ...] = ()

    @property
    def source_id(self) -> str | None:
        """The order's source_id; ``None`` when it is known by its id only."""
        value = self.document.get("source_id")
        return value if isinstance(value, str) else None

    @property
    def identity(self) -> OrderIdentity | None:
        """What the service will match the order by (``docs/voucherify-api.md#identity``)."""
        value = self.document.get("id")
        if value is not None:
            return OrderIdentity("id", value) if isinstance(value, str) else None
        return None if self.source_id is None else OrderIdentity("source_id", self.source_id)


def assigned_source_id(file: ImportFile, key: int) -> str:
    """The source_id of a row that has none: the same whenever the same file is imported."""
    return f"imp-{file.short_hash}-{key}"


def row_hash(document: Mapping[str, Any]) -> int:
    """Distinguishes rows without a source_id; an integer that SQLite holds."""
    content = {name: value for name, value in document.items() if name != "source_id"}
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], signed=True)


def order_preparer(
    file: ImportFile, options: ImportOptions, typed: TypedValues | None = None
) -> Callable[[ImportRow], PreparedOrder | tuple[FieldFault, ...]]:
    """The function that shapes rows by the options; it does not check what the fields hold.

    ``typed`` gives the values that were found for metadata of a row whose type the file does not show.
    """

    def prepare(row: ImportRow) -> PreparedOrder | tuple[FieldFault, ...]:
        document = row.document
        if document is None:
            return row.faults
        if faults := _faults(document):
            return faults
        if fault := why_not_an_order(document) or _date_fault(document, options):
            return (fault,)
        shaped = _shaped(document, options)
        untyped = _untyped_keys(row, document)
        if untyped:
            shaped, untyped, faults = _with_types(shaped, untyped, options, typed and typed(row.key))
            if faults:
                return faults
        if shaped.get("source_id") is None and shaped.get("id") is None:
            if options.missing_source_id == "refuse":
                return (FieldFault("source_id", "is missing"),)
            shaped = {**shaped, "source_id": assigned_source_id(file, row.key)}
        untouched = shaped is document and isinstance(row.raw, str)
        text = row.raw if untouched else json.dumps(shaped, separators=(",", ":"))
        return PreparedOrder(row.key, row.line, shaped, text if isinstance(text, str) else "", untyped)

    return prepare


def _untyped_keys(row: ImportRow, document: Mapping[str, Any]) -> tuple[str, ...]:
    """The keys of metadata that may be meant as another type than text."""
    named = document.get(UNTYPED_KEY)
    if named is None:
        return row.untyped
    metadata = document.get(METADATA)
    if not isinstance(metadata, dict) or not isinstance(named, list):
        return ()
    keys = [name.removeprefix(f"{METADATA}.") for name in named if isinstance(name, str)]
    return tuple(k for k in keys if isinstance(text := metadata.get(k), str) and may_be_typed(text))


def _with_types(
    shaped: dict[str, Any],
    untyped: tuple[str, ...],
    options: ImportOptions,
    typed: Mapping[str, Any] | None,
) -> tuple[dict[str, Any], tuple[str, ...], tuple[FieldFault, ...]]:
    """The order with the types that are known or chosen, the keys that stay open, and what is wrong."""
    if options.metadata == "text":
        return shaped, (), ()
    if options.metadata == "json":
        metadata, faults = dict(shaped[METADATA]), []
        for key in untyped:
            try:
                metadata[key] = parse_cell(metadata[key], "json")
            except CellError as error:
                faults.append(FieldFault(f"{METADATA}.{key}", str(error), ascii(metadata[key])[:60]))
        return {**shaped, METADATA: metadata}, (), tuple(faults)
    if not typed:
        return shaped, untyped, ()
    left = tuple(key for key in untyped if key not in typed)
    return {**shaped, METADATA: {**shaped[METADATA], **typed}}, left, ()


def _faults(document: Mapping[str, Any]) -> tuple[FieldFault, ...]:
    if TEXT_KEY in document:
        message = f"still holds the text that could not be read; write an order over {TEXT_KEY}"
        return (FieldFault("", message),)
    named = document.get(UNTYPED_KEY)
    if named is not None and not (isinstance(named, list) and all(isinstance(n, str) for n in named)):
        return (FieldFault(UNTYPED_KEY, "must be an array of names such as metadata.qty"),)
    return _customer_faults(document)


def _customer_faults(document: Mapping[str, Any]) -> tuple[FieldFault, ...]:
    """What is wrong with a ``customer_id``, which stands for ``customer.id``."""
    given = document.get("customer_id")
    if given is None:
        return ()
    if not isinstance(given, str) or not given.startswith(CUSTOMER_ID):
        message = f"must be the service's id of a customer ({CUSTOMER_ID}…); a number of your own is"
        return (FieldFault("customer_id", f"{message} customer.source_id", ascii(given)[:60]),)
    customer = document.get("customer")
    other = customer.get("id") if isinstance(customer, dict) else None
    if other is not None and other != given:
        return (FieldFault("customer_id", f"differs from customer.id, which is {ascii(other)[:60]}"),)
    return ()


def why_not_an_order(document: dict[str, Any]) -> FieldFault | None:
    """Why an object is not an order: it would be imported as an empty one."""
    if any(document.get(field) not in (None, "", {}, []) for field in _FIELDS & document.keys()):
        return None
    for name in _LISTS:
        if isinstance(document.get(name), list):
            hint = f"import what jq .{name} FILE prints"
            return FieldFault("", f"is missing: this is a list, whose orders are under “{name}”; {hint}")
    return FieldFault("", "is empty: it has none of the fields of an order")


def _date_fault(document: dict[str, Any], options: ImportOptions) -> FieldFault | None:
    """Why the original date of an order cannot be saved in its metadata."""
    key, date, metadata = options.keep_created_at_as, document.get("created_at"), document.get("metadata")
    if key is None or date is None:
        return None
    if isinstance(metadata, dict) and key in metadata:
        return FieldFault(f"metadata.{key}", "is there already; save the date under another key")
    if not isinstance(date, str) or parse_file_time(date) is None:
        return FieldFault(
            "created_at", "must be a date with the year first, like 2024-01-31", ascii(date)[:60]
        )
    return None


def _shaped(document: dict[str, Any], options: ImportOptions) -> dict[str, Any]:
    taken_out = [key for key in _OWN_KEYS if key in document]
    keeps_date = options.keep_created_at_as is not None and isinstance(document.get("created_at"), str)
    if options.ids == "keep" and not taken_out and not keeps_date and "customer_id" not in document:
        return document
    shaped = {key: value for key, value in document.items() if key not in taken_out}
    customer_id = shaped.pop("customer_id", None)
    if options.ids == "drop":
        _drop_ids(shaped)
    elif customer_id is not None and shaped.get("customer") is None:
        shaped["customer"] = {"id": customer_id}
    metadata = shaped.get(METADATA)
    if keeps_date and (metadata is None or isinstance(metadata, dict)):
        moment = parse_file_time(shaped.pop("created_at"))
        kept = {options.keep_created_at_as: format_api_time(moment)} if moment else {}
        shaped[METADATA] = {**(metadata or {}), **kept}
    return shaped


def _drop_ids(shaped: dict[str, Any]) -> None:
    """Remove the ids of another account, and a person without other data."""
    for name in ("id", "referrer_id"):
        shaped.pop(name, None)
    for name in ("customer", "referrer"):
        person = shaped.get(name)
        if isinstance(person, dict):
            known = {key: value for key, value in person.items() if key not in {"id", "object"}}
            shaped.pop(name)
            if known:
                shaped[name] = known
