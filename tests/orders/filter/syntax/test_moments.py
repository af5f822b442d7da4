from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from tui.orders.filter.syntax.moments import MomentError, canonical, is_moment, milliseconds, resolve

NOW = datetime(2026, 3, 31, 12, 30, 15, 123_456, tzinfo=UTC)


def covered(text: str, now: datetime = NOW) -> tuple[str, str]:
    """First and last millisecond of a moment."""
    span = resolve(text, now)
    first, last = (
        datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=at) for at in (span.start, span.end - 1)
    )
    return first.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3], last.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026", "2026-01-01T00:00:00.000", "2026-12-31T23:59:59.999"),
        ("2024-02", "2024-02-01T00:00:00.000", "2024-02-29T23:59:59.999"),
        ("2026-12", "2026-12-01T00:00:00.000", "2026-12-31T23:59:59.999"),
        ("2026-01-31", "2026-01-31T00:00:00.000", "2026-01-31T23:59:59.999"),
        ("2026-01-31T10", "2026-01-31T10:00:00.000", "2026-01-31T10:59:59.999"),
        ("2026-01-31T10:05", "2026-01-31T10:05:00.000", "2026-01-31T10:05:59.999"),
        ("2026-01-31T10:05:30Z", "2026-01-31T10:05:30.000", "2026-01-31T10:05:30.999"),
        ("2026-01-31T10:05:30.5", "2026-01-31T10:05:30.500", "2026-01-31T10:05:30.500"),
        ("2026-01-31T10:05+02:00", "2026-01-31T08:05:00.000", "2026-01-31T08:05:59.999"),
        ("2026-01-31 22:00-0230", "2026-02-01T00:30:00.000", "2026-02-01T00:30:59.999"),
        ("now", "2026-03-31T12:30:15.123", "2026-03-31T12:30:15.123"),
        ("-7d", "2026-03-24T12:30:15.123", "2026-03-24T12:30:15.123"),
        ("+2w", "2026-04-14T12:30:15.123", "2026-04-14T12:30:15.123"),
        ("-30m", "2026-03-31T12:00:15.123", "2026-03-31T12:00:15.123"),
        ("-3h", "2026-03-31T09:30:15.123", "2026-03-31T09:30:15.123"),
        ("-1mo", "2026-02-28T12:30:15.123", "2026-02-28T12:30:15.123"),
        ("-2y", "2024-03-31T12:30:15.123", "2024-03-31T12:30:15.123"),
        ("Today", "2026-03-31T00:00:00.000", "2026-03-31T23:59:59.999"),
        ("yesterday", "2026-03-30T00:00:00.000", "2026-03-30T23:59:59.999"),
        ("tomorrow", "2026-04-01T00:00:00.000", "2026-04-01T23:59:59.999"),
        ("this-week", "2026-03-30T00:00:00.000", "2026-04-05T23:59:59.999"),
        ("last-week", "2026-03-23T00:00:00.000", "2026-03-29T23:59:59.999"),
        ("this-month", "2026-03-01T00:00:00.000", "2026-03-31T23:59:59.999"),
        ("last-month", "2026-02-01T00:00:00.000", "2026-02-28T23:59:59.999"),
        ("this-year", "2026-01-01T00:00:00.000", "2026-12-31T23:59:59.999"),
        ("last-year", "2025-01-01T00:00:00.000", "2025-12-31T23:59:59.999"),
    ],
)
def test_a_moment_covers_its_span(text: str, first: str, last: str) -> None:
    """Each form covers what a person means by it, in UTC."""
    assert covered(text) == (first, last)
    assert is_moment(text)


def test_days_are_those_of_utc_wherever_now_is() -> None:
    """A now in another zone means the same instant."""
    tokyo = NOW.astimezone(timezone(timedelta(hours=9)))
    assert covered("today", tokyo) == covered("today")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2026-13",
        "2026-02-30",
        "1066",
        "2026-01-01T25",
        "2026-01-01T10+15:00",
        "-101y",
        "-99999w",
        "7d",
    ],
)
def test_other_texts_are_no_moments(text: str) -> None:
    """Days that do not exist and places out of reach are refused."""
    with pytest.raises(MomentError):
        resolve(text, NOW)


def test_only_instants_are_pointlike() -> None:
    """Relative times are points; days are not."""
    assert resolve("-7d", NOW).pointlike
    assert resolve("now", NOW).pointlike
    assert not resolve("today", NOW).pointlike


def test_one_spelling_is_canonical() -> None:
    """Case and the blank before the clock do not matter."""
    assert canonical("2026-01-01 10:00z") == "2026-01-01T10:00Z"
    assert canonical("-7D") == "-7d"


def test_times_of_the_api_are_read_in_milliseconds() -> None:
    """Finer digits are dropped, other texts and times beyond the calendar are none."""
    assert milliseconds("1970-01-01T00:00:01.000900Z") == 1000
    assert milliseconds("1969-12-31T23:59:59.999500Z") == -1
    assert milliseconds("not a time") is None
    assert milliseconds("0001-01-01T00:00:00+14:00") is None
    assert milliseconds(None) is None
