"""Dates in other notations are refused with the reason, and with what to write."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.orders.filter import FilterError, parse

NOW = datetime(2026, 11, 30, 20, tzinfo=UTC)


def error_of(text: str) -> FilterError:
    """The error that a filter ends in."""
    with pytest.raises(FilterError) as raised:
        parse(text, now=NOW)
    return raised.value


@pytest.mark.parametrize(
    ("text", "mended", "why"),
    [
        ("created>=2026-11-30 19:02", "created>=2026-11-30T19:02", "after a T"),
        ("created >= 2026-11-30 19:02:03 paid", "created >= 2026-11-30T19:02:03 paid", "after a T"),
        ("created>=2026-11-30  9:02", "created>=2026-11-30T09:02", "after a T"),
        ("created>=2026-11-30 19:02 UTC", "created>=2026-11-30T19:02Z", "after a T"),
        ("updated<2026-11-30 19:02 +01:00", "updated<2026-11-30T19:02+01:00", "after a T"),
        ("created>=2026-11-30 19", "created>=2026-11-30T19", 'write "19" in quotes'),
        ("created>=2026-11-30 7pm", "created>=2026-11-30T19", "after a T"),
        ("created>=2026-11-30 12:15 am", "created>=2026-11-30T00:15", "after a T"),
        ("(created:2026-11-29..2026-11-30 19:02)", "(created:2026-11-29..2026-11-30T19:02)", "after a T"),
        ("metadata.at>=2026-11-30 19:02", "metadata.at>=2026-11-30T19:02", "after a T"),
        ("created>=2026-11-30T19:02 UTC", "created>=2026-11-30T19:02Z", "without a space"),
        ("created>=2026-11-30T19:02 -0500", "created>=2026-11-30T19:02-0500", 'write "-0500" in quotes'),
        ("created>=2026-11-30T24:00", "created>=2026-12-01T00:00", "00:00 of the next day"),
        ("created>=2026-12-31T24:00:00Z", "created>=2027-01-01T00:00:00Z", "00:00 of the next day"),
        ("created>=2026-02-30", "created>=2026-02-28", "February 2026 has the days 01 to 28"),
        ("created>=2028-02-30T10:00", "created>=2028-02-29T10:00", "February 2028 has the days 01 to 29"),
        ("created>=2026-13-01", "created>=2026-01-13", "the months 01 to 12"),
        ("created>=2026-11-30T19:02:03,5", "created>=2026-11-30T19:02:03.5", "without commas"),
        ("created>=2026-11-30T9:02", "created>=2026-11-30T09:02", "is not a date"),
        ("created>=2026-11-30_19.02", "created>=2026-11-30T19:02", "is not a date"),
        ("created>=20261130T190203Z", "created>=2026-11-30T19:02:03Z", "is not a date"),
        ("created>=1764500000", "created>=2025-11-30T10:53:20Z", "is not a date"),
        ("created>=1764500000000", "created>=2025-11-30T10:53:20Z", "is not a date"),
    ],
)
def test_a_date_in_another_notation_is_mended(text: str, mended: str, why: str) -> None:
    """The filter with the suggestion in it is a filter."""
    error = error_of(text)
    assert why in error.message
    assert error.mended() == mended
    parse(mended, now=NOW)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("created>=2026-11-30T25:00", "the times 00:00 to 23:59:59"),
        ("created>=2026-11-30T19:60", "the times 00:00 to 23:59:59"),
        ("created>=2026-00-31", "the months 01 to 12"),
        ("created>=2026-11-30T19:02CET", "“CET” as its hours from UTC"),
        ("created>=yesterday 12:00", "a time needs a date"),
        ("created>=2026-11-30 25:00", "after a T"),
    ],
)
def test_what_is_meant_is_not_guessed(text: str, why: str) -> None:
    """The reason is given where nothing is close."""
    error = error_of(text)
    assert why in error.message
    assert error.suggestion is None


@pytest.mark.parametrize(
    "text",
    [
        *(
            'created>=2026-11-30 "19"',
            "created>=2026-11-30 paid",
            "created>=2026-11-30 -1234",
            "created>=2026-11-30",
        ),
        *("created>=2026-11-30 amount>19", 'created>="2026-11-30 19:02"', "created>=2026-11-30 1234"),
        *("created>=2026-11-30T19:02+0100", "created>=2026-11-30T19:02+01", "created>=today 1234"),
    ],
)
def test_words_and_zones_beside_dates_stay(text: str) -> None:
    """A zone needs no colon, and a word that cannot be a time is one to search for."""
    parse(text, now=NOW)


@given(st.integers(631_152_000, 4_102_444_800), st.sampled_from(["%Y-%m-%d %H:%M:%S", "%Y%m%d_%H%M%S"]))
def test_any_time_is_mended_to_itself(seconds: int, notation: str) -> None:
    """The suggestion means the very time that was written."""
    moment = datetime.fromtimestamp(seconds, UTC)
    error = error_of(f"created>={moment.strftime(notation)}")
    assert error.suggestion is not None
    assert datetime.fromisoformat(f"{error.suggestion}Z") == moment
