"""Amounts between minor units and people's notation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.orders.amounts import AmbiguousAmount, AmountError, decimals_of, format_amount, parse_amount


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
        ("7.", 700),
        ("57.0000", 5700),
        (" 1,234.50 ", 123450),
        ("-3", -300),
        ("1_000", 100000),
        ("12,50", 1250),
        ("1.234,50", 123450),
        ("1\u00a0234,5", 123450),
        ("1\u202f234", 123400),
        ("1,234,567", 123456700),
        ("CHF 1'234.50", 123450),
        ("CHF 1\u2019234.50", 123450),
        ("USD 12.50", 1250),
        ("12.50 eur", 1250),
        ("12,50 €", 1250),
        ("US$12.50", 1250),
        ("-$1.00", -100),
        ("\u22123.00", -300),
        ("($1,008.00)", -100800),
        ("¥12.50", 1250),
    ],
)
def test_amounts_are_read_as_people_write_them(typed: str, minor: int) -> None:
    """Decimals may be short or missing, groups may be marked, a currency may stand beside."""
    assert parse_amount(typed) == minor


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "abc",
        "1.2.3",
        "1e3",
        "٣",
        "--1",
        "-(1)",
        "NaN",
        "12 abc",
        "€",
        "EUR 5 USD",
        "1,23,456",
        "0.12,345",
    ],
)
def test_text_that_is_not_an_amount_is_refused(typed: str) -> None:
    """The message says what an amount looks like."""
    with pytest.raises(AmountError, match="not an amount"):
        parse_amount(typed)


@pytest.mark.parametrize(("typed", "decimals"), [("12.5055", 2), ("0.125", 2), ("1,234.567", 2), ("1.5", 0)])
def test_more_decimals_than_the_currency_has_are_refused(typed: str, decimals: int) -> None:
    """They are not rounded; zeros beyond them are nothing."""
    with pytest.raises(AmountError, match=f"more than {decimals} decimals"):
        parse_amount(typed, decimals=decimals)


@pytest.mark.parametrize(
    ("typed", "decimals", "readings"),
    [
        ("3,000", 2, r"3\.00 or 3,000\.00"),
        ("150.000", 2, r"150\.00 or 150,000\.00"),
        ("1.234", 2, r"1\.234 or 1,234\.00"),
        ("150.000", 0, "150 or 150,000"),
        ("$25,000", 3, r"25\.000 or 25,000\.000"),
    ],
)
def test_an_amount_with_two_readings_is_ambiguous(typed: str, decimals: int, readings: str) -> None:
    """Three digits behind a single point or comma may be thousands or decimals; both readings are shown."""
    with pytest.raises(AmbiguousAmount, match=readings):
        parse_amount(typed, decimals=decimals)


def test_the_decimal_mark_settles_what_is_ambiguous() -> None:
    """And refuses what is not written with it."""
    assert parse_amount("3,000", mark=".") == 300000
    assert parse_amount("3,000", mark=",") == 300
    assert parse_amount("12.500", decimals=3) == 12500
    assert parse_amount("3,000", decimals=0) == 3000
    with pytest.raises(AmountError, match="not an amount"):
        parse_amount("12,50", mark=".")
    with pytest.raises(AmountError, match="not an amount"):
        parse_amount("12.50", mark=",")


@pytest.mark.parametrize(
    ("typed", "decimals"), [("JPY 1500", 2), ("¥1500", 2), ("1500 ₩", 2), ("KWD 1.5", 2)]
)
def test_a_currency_with_other_decimals_is_refused(typed: str, decimals: int) -> None:
    """1,500 yen are not 150,000 of anything."""
    with pytest.raises(AmountError, match="decimals; amounts are read with 2"):
        parse_amount(typed, decimals=decimals)
    assert parse_amount("JPY 1500", decimals=0) == 1500


def test_currencies_have_their_own_decimals() -> None:
    """By ISO 4217, in any case."""
    assert [decimals_of(code) for code in ("EUR", "jpy", " KWD ", "Web")] == [2, 0, 3, None]


@given(st.integers(-(10**15), 10**15), st.integers(0, 4))
def test_writing_and_reading_bring_the_amount_back(minor: int, decimals: int) -> None:
    """Formatting loses nothing, for any number of decimals."""
    assert parse_amount(format_amount(minor, decimals=decimals), decimals=decimals) == minor


@given(st.integers(-(10**12), 10**12), st.integers(0, 4), st.sampled_from(["", ",", "'", " ", "\u00a0"]))
def test_declared_groups_and_decimals_are_read_back(minor: int, decimals: int, group: str) -> None:
    """Whatever stands between thousands, once the decimal mark is known."""
    text = format_amount(minor, decimals=decimals, grouping=group)
    assert parse_amount(text, decimals=decimals, mark=".") == minor
    swapped = text.translate(str.maketrans(",.", ".,"))
    assert parse_amount(swapped, decimals=decimals, mark=",") == minor
