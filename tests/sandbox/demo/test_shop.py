from __future__ import annotations

import hashlib
import itertools
import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.orders.times import parse_time
from tui.sandbox.demo import Shop, generate

COUNTS = st.one_of(st.sampled_from([0, 1, 2]), st.integers(3, 80))
SEEDS = st.integers(-(2**40), 2**40)
NOWS = st.datetimes(datetime(2018, 1, 1), datetime(2150, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


def as_bytes(shop: Shop) -> bytes:
    """The whole shop, with the order of its keys."""
    return json.dumps([shop.customers, shop.products, shop.skus, shop.orders], ensure_ascii=False).encode()


@settings(max_examples=25, deadline=None)
@given(count=COUNTS, seed=SEEDS, until=NOWS)
def test_the_same_arguments_give_the_same_bytes(count: int, seed: int, until: datetime) -> None:
    """Generating twice gives equal data, to the order of keys."""
    one, other = (generate(count=count, seed=seed, until=until) for _ in range(2))
    assert as_bytes(one) == as_bytes(other)
    assert len(one.orders) == count


def test_the_data_is_pinned_to_the_byte(now: datetime) -> None:
    """A given shop is the same on every Python and every machine: its digest is known."""
    digest = hashlib.sha256(as_bytes(generate(count=300, seed=7, until=now))).hexdigest()
    assert digest == "8ddc6d8e55aa8cc0349cd8e61ea997a1886a12fb21a82d9ffcb11df855786922"


def test_the_zone_of_until_does_not_matter(now: datetime) -> None:
    """The same moment written in another time zone gives the same shop."""
    tokyo = now.astimezone(timezone(timedelta(hours=9)))
    assert as_bytes(generate(count=40, seed=3, until=now)) == as_bytes(
        generate(count=40, seed=3, until=tokyo)
    )


def test_another_seed_is_another_shop(now: datetime) -> None:
    """Seeds differ in their orders and ids."""
    one, other = (generate(count=5, seed=seed, until=now) for seed in (1, -1))
    assert {order["id"] for order in one.orders}.isdisjoint(order["id"] for order in other.orders)


def test_a_shop_without_orders_has_a_catalogue(now: datetime) -> None:
    """With no orders there are no customers, but goods on the shelves."""
    shop = generate(count=0, seed=1, until=now)
    assert shop.orders == shop.customers == []
    assert shop.products
    assert shop.skus


@settings(max_examples=40, deadline=None)
@given(count=COUNTS, seed=SEEDS, until=NOWS)
def test_orders_ascend_and_end_just_before_now(count: int, seed: int, until: datetime) -> None:
    """Times and ids ascend strictly within the shop's eighteen months; the last is hours old at most."""
    orders = generate(count=count, seed=seed, until=until).orders
    times = [parse_time(order["created_at"]) for order in orders]
    ids = [order["id"] for order in orders]
    assert all(earlier < later for earlier, later in itertools.pairwise(times))
    assert ids == sorted(set(ids))
    if orders:
        assert until - timedelta(days=549) <= times[0]
        assert until - timedelta(hours=3) <= times[-1] < until


def test_nothing_in_the_shop_happens_after_now(shop: Shop, now: datetime) -> None:
    """Updates, redemptions and rollbacks come after the order was made and not after now."""
    for order in shop.orders:
        created = parse_time(order["created_at"])
        later = [order["updated_at"]] if order["updated_at"] else []
        for entry in order.get("redemptions", {}).values():
            later += [entry["date"], entry.get("rollback_date", entry["date"])]
        assert all(created < parse_time(time) <= now for time in later)


def test_every_id_and_number_is_given_once(shop: Shop) -> None:
    """Ids, source ids and e-mail addresses are unique, those of redemptions and rollbacks included."""
    entries = [entry for order in shop.orders for entry in order.get("redemptions", {}).values()]
    ids = [document["id"] for document in shop.customers + shop.products + shop.skus + shop.orders]
    ids += [own for order in shop.orders for own in order.get("redemptions", {})]
    ids += [
        part for entry in entries for part in entry.get("stacked", []) + entry.get("rollback_stacked", [])
    ]
    ids += [entry["rollback_id"] for entry in entries if "rollback_id" in entry]
    sources = [order["source_id"] for order in shop.orders if order["source_id"]]
    emails = [customer["email"] for customer in shop.customers]
    for unique in (ids, sources, emails):
        assert len(unique) == len(set(unique))


def test_orders_refer_to_what_the_shop_knows(shop: Shop) -> None:
    """Customers, referrers, products and SKUs of orders exist, but for the unlisted product."""
    people = {customer["id"] for customer in shop.customers}
    goods = {document["id"] for document in shop.products + shop.skus}
    for order in shop.orders:
        assert {order["customer_id"], order["referrer_id"]} <= people | {None}
        for item in order.get("items", []):
            if "amount" in item:
                assert {item.get("product_id"), item.get("sku_id")} <= goods | {None}


def test_identifiers_are_read_back_from_json_unchanged(shop: Shop) -> None:
    """The whole shop survives a round trip through JSON: it holds nothing but JSON's own types."""
    assert json.loads(json.dumps(shop.orders)) == shop.orders
    assert json.loads(json.dumps(shop.customers)) == shop.customers


@pytest.mark.parametrize(
    ("count", "until", "said"),
    [
        (-1, datetime(2026, 1, 1, tzinfo=UTC), "0 orders or more"),
        (1, datetime(2026, 1, 1), "no time zone"),  # noqa: DTZ001 - what is refused
        (1, datetime(2016, 5, 4, tzinfo=UTC), "from 2018 to 2150"),
        (1, datetime(2190, 1, 1, tzinfo=UTC), "from 2018 to 2150"),
    ],
)
def test_arguments_out_of_range_are_refused(count: int, until: datetime, said: str) -> None:
    """A shop that cannot be is refused with what would be right."""
    with pytest.raises(ValueError, match=said):
        generate(count=count, seed=1, until=until)
