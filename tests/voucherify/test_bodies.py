"""Bodies as JSON."""

from __future__ import annotations

import json
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.voucherify.client import encoded
from tui.voucherify.errors import Unsendable

_LOOP: list[Any] = []
_LOOP.append(_LOOP)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=9))
def test_a_body_is_ascii_and_comes_back(body: object) -> None:
    """Any text survives, half a surrogate pair too."""
    assert json.loads(encoded(body).decode("ascii")) == body


def test_half_a_surrogate_pair_is_sent_escaped() -> None:
    """UTF-8 could not hold it."""
    assert encoded({"name": "\ud800"}) == b'{"name":"\\ud800"}'


def test_any_mapping_is_an_object() -> None:
    """A read-only view of an order is as good as a dict."""
    assert encoded([MappingProxyType({"a": (1, 2)})]) == b'[{"a":[1,2]}]'


@pytest.mark.parametrize(
    ("body", "word"), [({"a": float("nan")}, "finite"), ({"a": {1, 2}}, "set"), (_LOOP, "itself")]
)
def test_what_json_cannot_hold_is_named(body: object, word: str) -> None:
    """Nothing is sent."""
    with pytest.raises(Unsendable, match=word):
        encoded(body)
