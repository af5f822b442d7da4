"""Orders whose metadata hold every type and every text that looks like another type."""

from __future__ import annotations

import random
from typing import Any

from .sandbox import Document, an_order

TEXTS = [
    "", " ", "null", "true", "5", "-0", "007", "1e5", "1E5", "12345678901234567890", "0.10", "[1]", "{}",
    '"quoted"', "=1+1", "x;=HYPERLINK(1)", " =1", "-5.20", "'quoted", "@SUM(A1)", "two\nlines",
    "a\r\nb", "tab\there",
    "Łódź", "東京 ☕", "שלום", "\u202edrawkcab", "\x1b[31mred", "x,y;z|w", "\\N", "ord_1",
    "_json", "NaN", "e\u0301",
]  # fmt: skip
KEYS = [
    "qty", "flag", "tags", "address", "order no", "a.b", "a,b", 'say "hi"', "ключ", "_json", "id", "status",
    "=key", "line\nbreak", " outer ", "metadata", "metadata.x", "customer_id",
]  # fmt: skip


def text(rng: random.Random) -> str:
    """A text."""
    return rng.choice(TEXTS) if rng.random() < 0.8 else f"{rng.choice(TEXTS)}{rng.random()}"


def value(rng: random.Random, depth: int = 0) -> Any:
    """A value of any type that JSON has."""
    kind = rng.randrange(8 if depth < 2 else 6)
    if kind == 6:
        return [value(rng, depth + 1) for _ in range(rng.randrange(3))]
    if kind == 7:
        return {rng.choice(KEYS): value(rng, depth + 1) for _ in range(rng.randrange(3))}
    return [
        text(rng),
        text(rng),
        rng.choice([None, True, False]),
        rng.randrange(-(10**6), 10**6),
        rng.choice([0.5, 2.25, 1e-7, 1e21, -0.001, 1234567.875]),
        2**53 - rng.randrange(10),
    ][kind]


def typed_orders(count: int, seed: int = 1) -> list[Document]:
    """Orders as the API answers them."""
    rng = random.Random(seed)
    orders = []
    for number in range(count):
        more: Document = {}
        if rng.random() < 0.9:
            chosen = rng.sample(KEYS, rng.randrange(6))
            more["metadata"] = {key: value(rng) for key in chosen}
        if rng.random() < 0.4:
            items = [_item(rng) for _ in range(rng.randrange(3))]
            more["items"] = items
        if rng.random() < 0.2:
            more["source_id"] = None
        elif rng.random() < 0.3:
            more["source_id"] = f"{text(rng).strip() or 'x'}-{number}"
        if rng.random() < 0.3:
            more["discount_amount"] = more["total_discount_amount"] = 100
            more["total_amount"] = 900 + number
        more["status"] = rng.choice(["CREATED", "PAID", "CANCELED", "FULFILLED"])
        orders.append(an_order(number, **more))
    return orders


def _item(rng: random.Random) -> Document:
    return {
        "product_id": f"prod_{rng.randrange(9)}",
        "quantity": rng.randrange(1, 5),
        "amount": rng.randrange(1000),
        "object": "order_item",
        "metadata": {"note": text(rng), "n": value(rng)},
    }
