"""Questions that orders cannot answer, and input that could be read two ways."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tui.orders.filter import FilterError, parse
from tui.orders.filter.syntax.filter_refusals import may_name_customer

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def refusal(text: str) -> FilterError:
    """The error of a text that is no filter."""
    with pytest.raises(FilterError) as refused:
        parse(text, now=NOW)
    return refused.value


@pytest.mark.parametrize(
    "text",
    [
        *(
            "customer.email:x",
            "customer.name~ana",
            "customer.phone:1",
            "customer_email:x",
            "has:customer.name",
        ),
        *("email:ana@example.com", "name:Ana", "phone:1", "referrer.email:x", "Customer.Email:x"),
        *("customer:ana@example.com", 'customer~"Ana Example"', "referrer^=+49170", "customer.source_id:7"),
    ],
)
def test_details_of_customers_are_refused(text: str) -> None:
    """With what orders carry and what to do instead."""
    assert "have only the" in str(refusal(text))
    assert "find the id (cust_…)" in str(refusal(text))


@pytest.mark.parametrize(
    "text", ["customer:cust_1", "customer.id:cust_1", "customer_id:ana", "referrer.id:x"]
)
def test_ids_of_customers_are_compared(text: str) -> None:
    """By each name of the field."""
    assert may_name_customer(parse(text, now=NOW).ast)


def test_a_currency_is_refused() -> None:
    """The service names none."""
    assert "orders have no currency" in str(refusal("currency:EUR"))


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("amount:12,50", ("12.50", "12, 50")),
        ("amount:12,5", ("12.5", "12, 5")),
        ("amount:1,250", ("1250", "1, 250")),
        ("amount:1,250.50", ("1250.50", "1, 250.50")),
        ("amount!=1,250,000", ("1250000", "1, 250, 000")),
        ("amount:12,50..15,00", ("12.50..15.00",)),
        ("amount:1 250", ("1250", '"250"')),
        ("amount:1.250", ("1250", "1.25")),
        ("amount:1.250,00", ("1250.00", "1.250, 00")),
        ("amount:1.250.000,50", ("1250000.50", "1.250.000, 50")),
        ("amount:1'250,5", ("1250.5",)),
        ("metadata.qty:1.250,00", ("1250.00", '"1.250,00"')),
        ("metadata.qty:1.250,00..2.000,00", ("1250.00..2000.00",)),
        ("metadata.qty:4..", ("half a range", ">=", "quotes")),
        ("metadata.qty:..2026-03", ("half a range",)),
        ("metadata.qty:1..x", ("half a range",)),
        ("items:1,250", ("1250", "1, 250")),
        ("amount>=5 EUR", ("write 5", '"EUR"')),
        ("metadata.qty:12,50", ("12.50", "12, 50", '"12,50"')),
        ("status:paid canceled", ("paid,canceled", '"canceled"')),
        ("metadata.due:today", ('"today"', ">=")),
        ("metadata.due:-7d", ('"-7d"', ">=")),
        ("created:03/04/2026", ("2026-04-03", "2026-03-04")),
        ("created>=3.4.2026", ("2026-04-03", "2026-03-04")),
        ("metadata.due>03-04-2026", ("2026-04-03", "2026-03-04")),
        ("created>-3M", ("-3m", "-3mo")),
    ],
)
def test_what_could_be_read_two_ways_is_refused_with_both(text: str, readings: tuple[str, ...]) -> None:
    """Each reading as it is to be written."""
    assert all(reading in str(refusal(text)) for reading in readings)


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("amount>=1,250", "1250"),
        ("amount>12,50", "12.50"),
        ("amount:1.234", "1234"),
        ("amount:10-20", "10..20"),
        ("amount:100..10", "10..100"),
        ("created:2026-03..2026-01", "2026-01..2026-03"),
        ("created:today..-7d", "-7d..today"),
        ("metadata.due:2026-03..2026-01", "2026-01..2026-03"),
        ("created:13/04/2026", "2026-04-13"),
        ("created:2026/3/1", "2026-03-01"),
        ("created>=-7days", "-7d"),
        ("created>=2weeks", "-2w"),
        ("stat:paid", "status"),
        ("stauts:paid", "status"),
        ("cretaed_at>=today", "created"),
    ],
)
def test_a_slip_is_refused_with_what_was_meant(text: str, suggestion: str) -> None:
    """Fields by their canonical names."""
    assert refusal(text).suggestion == suggestion


@pytest.mark.parametrize("text", ["created<9999-12-31", "created:31.02.2026", "metadata.due>=29.02.2027"])
def test_a_day_that_cannot_be_read_is_not_suggested(text: str) -> None:
    """Neither the text that was refused nor a day that no calendar has."""
    assert refusal(text).suggestion is None


@pytest.mark.parametrize(
    "text",
    ["id:a,", "id:,a", "-status:", "id:'a b'", "source_id:“a”", "'two words'", "created>=-7x", 'id:""'],
)
def test_other_slips_are_refused(text: str) -> None:
    """A trailing comma, other quotes, an unknown unit, an empty text."""
    assert refusal(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "amount:12, 50",
            "amount:10,20,30",
            "items:1,5",
            "id:1,250",
            "metadata.store:a,12",
            "amount:12.50,13",
        ),
        *("created:-7d..today", "created:2026-01..today", 'metadata.due:"today"', "amount:1 25", "id:a, b"),
        *("created:last-month..this-month", "status:paid kettle", "amount:1_250", 'amount:"1,250.00"'),
        *("metadata.v:1.2,3", "metadata.note:a..b", 'metadata.qty:"4.."', "metadata.v:1.250, 00"),
        *("amount:1.250.000", "amount:5 eur", "id:x EUR"),
    ],
)
def test_what_has_one_reading_is_a_filter(text: str) -> None:
    """And so is its canonical text, of the same meaning."""
    found = parse(text, now=NOW)
    assert parse(str(found.ast), now=NOW).ast == found.ast
