"""What looks like an e-mail address or a phone number."""

from __future__ import annotations

import pytest

from tui.orders.privacy.known_values import find_contacts


def found(text: str) -> list[str]:
    """The finds as texts."""
    return [text[start:end] for start, end in find_contacts(text)]


@pytest.mark.parametrize(
    "address",
    [
        "ada@example.com",
        "a.b+c@mail.example.co.uk",
        "Łucja@przykład.pl",
        "ada%40example.com",
        "o'neil@x-y.example",
    ],
)
def test_addresses_in_a_sentence(address: str) -> None:
    """Punctuation around an address is none of it."""
    assert found(f"write to <{address}>, or not.") == [address]


@pytest.mark.parametrize(
    "number",
    [
        "+48 600 700 800",
        "+48600700800",
        "+1 (555) 123-4567",
        "(555) 123-4567",
        "555-123-4567",
        "020 7946 0958",
        "600 700 800",
    ],
)
def test_phone_numbers_in_a_sentence(number: str) -> None:
    """A sign or groups make a number one."""
    assert found(f"call {number} today") == [number]


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-02 10:11:12",
        "2026-01-02T10:11:12.123Z",
        "1,234,567.00",
        "ord_0c5564b67d0e571534",
        "48600700800",
        "12.50",
        "10.0.0.1:8470",
        "+5,123 characters",
        "10:00+02:00",
        "a@b",
        "@media",
        "items[0]",
        "1 000 calls",
        "page 3 of 412, 100 a page",
        "550e8400-e29b-41d4-a716-446655440000",
    ],
)
def test_times_amounts_and_ids_are_none(text: str) -> None:
    """Whole numbers may be amounts, so they are left alone; so are times, addresses of hosts and ids."""
    assert found(text) == []


def test_many_signs_take_no_time() -> None:
    """A text made to be slow is not: the work grows with its length."""
    assert found("@" * 100_000 + "+" * 100_000 + "1 " * 100_000) == []
