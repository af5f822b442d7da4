"""Whether a list of jobs claims to be whole."""

from __future__ import annotations

import pytest

from tui.actions.jobs.job_listing import page_has_more


@pytest.mark.parametrize(
    ("rows", "total", "has_more", "expected"),
    [
        (20, None, True, True),
        (0, None, True, True),
        (20, None, False, False),
        (20, 20, None, False),
        (20, 21, None, True),
        (0, 50, None, True),
        (20, 5, None, False),
        (20, None, None, None),
        (19, None, None, False),
        (0, None, None, False),
    ],
)
def test_only_what_the_service_states_is_claimed(
    rows: int, total: int | None, has_more: bool | None, expected: bool | None
) -> None:
    """Of 20 that were asked for: a full page without a statement leaves it open."""
    assert page_has_more(rows, 20, total=total, has_more=has_more) is expected
