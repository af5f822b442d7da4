from __future__ import annotations

import re
import unicodedata
from collections import Counter

from tui.sandbox.demo import Shop
from tui.terminal.visible import hidden_characters

KEYS = [
    "id",
    "source_id",
    "name",
    "email",
    "phone",
    "address",
    "metadata",
    "created_at",
    "updated_at",
    "object",
]

FICTION = re.compile(
    r"\+1 212 555 01\d\d|\+44 7700 900\d{3}|\+353 20 91\d \d{4}|\+61 2 5550 \d{4}|\+49 30 23125 \d{3}"
    r"|\+33 6 39 98 \d\d \d\d|\+46 8 465 004 \d\d"
)
"""Numbers that regulators keep for films and books: no one is called by mistake."""


def test_customers_are_whole_documents(shop: Shop) -> None:
    """Every customer has every key, and a creation time that is that of the first order."""
    firsts: dict[str, str] = {}
    for order in shop.orders:
        firsts.setdefault(order["customer_id"], order["created_at"])
    for customer in shop.customers:
        assert list(customer) == KEYS
        assert customer["created_at"] == firsts[customer["id"]]


def test_customers_come_back_in_a_heavy_tail(shop: Shop) -> None:
    """Many come once, most orders are of those who come back, a few come all the time."""
    orders = Counter(order["customer_id"] for order in shop.orders if order["customer_id"])
    counts = sorted(orders.values(), reverse=True)
    assert counts.count(1) > len(counts) / 4
    assert sum(count for count in counts if count > 1) > sum(counts) / 2
    assert 20 < counts[0] < 150
    assert counts[len(counts) // 2] <= 3


def test_names_come_in_many_scripts(shop: Shop) -> None:
    """Latin, Greek, Cyrillic, Arabic, Hebrew, Devanagari, Thai, Hangul, Han and Hiragana."""
    scripts = {
        unicodedata.name(letter).split()[0]
        for customer in shop.customers
        for letter in customer["name"]
        if letter.isalpha()
    }
    assert scripts >= {
        "LATIN", "GREEK", "CYRILLIC", "ARABIC", "HEBREW", "DEVANAGARI", "THAI", "HANGUL", "CJK", "HIRAGANA",
    }  # fmt: skip


def test_awkward_names_are_there(shop: Shop) -> None:
    """An apostrophe, and a company with quotes and commas."""
    names = {customer["name"] for customer in shop.customers}
    assert "Siobhán O'Brien" in names
    assert any('"' in name and "," in name for name in names)


def test_nobody_real_can_be_reached(shop: Shop) -> None:
    """E-mail addresses are on domains kept for examples, phone numbers in ranges kept for fiction."""
    phones = [customer["phone"] for customer in shop.customers if customer["phone"]]
    assert len(phones) > 100
    assert all(FICTION.fullmatch(phone) for phone in phones)
    for customer in shop.customers:
        assert re.fullmatch(r"[a-z.-]+\d*@example\.(com|org|net)", customer["email"]), customer


def test_texts_hide_nothing(shop: Shop) -> None:
    """No control or invisible character, but for line ends in notes."""
    texts = [
        text for customer in shop.customers for text in (customer["name"], *customer["address"].values())
    ]
    notes = [str(order.get("metadata", {}).get("note", "")) for order in shop.orders]
    assert not [text for text in texts if text and hidden_characters(text)]
    assert not [note for note in notes if hidden_characters(note.replace("\n", ""))]
