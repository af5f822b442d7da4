"""Results with personal data masked, for every output format."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.jobs.importing.proposal.mapping_preview import MappingPreview
    from tui.jobs.importing.runs.import_journal import RowFinding
    from tui.orders.order import Order
    from tui.orders.privacy import Masks
    from tui.voucherify.calls.call_log import ApiCall
    from tui.voucherify.calls.redaction import Headers

    from .results import Result


def masked_result(result: Result, masks: Masks) -> Result:
    """The result as it may be shown and written; itself while masks are off.

    Sentences are masked where they are made; a report about this machine has no orders.
    """
    if not masks.on:
        return result
    from .results import ConvertedSequence, DocumentsResult, DoneResult, OrderResult, OrdersResult

    match result:
        case OrdersResult():
            return replace(result, orders=[masked_order(order, masks) for order in result.orders])
        case OrderResult():
            return replace(result, order=masked_order(result.order, masks))
        case DocumentsResult():
            documents = ConvertedSequence(result.documents, masks.document)
            return replace(result, documents=documents, shown=list(map(masks.document, result.shown)))
        case DoneResult():
            document = masks.document(result.document)
            return replace(result, document=document, text=masks.text(result.text))
        case report:
            return report


def masked_findings(findings: Iterable[RowFinding], masks: Masks | None) -> tuple[RowFinding, ...]:
    """Findings about rows of a file, with personal values masked."""
    if masks is None or not masks.on:
        return tuple(findings)
    return tuple(replace(each, shown=masks.excerpt(each.path, each.shown)) for each in findings)


def masked_preview(preview: MappingPreview, masks: Masks | None) -> MappingPreview:
    """The preview of a mapping, with personal values masked."""
    if masks is None or not masks.on:
        return preview
    rows = (
        replace(
            row,
            document=masks.document(row.document),
            faults=tuple(replace(f, shown=masks.excerpt(f.path, f.shown)) for f in row.faults),
        )
        for row in preview.rows
    )
    return replace(preview, rows=tuple(rows))


def masked_call(call: ApiCall, masks: Masks) -> ApiCall:
    """A call of the log with address, headers and bodies masked."""
    if not masks.on:
        return call
    # The bodies come first: what they hold is known from then on, wherever the rest repeats it.
    sent, answered = masks.body(call.request_body.text), masks.body(call.response_body.text)
    return replace(
        call,
        path=masks.text(call.path),
        query=masks.text(call.query),
        request_headers=_headers(call.request_headers, masks),
        response_headers=_headers(call.response_headers, masks),
        request_body=call.request_body._replace(text=sent),
        response_body=call.response_body._replace(text=answered),
    )


def _headers(headers: Headers, masks: Masks) -> Headers:
    return tuple((name, masks.text(value)) for name, value in headers)


def masked_order(order: Order, masks: Masks) -> Order:
    """An order with its personal values masked; itself where there are none, and while masks are off."""
    document = masks.document(order.raw)
    return order if document is order.raw else type(order).read(document)
