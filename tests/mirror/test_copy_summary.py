"""Summaries of a copy equal those that Python makes of the orders, for generated questions."""

from __future__ import annotations

import os
from collections import defaultdict
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

import pytest

from tests.mirror.copies import NOW, copy_of
from tests.support.filter_surfaces import account
from tests.support.filter_trees import some_trees
from tests.support.sandbox import an_order
from tui.mirror.copy_errors import NotRead
from tui.mirror.copy_reader import CopyReader
from tui.mirror.copy_summary import SPANS, Summary, SummaryError, parse_key, parse_measure, summarize
from tui.orders.columns import COLUMNS
from tui.orders.filter import Filter, parse
from tui.orders.filter.conditions import EvaluationContext
from tui.orders.order import Order

QUESTIONS = 500 if os.environ.get("ORDEX_NIGHTLY") else 60
KEYS = (
    *(name for name, each in COLUMNS.items() if each.kind != "time"),
    *(f"{time}:{span}" for time in ("created", "updated") for span in SPANS),
    *("metadata.channel", "metadata.score", "metadata.shop.city", "metadata.gift note", "metadata.nothing"),
)
MEASURES = tuple(name for name, each in COLUMNS.items() if each.kind in ("amount", "count"))


def brute_force(orders: list[Order], keys: list[str], where: Filter | None, of: str) -> dict[Any, Any]:
    """The same in plain Python."""
    grouped = defaultdict(list)
    for order in orders:
        if where is None or where.matches(order):
            grouped[tuple(parse_key(key).read(order) for key in keys)].append(COLUMNS[of].value(order))
    answers = {}
    for values, amounts in grouped.items():
        known = [amount for amount in amounts if amount is not None]
        numbers = (
            (sum(known), sum(known) / len(known), median(known), min(known), max(known)) if known else ()
        )
        answers[values] = (len(amounts), *(numbers or (None,) * 5))
    return answers


def answers(summary: Summary) -> dict[Any, Any]:
    """The groups of a summary by their keys."""
    return {
        group.values: (group.orders, group.sum, group.average, group.median, group.min, group.max)
        for group in summary.groups
    }


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("odd", [False, True])
def test_summaries_equal_brute_force(tmp_path: Path, odd: bool) -> None:
    """Any keys, any measure, any filter, with absent, null and odd values."""
    orders = [Order.read(document) for document in account(250, 3, odd=odd)]
    random = Random(odd)
    with CopyReader.open(copy_of(tmp_path / "copy", [order.raw for order in orders])) as reader:
        for node in some_trees(QUESTIONS // 2, 17 + odd):
            keys = random.sample(KEYS, random.choice((0, 1, 1, 2, 2, 3)))
            where = Filter(node, EvaluationContext(NOW, 2)) if random.random() < 0.5 else None
            of = random.choice(MEASURES)
            found = summarize(reader, list(map(parse_key, keys)), where, measure=parse_measure(of))
            wanted = brute_force(orders, keys, where, of)
            if not keys:
                wanted = wanted or {(): (0, None, None, None, None, None)}
            assert answers(found) == wanted, (keys, of, where and where.text)
            assert found.total.orders == sum(each[0] for each in wanted.values())


def test_groups_come_in_a_useful_order(tmp_path: Path) -> None:
    """Spans of time in their order, other groups by their orders; an order without a value is last."""
    orders = [
        an_order(
            at, status="PAID" if at % 3 else "CREATED", created_at=f"2026-01-{1 + at % 20:02}T00:00:00.000Z"
        )
        for at in range(60)
    ] + [an_order(100, status=None)]
    with CopyReader.open(copy_of(tmp_path / "copy", orders)) as reader:
        by_status = summarize(reader, [parse_key("status")])
        by_week = summarize(reader, [parse_key("created:week"), parse_key("status")])
        by_day = summarize(reader, [parse_key("created:weekday")])
    assert [group.values for group in by_status.groups] == [("PAID",), ("CREATED",), (None,)]
    weeks = [group.values[0] for group in by_week.groups]
    assert weeks == sorted(weeks)
    assert weeks[0] == "2026-W01"
    assert by_day.groups[0].values == ("Monday",)


def test_what_was_not_read_is_no_answer(tmp_path: Path) -> None:
    """Items of exported orders are unknown, so neither a key nor a sum of them is shown."""
    copy = copy_of(tmp_path / "copy", [an_order(1, items=[])], exported=[an_order(2)])
    with CopyReader.open(copy) as reader:
        assert summarize(reader, [parse_key("status")]).total.sum == 2003
        for key, of in (("items", "amount"), ("products", "amount"), ("status", "items")):
            with pytest.raises(NotRead, match="1 order"):
                summarize(reader, [parse_key(key)], measure=parse_measure(of))
        only = parse(f"id:{an_order(1)['id']}", now=NOW)
        assert summarize(reader, [parse_key("items")], only).total.orders == 1


@pytest.mark.parametrize("key", ["", "stauts", "created", "created:year", "status:day", "metadata."])
def test_a_wrong_key_is_refused(key: str) -> None:
    """With what there is instead."""
    with pytest.raises(SummaryError):
        parse_key(key)


def test_only_numbers_are_added_up() -> None:
    """A text is no measure."""
    with pytest.raises(SummaryError, match="did you mean"):
        parse_measure("total_amuont")
    with pytest.raises(SummaryError):
        parse_measure("status")
