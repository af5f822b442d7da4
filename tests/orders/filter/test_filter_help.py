from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tui.orders.filter import EXAMPLES, FIELDS, HELP, parse
from tui.orders.filter.syntax.nodes import Everything

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize("text", [text for rows in EXAMPLES.values() for text, _ in rows])
def test_every_example_is_a_filter(text: str) -> None:
    """What the page shows can be typed, and the page shows it."""
    assert parse(text, now=NOW).ast != Everything()
    assert f"  {text}  " in HELP


def test_every_field_and_alias_is_on_the_page() -> None:
    """The page is written from the registry."""
    for field in FIELDS.values():
        assert ", ".join((field.name, *field.aliases)) in HELP
        assert field.help in HELP


def test_the_page_is_plain_text_of_readable_width() -> None:
    """No control characters, no line past a wide terminal."""
    assert all(line.isprintable() and len(line) <= 110 for line in HELP.splitlines())
