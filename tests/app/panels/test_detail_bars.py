"""What the detail pane copies."""

from __future__ import annotations

import pytest

from tui.app.panels.detail.detail_bars import copied_text
from tui.orders.paths import Path


@pytest.mark.parametrize(
    ("path", "pointer"),
    [
        ((), ""),
        (("items", 0, "product", "name"), "/items/0/product/name"),
        (("metadata", "a b"), "/metadata/a b"),
        (("metadata", "a/b~c"), "/metadata/a~1b~0c"),
        (("metadata", ""), "/metadata/"),
        (("metadata", "1"), "/metadata/1"),
        (("metadata", "a.b"), "/metadata/a.b"),
        (("metadata", "ключ"), "/metadata/ключ"),
        (("a", "\u202e"), "/a/\\u202e"),
        (("a", "\x1b[2J"), "/a/\\u001b[2J"),
    ],
)
def test_a_json_pointer_escapes_its_keys(path: Path, pointer: str) -> None:
    """By RFC 6901, and hidden characters as in JSON."""
    assert copied_text("pointer", {}, path)[1] == pointer
