"""Rows of an import are checked at speed as strictly as any other document."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.jobs.importing.checking.order_validator import OrderValidator
from tui.jobs.importing.checking.prepared_order import PreparedOrder
from tui.orders.request.validation import unsendable_values

VALUES = st.one_of(
    st.text(st.characters(exclude_categories=[]), max_size=6),
    st.integers(-(10**18), 10**18),
    st.floats(),
    st.booleans(),
    st.none(),
)


def faults_of(document: dict[str, Any]) -> tuple[str, ...]:
    """The paths that the validator finds fault with."""
    prepared = PreparedOrder(1, 1, document, json.dumps(document))
    return tuple(fault.path for fault in OrderValidator().check(prepared)[0])


@pytest.mark.parametrize(
    "document",
    [
        {"source_id": "1\0"},
        {"source_id": "1", "metadata": {"n": 123456789012345678}},
        {"source_id": "1", "customer": {"name": "\ud800"}},
    ],
)
def test_what_cannot_be_stored_is_a_fault(document: dict[str, Any]) -> None:
    """NUL, half characters and numbers that would come back as others."""
    assert faults_of(document)


@given(st.dictionaries(st.text(max_size=3), VALUES, max_size=4))
def test_what_cannot_be_sent_is_found_in_any_metadata(metadata: dict[str, Any]) -> None:
    """The quick way lets nothing pass that the whole check would not."""
    document = {"source_id": "1", "metadata": metadata}
    if list(unsendable_values(document)):
        assert faults_of(document)
