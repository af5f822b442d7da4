"""Numbers of things in words."""

from __future__ import annotations

from tui.terminal.pluralize import pluralize


def test_one_thing_is_no_things() -> None:
    """``Import 1 orders``, ``1 calls are in``: each surface wrote the plural by hand."""
    assert [pluralize(number, "order") for number in (0, 1, 2, 2000)] == [
        "0 orders",
        "1 order",
        "2 orders",
        "2,000 orders",
    ]
