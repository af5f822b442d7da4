"""Filters and sorting over a copy: what the predicate and ``sorted_by`` say, or no answer."""

from __future__ import annotations

import os
from pathlib import Path
from random import Random

import pytest

from tests.mirror.copies import NOW, copy_of
from tests.support.filter_surfaces import account
from tests.support.filter_trees import some_trees
from tests.support.sandbox import an_order
from tui.mirror.copy_errors import NotRead
from tui.mirror.copy_reader import CopyReader
from tui.mirror.copy_search import find_matches, find_orders, sort_listed
from tui.mirror.filter_sql import NotExpressible, to_sql
from tui.orders.columns import COLUMNS, column, sorted_by
from tui.orders.filter import Filter, parse
from tui.orders.filter.conditions import EvaluationContext
from tui.orders.order import Order
from tui.orders.order_fields import exportable_names

TREES = 5000 if os.environ.get("ORDEX_NIGHTLY") else 1000
SETTING = EvaluationContext(NOW, 2)
EXPORTED = (*exportable_names(), "metadata")


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("odd", [False, True])
def test_sql_and_the_predicate_select_the_same_orders(tmp_path: Path, odd: bool) -> None:
    """For thousands of filters over every kind of value, with and without odd ones."""
    orders = [Order.read(document) for document in account(300, 7, odd=odd)]
    with CopyReader.open(copy_of(tmp_path / "copy", [order.raw for order in orders])) as reader:
        for node in some_trees(TREES // 2, 11 + odd):
            where = Filter(node, SETTING)
            wanted = {order.id for order in orders if where.matches(order)}
            found = find_matches(reader, where)
            query = f"SELECT id FROM narrow WHERE {found.where}"
            selected = {id_ for (id_,) in reader.rows(query, found.values)}
            selected |= {order.id for order, _ in reader.orders(found.irregular)}
            assert selected == wanted, where.text
            assert found.count == len(wanted)


def test_nearly_every_filter_is_decided_by_sql() -> None:
    """Python is left with what SQL cannot say exactly."""
    refused = 0
    for node in some_trees(TREES, 5):
        try:
            to_sql(Filter(node, SETTING))
        except NotExpressible:
            refused += 1
    assert refused == 0


@pytest.mark.parametrize("text", ["metadata.k>1e-20", "metadata.k:0.0000000000001"])
def test_what_sql_cannot_say_is_refused_and_decided_by_the_predicate(tmp_path: Path, text: str) -> None:
    """Numbers with more digits than a column has are compared by Python."""
    where = parse(text, now=NOW)
    with pytest.raises(NotExpressible):
        to_sql(where)
    orders = [Order.read(an_order(number, metadata={"k": 10.0 ** -(12 + number)})) for number in range(9)]
    with CopyReader.open(copy_of(tmp_path / "copy", [order.raw for order in orders])) as reader:
        found = find_orders(reader, where)
    assert {order.id for order in found.orders} == {order.id for order in orders if where.matches(order)}


@pytest.mark.timeout(1800)
def test_of_exported_orders_only_what_was_read_is_answered(tmp_path: Path) -> None:
    """An answer is that of the whole orders, or it is refused."""
    whole = [Order.read(document) for document in account(200, 3)]
    exported = [{name: order.raw[name] for name in EXPORTED if name in order.raw} for order in whole]
    answered = 0
    with CopyReader.open(copy_of(tmp_path / "copy", [], exported=exported)) as reader:
        for node in some_trees(TREES // 2, 23):
            where = Filter(node, SETTING)
            try:
                found = find_orders(reader, where)
            except NotRead:
                continue
            answered += 1
            assert {order.id for order in found.orders} == {
                order.id for order in whole if where.matches(order)
            }
    assert answered > TREES // 5


def test_a_condition_that_excludes_partial_orders_is_enough(tmp_path: Path) -> None:
    """Items are asked of whole orders only, so the exported one does not matter."""
    copy = copy_of(
        tmp_path / "copy",
        [an_order(2, status="PAID", items=[{"product_id": "p"}])],
        exported=[an_order(1, status="CREATED")],
    )
    with CopyReader.open(copy) as reader:
        assert find_orders(reader, parse("status:paid product:p", now=NOW)).matching == 1
        assert find_orders(reader, parse("status:created", now=NOW)).partial == {an_order(1)["id"]}
        with pytest.raises(NotRead, match="1 order"):
            find_orders(reader, parse("product:p", now=NOW))
        with pytest.raises(NotRead):
            find_orders(reader, sort=column("items"))


@pytest.mark.parametrize("odd", [False, True])
@pytest.mark.parametrize("name", [*COLUMNS, "metadata.channel", ""])
def test_orders_are_sorted_as_everywhere(tmp_path: Path, name: str, odd: bool) -> None:
    """Missing values last, text without case, equal values as the service lists them; in windows too."""
    random = Random(name)
    orders = [Order.read(document) for document in account(120, 5, odd=odd)]
    by = column(name) if name else None
    where = parse("-status:canceled", now=NOW)
    with CopyReader.open(copy_of(tmp_path / "copy", [order.raw for order in orders])) as reader:
        for order in ("-created_at", "created_at", "-updated_at", "updated_at"):
            descending = random.random() < 0.5
            wanted = [
                one for one, _ in sort_listed([(one, True) for one in orders if where.matches(one)], order)
            ]
            if by is not None:
                wanted = sorted_by(wanted, by, descending=descending)
            for offset, limit in ((0, None), (0, 7), (13, 11), (1000, 5)):
                found = find_orders(
                    reader, where, order=order, sort=by, descending=descending, offset=offset, limit=limit
                )
                last = None if limit is None else offset + limit
                assert [one.id for one in found.orders] == [one.id for one in wanted[offset:last]]
                assert found.matching == len(wanted)


def test_exported_numbers_are_sorted_as_numbers(tmp_path: Path) -> None:
    """An export has texts only; 9 comes before 10 all the same, whether it was listed or exported."""
    listed = [an_order(number, metadata={"n": number}) for number in (3, 20)]
    exported = [an_order(number, metadata={"n": str(number)}) for number in (9, 10)]
    with CopyReader.open(copy_of(tmp_path / "copy", listed, exported=exported)) as reader:
        found = find_orders(reader, sort=column("metadata.n"))
    assert [int(order.metadata["n"]) for order in found.orders if order.metadata] == [3, 9, 10, 20]
