"""Results as text, in every output format, for the command line and the REPL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .formats import csv_text, documents_csv, json_text
from .report_page import report_text
from .table import Paint, documents_table, documents_vertical, orders_table, orders_vertical, record_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tui.actions.results import (
        DocumentsResult,
        DoneResult,
        OrderResult,
        OrdersResult,
        ReportResult,
        Result,
    )
    from tui.orders.api_object import ApiDocument
    from tui.orders.privacy import Masks

RECORD_FORMS = ("vertical", "lines")
JSON_FORMS = ("json", "jsonl")


PART = 65_536
"""Characters that are written at once, at least, when a result is written in parts."""


def written(
    result: Result,
    form: str,
    *,
    width: int | None,
    paint: Paint,
    masks: Masks | None = None,
    squeezed: bool = True,
) -> str:
    """The data of a result as one text; see ``written_parts``."""
    parts = written_parts(result, form, width=width, paint=paint, masks=masks, squeezed=squeezed)
    return "".join(parts)


def written_parts(
    result: Result,
    form: str,
    *,
    width: int | None,
    paint: Paint,
    masks: Masks | None = None,
    squeezed: bool = True,
) -> Iterator[str]:
    """The data of a result as text, in parts, without its messages.

    Documents as ``table``, ``json``, ``jsonl`` and ``csv`` are in memory one part of the list at a time.

    Args:
        result: the result of a verb.
        form: ``table``, ``json``, ``jsonl``, ``csv``, ``vertical`` (a field a line) or ``lines`` (the same as
            ``title: value``).
        width: cells of a line on a terminal; ``None`` cuts nothing.
        paint: paints a text in a named style, see ``table.painter``.
        masks: the session's; what is personal is masked in every form while they are on.
        squeezed: whether a table must fit the width, see ``table.table``.
    """
    from tui.actions.masking import masked_result
    from tui.actions.results import DocumentsResult, OrdersResult

    if masks is not None:
        result = masked_result(result, masks)
    match result:
        case OrdersResult() if form in JSON_FORMS:
            return _grouped(_json((order.raw for order in result.orders), form))
        case DocumentsResult(is_one=True) if form in JSON_FORMS:
            return iter([_json_one(result.documents[0], form)])
        case DocumentsResult() if form in JSON_FORMS:
            return _grouped(_json(result.documents, form))
        case DocumentsResult() if form == "csv":
            return _grouped(documents_csv(result.documents, result.fields))
        case DocumentsResult() if form == "table":
            documents, fields = _for_people(result)
            return _grouped(documents_table(documents, fields, width=width, paint=paint, squeezed=squeezed))
        case _:
            return iter([_whole(result, form, width, paint, squeezed)])


def _for_people(result: DocumentsResult) -> tuple[Sequence[dict[str, Any]], tuple[str, ...]]:
    """The rows and the fields of a table."""
    if not result.shown:
        return result.documents, result.fields
    return result.shown, tuple(result.shown[0])


def _whole(result: Result, form: str, width: int | None, paint: Paint, squeezed: bool) -> str:
    from tui.actions.results import DocumentsResult, OrderResult, OrdersResult, ReportResult

    match result:
        case OrdersResult():
            return _orders(result, form, width, paint, squeezed)
        case OrderResult():
            return _order(result, form, paint)
        case DocumentsResult():
            documents, fields = _for_people(result)
            return documents_vertical(documents, fields, aligned=form == "vertical", paint=paint)
        case ReportResult():
            return _report(result, form, width, paint)
        case _:
            return _done(result, form)


def _orders(result: OrdersResult, form: str, width: int | None, paint: Paint, squeezed: bool) -> str:
    if form == "csv":
        return csv_text(result.orders, [column.name for column in result.columns])
    if form == "table":
        return orders_table(result.orders, result.columns, width=width, paint=paint, squeezed=squeezed)
    return orders_vertical(result.orders, result.columns, aligned=form == "vertical", paint=paint)


def _order(result: OrderResult, form: str, paint: Paint) -> str:
    if form == "csv":
        return csv_text([result.order], None)
    if form == "table" or form in RECORD_FORMS:
        return record_text(result.order.raw, paint=paint)
    return _json_one(result.order.raw, form)


def _report(result: ReportResult, form: str, width: int | None, paint: Paint) -> str:
    if form in ("json", "jsonl"):
        return _json_one(result.document, form)
    return report_text(result.sections, width=width, paint=paint)


def _done(result: DoneResult, form: str) -> str:
    if result.document is None or form not in ("json", "jsonl"):
        return f"{result.text}\n" if result.text else ""
    return _json_one(result.document, form)


def _json(documents: Iterable[ApiDocument], form: str) -> Iterator[str]:
    if form == "jsonl":
        yield from (json_text(document) + "\n" for document in documents)
        return
    before = "[\n  "
    for document in documents:
        yield before + json_text(document, indent=2).replace("\n", "\n  ")
        before = ",\n  "
    yield "\n]\n" if before.startswith(",") else "[]\n"


def _grouped(parts: Iterator[str]) -> Iterator[str]:
    """Join parts into fewer, larger ones."""
    held: list[str] = []
    size = 0
    for part in parts:
        held.append(part)
        size += len(part)
        if size >= PART:
            yield "".join(held)
            held, size = [], 0
    yield "".join(held)


def _json_one(document: ApiDocument, form: str) -> str:
    return json_text(document, indent=2 if form == "json" else None) + "\n"
