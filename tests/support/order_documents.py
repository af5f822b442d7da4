"""Orders and edits of them, drawn at random: what two people may do to the same order."""

from __future__ import annotations

import copy
from random import Random
from typing import Any

from hypothesis import strategies as st

Document = dict[str, Any]

VALUES: list[Any] = [
    None,
    0,
    1,
    True,
    False,
    1.5,
    "",
    "1",
    "a",
    [],
    ["a"],
    ["a", 1],
    {},
    {"x": 1},
    {"x": {"y": 2}},
]
STATUSES = ["CREATED", "PAID", "CANCELED", "FULFILLED"]
KEYS = ["k1", "k2", "a.b", "k4"]
PRODUCTS = ["prod_1", "prod_2", "prod_3", "prod_4", "prod_5"]


def order_document(random: Random) -> Document:
    """An order as the API answers one; some fields are absent, as there."""
    document: Document = {
        "id": "ord_1",
        "source_id": random.choice([None, "web-1"]),
        "created_at": "2026-01-31T14:05:00.000Z",
        "updated_at": None,
        "status": random.choice(STATUSES),
        "customer_id": None,
        "referrer_id": None,
        "object": "order",
    }
    if random.random() < 0.8:
        document["amount"] = random.choice([0, 100, 12550])
    if random.random() < 0.8:
        document["metadata"] = {
            key: random.choice(VALUES) for key in random.sample(KEYS, random.randint(0, 3))
        }
    if random.random() < 0.8:
        document["items"] = [_item(random, name) for name in random.sample(PRODUCTS, random.randint(0, 3))]
        if random.random() < 0.2:
            document["items"].append({"quantity": 1, "amount": 900, "object": "order_item"})
    if random.random() < 0.6:
        customer = random.choice(["cust_1", "cust_2"])
        document["customer"] = {"id": customer, "object": "customer"}
        document["customer_id"] = customer
    return document


def edited(random: Random, document: Document) -> Document:
    """The document after up to four edits that a person could make."""
    made = copy.deepcopy(document)
    for _ in range(random.randint(0, 4)):
        random.choice([_set_field, _set_metadata, _set_customer, _change_item, _add_item, _drop_item, _sort])(
            random, made
        )
    return made


def triple(random: Random) -> tuple[Document, Document, Document]:
    """A base and two documents made from it."""
    base = order_document(random)
    return base, edited(random, base), edited(random, base)


TRIPLES = st.randoms(use_true_random=False).map(lambda random: triple(Random(random.getrandbits(64))))
"""Base, mine and theirs."""

PAIRS = TRIPLES.map(lambda drawn: drawn[:2])


def _item(random: Random, name: str) -> Document:
    item: Document = {"product_id": name, "quantity": random.randint(1, 3), "object": "order_item"}
    if random.random() < 0.7:
        item["price"] = random.choice([100, 250])
        item["amount"] = item["price"] * item["quantity"]
    if random.random() < 0.3:
        item["metadata"] = {"gift": random.choice(VALUES)}
    return item


def _set_field(random: Random, made: Document) -> None:
    name = random.choice(["status", "amount", "source_id", "discount_amount"])
    made[name] = {
        "status": random.choice(STATUSES),
        "source_id": random.choice([None, "web-1", "web-2"]),
    }.get(name, random.choice([0, 100, 500, 12550]))


def _set_metadata(random: Random, made: Document) -> None:
    metadata = made.setdefault("metadata", {})
    key = random.choice(KEYS)
    if random.random() < 0.25:
        metadata.pop(key, None)
    else:
        metadata[key] = copy.deepcopy(random.choice(VALUES))


def _set_customer(random: Random, made: Document) -> None:
    made["customer"] = random.choice(
        [
            {"id": "cust_1", "object": "customer"},
            {"id": "cust_3", "object": "customer"},
            {"source_id": "c-1"},
            {**made.get("customer", {}), "email": random.choice(["a@b.c", "d@e.f"])},
        ]
    )


def _change_item(random: Random, made: Document) -> None:
    if made.get("items"):
        item = random.choice(made["items"])
        item[random.choice(["quantity", "price", "amount"])] = random.choice([1, 2, 100, 700])


def _add_item(random: Random, made: Document) -> None:
    items = made.setdefault("items", [])
    held = {item.get("product_id") for item in items}
    if free := [name for name in PRODUCTS if name not in held]:
        items.insert(random.randint(0, len(items)), _item(random, random.choice(free)))


def _drop_item(random: Random, made: Document) -> None:
    if made.get("items"):
        made["items"].pop(random.randrange(len(made["items"])))


def _sort(random: Random, made: Document) -> None:
    random.shuffle(made.get("items", []))
