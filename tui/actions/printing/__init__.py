"""Results as text: one way of writing for the command line and the REPL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .formats import csv_text, documents_csv, json_text
from .report import report_text
from .table import Paint, documents_table, orders_table, record_text
from .vertical import documents_vertical, orders_vertical

if TYPE_CHECKING:
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


def written(
    result: Result,
    form: str,
    *,
    width: int | None,
    paint: Paint,
    masks: Masks | None = None,
    squeezed: bool = True,
) -> str:
    """The result's data as text in a format; its sentences are not in it.

    Args:
        result: what a verb brought back.
        form: ``table``, ``json``, ``jsonl``, ``csv``, ``vertical`` (a field a line) or ``lines`` (the same as
            ``title: value``).
        width: cells of a line on a terminal; ``None`` cuts nothing.
        paint: paints a text in a named style, see ``table.painter``.
        masks: the session's; what is personal is masked in every form while they are on.
        squeezed: whether a table is made to fit at any price, see ``table.table``.
    """
    from tui.actions.masking import masked_result
    from tui.actions.results import DocumentsResult, OrderResult, OrdersResult, ReportResult

    if masks is not None:
        result = masked_result(result, masks)
    match result:
        case OrdersResult():
            return _orders(result, form, width, paint, squeezed)
        case OrderResult():
            return _order(result, form, paint)
        case DocumentsResult():
            return _documents(result, form, width, paint, squeezed)
        case ReportResult():
            return _report(result, form, width, paint)
        case _:
            return _done(result, form)


def _orders(result: OrdersResult, form: str, width: int | None, paint: Paint, squeezed: bool) -> str:
    if form == "csv":
        return csv_text(result.orders, [column.name for column in result.columns])
    if form == "table":
        return orders_table(result.orders, result.columns, width=width, paint=paint, squeezed=squeezed)
    if form in RECORD_FORMS:
        return orders_vertical(result.orders, result.columns, aligned=form == "vertical", paint=paint)
    return _json([order.raw for order in result.orders], form)


def _order(result: OrderResult, form: str, paint: Paint) -> str:
    if form == "csv":
        return csv_text([result.order], None)
    if form == "table" or form in RECORD_FORMS:
        return record_text(result.order.raw, paint=paint)
    return _json_one(result.order.raw, form)


def _documents(result: DocumentsResult, form: str, width: int | None, paint: Paint, squeezed: bool) -> str:
    if form == "csv":
        return documents_csv(result.documents, result.fields)
    if form == "table":
        return documents_table(result.documents, result.fields, width=width, paint=paint, squeezed=squeezed)
    if form in RECORD_FORMS:
        return documents_vertical(result.documents, result.fields, aligned=form == "vertical", paint=paint)
    return _json(list(result.documents), form)


def _report(result: ReportResult, form: str, width: int | None, paint: Paint) -> str:
    if form in ("json", "jsonl"):
        return _json_one(result.document, form)
    return report_text(result.sections, width=width, paint=paint)


def _done(result: DoneResult, form: str) -> str:
    if result.document is None or form not in ("json", "jsonl"):
        return f"{result.text}\n" if result.text else ""
    return _json_one(result.document, form)


def _json(documents: list[ApiDocument], form: str) -> str:
    if form == "json":
        return json_text(documents, indent=2) + "\n"
    return "".join(json_text(document) + "\n" for document in documents)


def _json_one(document: ApiDocument, form: str) -> str:
    return json_text(document, indent=2 if form == "json" else None) + "\n"
