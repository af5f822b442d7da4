"""Amounts between minor units and people's notation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.orders.amounts import AmountError, format_amount, parse_amount


@pytest.mark.parametrize(
    ("minor", "written"),
    [
        (0, "0.00"),
        (5, "0.05"),
        (-5, "-0.05"),
        (1250, "12.50"),
        (1234550, "12,345.50"),
        (None, ""),
        (1700.0, "17.00"),
    ],
)
def test_minor_units_are_written_as_people_do(minor: float | None, written: str) -> None:
    """Cents never get lost, thousands are grouped, an absent amount is empty."""
    assert format_amount(minor) == written


@pytest.mark.parametrize(
    ("typed", "minor"),
    [
        ("12.50", 1250),
        ("12.5", 1250),
        ("12", 1200),
        (".5", 50),
        (" 1,234.50 ", 123450),
        ("-3", -300),
        ("1_000", 100000),
    ],
)
def test_amounts_are_read_as_people_write_them(typed: str, minor: int) -> None:
    """Decimals may be short or missing, groups may be marked."""
    assert parse_amount(typed) == minor


@pytest.mark.parametrize("typed", ["", "abc", "1.2.3", "12.505", "1,23", "12,50", "1e3", "٣", "--1", "NaN"])
def test_what_is_no_amount_is_refused_in_words(typed: str) -> None:
    """Nothing is guessed: a comma that is no group mark, or a third decimal, is an error."""
    with pytest.raises(AmountError, match=r"amount|decimals"):
        parse_amount(typed)


@given(st.integers(-(10**15), 10**15), st.integers(0, 4))
def test_writing_and_reading_bring_the_amount_back(minor: int, decimals: int) -> None:
    """Formatting loses nothing, for any number of decimals."""
    assert parse_amount(format_amount(minor, decimals=decimals), decimals=decimals) == minor
