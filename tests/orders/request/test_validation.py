"""Reading a document: into a request, or into what is wrong with it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.orders.request import InvalidFields, OrderRequest, find_request_faults, read_request
from tui.orders.request.field_faults import SHOWN

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
FIELDS = st.sampled_from(
    ["items", "status", "amount", "metadata", "customer", "source_id", "created_at", "x"]
)


@pytest.mark.parametrize("document", [None, [], "text", 5, True])
def test_only_an_object_is_an_order(document: Any) -> None:
    """A list or a bare value is refused as a whole."""
    with pytest.raises(InvalidFields, match="the order must be a JSON object"):
        read_request(document, OrderRequest)


@pytest.mark.parametrize(
    ("document", "path", "said"),
    [
        ({"source_id": "a\ud800"}, "source_id", "lone surrogate"),
        ({"metadata": {"a": ["\udfff"]}}, "metadata.a[0]", "lone surrogate"),
        ({"metadata": {"\ud800": 1}}, "metadata", "has a key that contains half a character"),
        ({"metadata": {"n": float("nan")}}, "metadata.n", "must be a finite number"),
        ({"metadata": {"when": object()}}, "metadata.when", "must be text, a number"),
        ({"metadata": {1: 2}}, "metadata", "not text"),
    ],
)
def test_what_json_cannot_hold_is_refused(document: dict[str, Any], path: str, said: str) -> None:
    """Also deep in metadata, where no model looks, and with a message that can itself be shown."""
    (fault,) = find_request_faults(document, OrderRequest)
    assert fault.path == path
    assert said in fault.message
    assert str(fault).isascii()


def test_bottomless_documents_are_refused() -> None:
    """Depth is bounded, so no document exhausts the stack."""
    deep: dict[str, Any] = {}
    for _ in range(900):
        deep = {"a": deep}
    (fault,) = find_request_faults({"metadata": deep}, OrderRequest)
    assert "nested deeper" in fault.message


def test_a_long_value_is_cut_in_the_message() -> None:
    """A fault stays readable whatever was given."""
    (fault,) = find_request_faults({"status": "X" * 10_000}, OrderRequest)
    assert len(fault.shown) == SHOWN


@given(st.dictionaries(FIELDS, JSON, max_size=4))
def test_any_document_is_read_or_refused(document: dict[str, Any]) -> None:
    """No document of JSON's shape fails in another way; what is read is what was given."""
    faults = find_request_faults(document, OrderRequest)
    if not faults:
        assert read_request(document, OrderRequest).request.to_body() == document
    assert all(fault.message for fault in faults)
