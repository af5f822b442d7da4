"""A plausible shop, made from a seed."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tui.sandbox.identifiers import IdentifierGenerator

from .orders import OrderGenerator
from .products import create_products
from .schedule import milliseconds, opening, order_times
from .seeded_random import SeededRandom

Document = dict[str, Any]

FIRST_YEAR, LAST_YEAR = 2018, 2150
"""The years in which ``until`` may lie: the times in identifiers begin in 2016 and end in 2155."""


@dataclass(frozen=True, slots=True)
class Shop:
    """Everything the demo account holds, as documents of the API; amounts in minor units, times UTC.

    ``orders`` run from the oldest to the newest, with unique ids that ascend with them. What orders refer
    to is in ``customers`` (name, e-mail, phone, address, metadata), ``products`` and ``skus``; customers
    are only known through an order.
    """

    customers: list[Document]
    products: list[Document]
    skus: list[Document]
    orders: list[Document]


def generate(*, count: int, seed: int, until: datetime) -> Shop:
    """Make a shop that was open for about eighteen months until ``until``.

    The same arguments give the same shop, on every Python.

    Args:
        count: how many orders.
        seed: which shop.
        until: now, with a time zone, in a year from 2018 to 2150; the last order is less than three
            hours older.

    Raises:
        ValueError: ``count`` is negative, or ``until`` has no time zone or is out of range.
    """
    if count < 0:
        raise ValueError(f"count is {count}; a shop has 0 orders or more")
    if until.tzinfo is None:
        raise ValueError("until has no time zone; give one, such as datetime.now(UTC)")
    if not FIRST_YEAR <= until.year <= LAST_YEAR:
        raise ValueError(f"until is in {until.year}; it can be from {FIRST_YEAR} to {LAST_YEAR}")
    mint = IdentifierGenerator(random.Random(f"{seed} identifiers"))  # noqa: S311 - demo data, nothing secret
    draw = SeededRandom(f"{seed} shop")
    catalogue = create_products(mint, opening(until))
    till = OrderGenerator(draw, mint, catalogue, milliseconds(until))
    times = order_times(draw, count, until)
    orders = [till.generate_order(at_ms, count - number) for number, at_ms in enumerate(times, start=1)]
    return Shop(till.customers.documents, catalogue.products, catalogue.skus, orders)
