"""Dates and date-times of requests."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.sandbox.clock import read_date, read_date_time, read_moment


@pytest.mark.parametrize("text", ["2026-2-1", "20260201", "2026-02-30", "2026-W01", "", "0000-01-01"])
def test_looser_forms_are_not_dates(text: str) -> None:
    """Only YYYY-MM-DD that exists is a date."""
    assert read_date(text) is None
    assert read_moment(text) is None


def test_offsets_are_brought_to_utc() -> None:
    """Without an offset it is UTC; out of the calendar it stays what it says."""
    assert read_date_time("2026-02-01T00:30:00+01:00") == datetime(2026, 1, 31, 23, 30, tzinfo=UTC)
    assert read_date_time("2026-02-01 00:30") == datetime(2026, 2, 1, 0, 30, tzinfo=UTC)
    assert read_date_time("0001-01-01T00:00:00+14:00") == datetime(1, 1, 1, tzinfo=UTC)
    assert read_date_time("2026-02-01") is None


@given(st.datetimes(timezones=st.just(UTC)))
def test_every_moment_is_read(moment: datetime) -> None:
    """What is written in ISO 8601 is read back."""
    assert read_moment(moment.isoformat()) == moment
