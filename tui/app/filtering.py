"""From the text of a filter to what the explorer shows."""

from __future__ import annotations

from datetime import UTC, datetime

from tui.orders.loaded import LocalFilter


def local_filter(text: str) -> LocalFilter | None:
    """The filter over what is loaded; ``None`` where nothing is typed.

    Raises:
        FilterError: the text is no filter.
    """
    from tui.orders.filter import parse

    if not text.strip():
        return None
    return LocalFilter(text.strip(), parse(text, now=datetime.now(UTC)).matches)
