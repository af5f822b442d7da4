"""Many order documents made quickly from a seed, of the same values that the generated filters ask for."""

from __future__ import annotations

from random import Random
from typing import Any

from tests.support.filter_strategies import CLOCKS, DAYS, IDS, METADATA_KEYS, MINOR, TEXTS, VALUES
from tui.orders.filter.syntax.operands import KNOWN_STATUSES

_AMOUNTS = (
    *("amount", "total_amount", "initial_amount", "discount_amount"),
    *("items_discount_amount", "total_discount_amount"),
)


def some_documents(count: int, seed: int) -> list[dict[str, Any]]:
    """That many documents, every optional field there or not by chance."""
    random = Random(seed)
    return [_document(random) for _ in range(count)]


def _document(random: Random) -> dict[str, Any]:
    document: dict[str, Any] = {
        "id": random.choice(IDS),
        "source_id": random.choice((None, *IDS)),
        "created_at": _time(random),
        "updated_at": random.choice((None, _time(random))),
        "customer_id": random.choice((None, *IDS)),
        "referrer_id": random.choice((None, *IDS)),
    }
    optional: dict[str, Any] = {
        "status": random.choice(KNOWN_STATUSES).upper(),
        **{name: random.choice(MINOR) for name in _AMOUNTS},
        "items": [_item(random) for _ in range(random.randrange(4))],
        "metadata": {key: _value(random) for key in (*METADATA_KEYS, "shop") if random.random() < 0.6},
        "redemptions": {
            f"r_{at}": {"related_object_type": "voucher", "related_object_id": random.choice(IDS)}
            for at in range(random.randrange(3))
        },
    }
    return document | {name: value for name, value in optional.items() if random.random() < 0.7}


def _time(random: Random) -> str:
    return f"{random.choice(DAYS)}T{random.choice(CLOCKS)}"


def _item(random: Random) -> dict[str, Any]:
    return {
        "product_id": random.choice(IDS),
        "quantity": random.randrange(4),
        "product": {"name": random.choice(TEXTS)},
    }


def _value(random: Random) -> Any:
    single = random.choice(VALUES)
    scalar = not isinstance(single, list | dict)
    return [single, random.choice(TEXTS)] if scalar and random.random() < 0.2 else single
