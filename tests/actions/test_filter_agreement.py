"""One filter selects the same orders in ``list``, in the explorer and in exports of every format."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.support.filter_reference import reference
from tests.support.filter_surfaces import POLICIES, Surfaces, account
from tests.support.filter_trees import some_trees
from tests.support.sandbox import MovableClock, in_process
from tui.orders.filter import FilterError, parse
from tui.sandbox.policies import Policies

QTY = {"qty": 5, "price": 2.5, "tags": ["a", "c"], "nums": [5, 6], "zip": "01234", "shop": {"city": "Bonn"}}


async def compare(policies: Policies, count: int, seed: int, folder: Path) -> Counter[str]:
    """Compare the surfaces for that many generated filters; returns how many ended how."""
    clock, ended = MovableClock(), Counter[str]()
    # With decimals the sandbox writes nothing for an amount that is no integer.
    documents = account(60, seed, odd=policies.csv_amounts == "minor_units")
    with in_process(orders=documents, policies=policies, clock=clock) as sandbox:
        surfaces = Surfaces(sandbox, clock, folder)
        orders = await surfaces.orders()
        few = count // 5
        nodes = some_trees(few, seed) + some_trees(count - few, seed, exportable=True)
        for node in nodes:
            text, now = str(node), clock.moment
            listed = await surfaces.listed(text, now)
            assert surfaces.explored(text, now, orders) == listed, text
            if isinstance(listed, str):
                ended["refused"] += 1
                continue
            assert listed == {order.id for order in orders if reference(node, order.raw, now)}, text
            exported = await surfaces.exported(text, now)
            if isinstance(exported, str):
                assert "use ordex list --all --where" in exported, text
                ended["not in an export"] += 1
                continue
            assert exported == listed, text
            ended["some" if 0 < len(listed) < len(orders) else "all or none"] += 1
        await surfaces.aclose()
    return ended


@pytest.mark.parametrize("policies", POLICIES)
async def test_surfaces_agree_on_generated_filters(policies: Policies, tmp_path: Path) -> None:
    """Over orders with metadata of every kind, whatever the service does that is not documented."""
    ended = await compare(policies, 50, POLICIES.index(policies), tmp_path)
    assert ended["some"] > 5


@pytest.mark.nightly
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("seed", range(9))
async def test_surfaces_agree_on_five_thousand_filters(seed: int, tmp_path: Path) -> None:
    """The same at full size."""
    ended = await compare(POLICIES[seed % len(POLICIES)], 600, 100 + seed, tmp_path)
    assert ended["some"] > 50


@pytest.mark.parametrize(
    ("text", "matches"),
    [
        *(("metadata.qty:5", True), ("metadata.qty:5.0", True), ("metadata.qty>5", False)),
        *(("metadata.price:2.50", True), ("metadata.price:2.500, 7", True), ("metadata.nums:5", True)),
        *(("metadata.nums>5", True), ("metadata.nums>6", False), ("metadata.tags^=a", True)),
        *(("metadata.tags:a,b metadata.tags:b,c", True), ("metadata.tags:b", False)),
        *(("metadata.zip:1234", False), ("metadata.zip:01234", True), ("metadata.shop.city:Bonn", True)),
        *(("-has:metadata.gone", True), ("has:metadata.tags", True), ("-metadata.tags:b", True)),
        *(("metadata.tags~A", True), ("metadata.qty:1..9", True)),
    ],
)
async def test_surfaces_agree_on_typed_metadata(text: str, matches: bool, tmp_path: Path) -> None:
    """Numbers, lists and nested objects, which a file holds as text."""
    clock = MovableClock()
    document = account(1, 1)[0] | {"metadata": QTY}
    with in_process(orders=[document], clock=clock) as sandbox:
        surfaces = Surfaces(sandbox, clock, tmp_path)
        expected = {document["id"]} if matches else set()
        assert await surfaces.listed(text, clock.moment) == expected
        assert surfaces.explored(text, clock.moment, await surfaces.orders()) == expected
        assert await surfaces.exported(text, clock.moment) == expected
        assert await surfaces.exported(text, clock.moment, ("metadata.qty", "id")) == expected
        await surfaces.aclose()


@pytest.mark.parametrize(
    "text", ["amount:12,50", "customer.email:x", "stat:paid", "created:2026-03..2026-01"]
)
async def test_surfaces_refuse_in_the_same_words(text: str, tmp_path: Path) -> None:
    """Before anything is sent."""
    clock = MovableClock()
    with pytest.raises(FilterError) as refused:
        parse(text, now=clock.moment)
    with in_process(clock=clock) as sandbox:
        surfaces = Surfaces(sandbox, clock, tmp_path)
        words = "\n" + refused.value.pointed()
        assert await surfaces.listed(text, clock.moment) == words
        assert surfaces.explored(text, clock.moment, ()) == words
        assert await surfaces.exported(text, clock.moment) == words
        await surfaces.aclose()
