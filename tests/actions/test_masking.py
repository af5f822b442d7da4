"""Results, findings and previews as they may be told."""

from __future__ import annotations

import pytest

from tests.support.personal import session_masks
from tui.actions.masking import masked_findings, masked_order, masked_result
from tui.actions.results import DocumentsResult, DoneResult, OrderResult, OrdersResult
from tui.jobs.importing.runs.import_journal import RowFinding
from tui.orders.order import Order
from tui.orders.privacy.masker import looks_masked
from tui.orders.request import InvalidFields, OrderImportRequest, OrderUpdateRequest, read_request

ORDER = Order.read({"id": "ord_1", "metadata": {"recipient": "Ada Lovelace"}, "object": "order"})
PLAIN = Order.read({"id": "ord_2", "metadata": {"channel": "web"}, "object": "order"})


@pytest.mark.parametrize(
    "result",
    [
        OrdersResult([ORDER, PLAIN], []),
        OrderResult(ORDER),
        DocumentsResult([ORDER.raw], ("id", "metadata")),
        DoneResult((), {"body": ORDER.raw}, "curl … Ada Lovelace"),
    ],
)
def test_every_kind_of_result_is_masked(result: object) -> None:
    """While masks are on; else it is the result itself."""
    masks = session_masks()
    assert masked_result(result, masks) is result  # type: ignore[arg-type]
    masks.put_on()
    assert "Ada" not in repr(masked_result(result, masks))  # type: ignore[arg-type]


def test_an_order_without_anything_personal_is_not_copied() -> None:
    """It is the very order."""
    masks = session_masks(always=True)
    assert masked_order(PLAIN, masks) is PLAIN
    assert masked_order(ORDER, masks).id == "ord_1"


@pytest.mark.parametrize(
    ("path", "shown", "masked"),
    [
        ("customer.email", '"ada@exam…', True),
        ("metadata.anything", '"Ada', True),
        ("", "Ada;12;x", True),
        ("items[0].price", '"Ada"', True),
        ("items[0].price", '"12,5x"', False),
        ("status", '"paid"', False),
        ("source_id", "WEB-0012", False),
        ("customer.phone", '"12345"', True),
    ],
)
def test_a_finding_shows_a_value_only_where_it_cannot_be_personal(
    path: str, shown: str, masked: bool
) -> None:
    """The row of a file was never learnt, what is shown of it is cut, and a name may stand in any column."""
    masks = session_masks(always=True)
    (found,) = masked_findings([RowFinding(3, path, "must be something", shown)], masks)
    assert looks_masked(found.shown) is masked
    assert found.message == "must be something"


@pytest.mark.parametrize("model", [OrderUpdateRequest, OrderImportRequest])
def test_a_mask_is_never_sent_as_a_value(model: type[OrderUpdateRequest]) -> None:
    """A masked export that is imported, or a masked document given back, is refused field by field."""
    masks = session_masks(always=True)
    document = {
        "source_id": "WEB-1",
        "metadata": {"recipient": "Ada Lovelace", "note": "for Ada Lovelace, soon"},
    }
    read_request(document, model)
    with pytest.raises(InvalidFields) as refused:
        read_request(masks.document(document), model)
    assert [fault.path for fault in refused.value.faults] == ["metadata.recipient", "metadata.note"]
    assert "without masks" in str(refused.value)
