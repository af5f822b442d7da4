"""The laws of the three-way merge, over generated triples, and the cases that they come from."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given, settings

from tests.support.order_documents import PAIRS, TRIPLES, Document
from tui.orders.changes import ABSENT, Merge, Side, json_equal, merge, resolve_conflicts
from tui.orders.changes.item_amounts import items_amount, price_times_quantity
from tui.orders.changes.item_matching import item_key

TRIPLE = tuple[Document, Document, Document]
LAW = settings(max_examples=2_500, deadline=None)


def leaves(document: Document) -> dict[Any, Any]:
    """The units of a document by place: fields, metadata keys, persons, and fields of items by identity."""
    found: dict[Any, Any] = {}
    for name, value in document.items():
        if name == "metadata" and isinstance(value, dict):
            found |= {(name, key): inner for key, inner in value.items()}
        elif name == "items":
            keys = [item_key(item) for item in value]
            if None in keys or len(set(keys)) < len(keys):
                found[name] = value
                continue
            for key, item in zip(keys, value, strict=True):
                found |= {(name, key, field): inner for field, inner in item.items() if field != "metadata"}
                found |= {(name, key, "metadata", m): inner for m, inner in item.get("metadata", {}).items()}
        else:
            found[name] = value
    return found


def covered(merged: Merge, place: Any) -> bool:
    """Whether a conflict stands at the place, at its item or at the whole array."""
    name = place[0] if isinstance(place, tuple) else place
    for conflict in merged.conflicts:
        if conflict.path in {(place,), (name,)}:
            return True
        if name == "metadata" and conflict.path == place:
            return True
        if name == "items" and conflict.path[0] == "items" and isinstance(place, tuple):
            key = next(
                item_key(side)
                for side in (merged.document["items"][conflict.path[1]], conflict.mine, conflict.theirs)
                if item_key(side)
            )
            rest = tuple(conflict.path[2:])
            if key == place[1] and place[2:][: len(rest)] == rest:
                return True
    return False


def follows(document: Document, place: Any) -> bool:
    """Whether the place is the amount of the order or an item, and is what its parts make."""
    if place == "amount":
        items = document.get("items")
        return isinstance(items, list) and document.get(place) == (items_amount(items) if items else 0)
    if not isinstance(place, tuple) or (place[0], place[-1]) != ("items", "amount"):
        return False
    found = [item for item in document.get("items", []) if item_key(item) == place[1]]
    return bool(found) and found[0].get("amount", ABSENT) == price_times_quantity(found[0])


def assert_kept(merged: Merge, base: Document, side: Document, other: Document | None = None) -> None:
    """Every unit that the side changed has the side's value in the outcome, or stands as a conflict.

    With ``other``: or is an amount that followed from its parts on all sides, and does in the outcome.
    """
    was, now, outcome = leaves(base), leaves(side), leaves(merged.document)
    for place in {**was, **now}:
        old, new = was.get(place, ABSENT), now.get(place, ABSENT)
        if not json_equal(old, new) and not json_equal(new, outcome.get(place, ABSENT)):
            if other is not None and all(follows(d, place) for d in (base, side, other, merged.document)):
                continue
            whole = outcome.get("items", ABSENT) is not ABSENT or "items" in now or "items" in was
            told_whole = whole and any(conflict.path == ("items",) for conflict in merged.conflicts)
            assert covered(merged, place) or told_whole, (place, old, new, outcome.get(place, ABSENT))


def one_line(**fields: Any) -> Document:
    """An order with one item of these fields."""
    return {"items": [{"product_id": "a", **fields}]}


@settings(max_examples=10_000, deadline=None)
@given(TRIPLES)
@example(
    (
        one_line(quantity=1, price=250, amount=250),
        one_line(quantity=2, price=100, amount=200),
        one_line(quantity=1, price=100, amount=100),
    )
)
@example(
    (
        one_line(metadata={"gift": {"x": 1}}, amount=5),
        one_line(amount=5),
        one_line(metadata={"gift": None}, amount=5),
    )
)
def test_no_change_of_either_side_is_silently_lost(drawn: TRIPLE) -> None:
    """What they changed, and what I changed, is in the outcome or is a conflict with all three values.

    The one exception is an amount that followed from its parts on all sides: it follows in the outcome.
    """
    base, mine, theirs = drawn
    merged = merge(base, mine, theirs)
    assert_kept(merged, base, theirs, mine)
    assert_kept(merged, base, mine, theirs)


@LAW
@given(TRIPLES)
def test_a_merge_without_conflict_does_not_depend_on_the_side(drawn: TRIPLE) -> None:
    """Who is called mine matters only for the names in a conflict."""
    base, mine, theirs = drawn
    one, other = merge(base, mine, theirs), merge(base, theirs, mine)
    if not one.conflicts:
        assert json_equal(one.document, other.document)
    swapped = {conflict.path: (conflict.base, conflict.theirs, conflict.mine) for conflict in other.conflicts}
    assert len(one.conflicts) == len(swapped)
    for conflict in one.conflicts:
        if conflict.path[0] != "items":
            assert swapped[conflict.path] == (conflict.base, conflict.mine, conflict.theirs)


@LAW
@given(PAIRS)
def test_one_sided_edits_pass_whole(drawn: tuple[Document, Document]) -> None:
    """Identity: when only one side changed anything, its document is the outcome, without conflicts."""
    base, side = drawn
    for merged in (merge(base, side, base), merge(base, base, side), merge(base, side, side)):
        assert merged.conflicts == ()
        assert json_equal(merged.document, side)


@LAW
@given(TRIPLES)
def test_deciding_for_one_side_gives_its_values(drawn: TRIPLE) -> None:
    """Each choice puts that side's value in its place and leaves no conflict."""
    base, mine, theirs = drawn
    merged = merge(base, mine, theirs)
    for side, document in (("mine", mine), ("theirs", theirs)):
        decided = resolve_conflicts(merged, {conflict.path: side for conflict in merged.conflicts})  # type: ignore[misc]  # a literal by the tuple above
        assert decided.conflicts == ()
        assert_kept(decided, base, document)


def test_what_others_changed_is_told() -> None:
    """The outcome names what of the other side's changes is in it."""
    base = {"status": "CREATED", "metadata": {"a": 1}}
    merged = merge(
        base, {"status": "PAID", "metadata": {"a": 1}}, {"status": "CREATED", "metadata": {"a": 1, "b": 2}}
    )
    assert merged.document == {"status": "PAID", "metadata": {"a": 1, "b": 2}}
    assert [change.path for change in merged.from_theirs] == [("metadata", "b")]


def test_items_are_merged_line_by_line() -> None:
    """Mine changes one line, theirs another and adds a third: all of it is kept."""
    base = {"items": [{"product_id": "a", "quantity": 1}, {"product_id": "b", "quantity": 1}]}
    mine = {"items": [{"product_id": "a", "quantity": 5}, {"product_id": "b", "quantity": 1}]}
    theirs = {
        "items": [{"product_id": "c"}, {"product_id": "b", "quantity": 2}, {"product_id": "a", "quantity": 1}]
    }
    merged = merge(base, mine, theirs)
    assert merged.conflicts == ()
    assert merged.document["items"] == [
        {"product_id": "c"},
        {"product_id": "b", "quantity": 2},
        {"product_id": "a", "quantity": 5},
    ]


def test_two_lines_of_one_product_are_merged() -> None:
    """Mine changes one of two similar lines, theirs takes the other one out."""
    base = {"items": [{"product_id": "a", "quantity": 1}, {"product_id": "a", "quantity": 2}]}
    mine = {"items": [{"product_id": "a", "quantity": 1}, {"product_id": "a", "quantity": 9}]}
    theirs = {"items": [{"product_id": "a", "quantity": 2}]}
    merged = merge(base, mine, theirs)
    assert (merged.conflicts, merged.document) == ((), {"items": [{"product_id": "a", "quantity": 9}]})


def test_amounts_that_followed_go_on_following() -> None:
    """Both sides changed the sum by changing lines, which is no conflict; a sum of its own is one."""

    def order(quantity: int, price: int, *, amount: int | None = None) -> Document:
        line = {"product_id": "a", "quantity": quantity, "price": price, "amount": quantity * price}
        other = {"product_id": "b", "amount": 50}
        return {"amount": quantity * price + 50 if amount is None else amount, "items": [line, other]}

    merged = merge(order(1, 100), order(3, 100), order(1, 200))
    assert (merged.conflicts, merged.document) == ((), order(3, 200))
    own = merge(order(1, 100), order(3, 100), order(1, 100, amount=120))
    assert [conflict.path for conflict in own.conflicts] == [("amount",)]


@pytest.mark.parametrize("mine", [{"quantity": 2, "amount": 200}, {"quantity": 3, "amount": 300}])
@pytest.mark.parametrize("theirs", [{"amount": 90}, {"price": 200, "amount": 150}, {"amount": None}])
def test_an_amount_set_to_something_else_is_a_conflict(mine: Document, theirs: Document) -> None:
    """Mine follows from another quantity, theirs does not follow: neither wins in silence."""
    base = {"quantity": 1, "price": 100, "amount": 100}
    (conflict,) = merge(one_line(**base), one_line(**base | mine), one_line(**base | theirs)).conflicts
    assert conflict.path == ("items", 0, "amount")
    assert (conflict.mine, conflict.theirs) == (mine["amount"], theirs["amount"])


def test_an_amount_that_was_not_its_sum_is_a_conflict() -> None:
    """An amount of its own that both sides replaced is decided by a person, though both sums hold."""
    base = {**one_line(amount=100), "amount": 90}
    mine, theirs = ({**one_line(amount=amount), "amount": amount} for amount in (100, 0))
    assert [conflict.path for conflict in merge(base, mine, theirs).conflicts] == [("amount",)]


def test_equal_amounts_of_different_edits_still_follow() -> None:
    """Both sides doubled a line, or added one of 50, and say the same amount: it is not the one of both."""
    base = one_line(quantity=2, price=100, amount=200)
    mine = one_line(quantity=4, price=100, amount=400)
    merged = merge(base, mine, one_line(quantity=2, price=200, amount=400))
    assert (merged.conflicts, merged.document) == ((), one_line(quantity=4, price=200, amount=800))

    def order(*names: str) -> Document:
        return {"amount": 50 * len(names), "items": [{"product_id": name, "amount": 50} for name in names]}

    for sides in (("a", "ab", "ac", "abc"), ("", "a", "b", "ab"), ("ab", "a", "b", "")):
        *documents, outcome = (order(*names) for names in sides)
        added = merge(*documents)
        assert (added.conflicts, added.document) == ((), outcome)


def test_an_amount_follows_beside_another_conflict() -> None:
    """A conflict about a note of the line does not keep its amount, and the order's, from following."""

    def order(quantity: int, price: int, note: str) -> Document:
        line = {"quantity": quantity, "price": price, "amount": quantity * price, "metadata": {"n": note}}
        return {"amount": quantity * price, **one_line(**line)}

    merged = merge(order(1, 100, ""), order(2, 100, "x"), order(1, 200, "y"))
    assert [conflict.path for conflict in merged.conflicts] == [("items", 0, "metadata", "n")]
    assert (merged.document["amount"], merged.document["items"][0]["amount"]) == (400, 400)


@LAW
@given(TRIPLES)
def test_sums_that_held_on_all_sides_hold_in_the_outcome(drawn: TRIPLE) -> None:
    """Where every side's amount was the sum of its lines and no line is a conflict, so is the outcome's."""
    sides: list[Document] = [{**side, "amount": _total(side)} for side in drawn]
    merged = merge(*sides)
    if not merged.conflicts and all(side["amount"] is not None for side in sides):
        assert _total(merged.document) in (None, merged.document["amount"])


def _total(order: Document) -> int | None:
    return items_amount(order["items"]) if order.get("items") else 0


@pytest.mark.parametrize("side", ["mine", "theirs"])
def test_only_what_is_kept_of_others_counts_as_theirs(side: Side) -> None:
    """A conflict decided for mine leaves nothing of the other side's value to be told."""
    base: Document = {"amount": 1, "status": "CREATED"}
    merged = merge(base, {**base, "amount": 2}, {"amount": 3, "status": "PAID"})
    kept = [change.path for change in resolve_conflicts(merged, {("amount",): side}).from_theirs]
    assert kept == ([("status",)] if side == "mine" else [("amount",), ("status",)])


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "path"),
    [
        ({"status": "A"}, {"status": "B"}, {"status": "C"}, ("status",)),
        (
            {"metadata": {"k": {"x": 1}}},
            {"metadata": {"k": {"x": 2}}},
            {"metadata": {"k": {"y": 1}}},
            ("metadata", "k"),
        ),
        (
            {"customer": {"id": "1"}},
            {"customer": {"id": "1", "email": "a@b.c"}},
            {"customer": {"id": "2"}},
            ("customer",),
        ),
        (
            {"items": [{"product_id": "a"}, {"product_id": "b"}]},
            {"items": [{"product_id": "b"}]},
            {"items": [{"product_id": "b"}, {"product_id": "a", "quantity": 2}]},
            ("items", 1),
        ),
        (
            {"items": [{"amount": 1}, {"amount": 2}]},
            {"items": [{"amount": 1}, {"amount": 3}]},
            {"items": [{"amount": 2}, {"amount": 1}]},
            ("items",),
        ),
        (
            {"items": [{"product_id": p} for p in "abc"]},
            {"items": [{"product_id": p} for p in "acb"]},
            {"items": [{"product_id": p} for p in "bac"]},
            ("items",),
        ),
        ({"amount": 1}, {"amount": 1.5}, {}, ("amount",)),
        ({}, {"amount": 1}, {"amount": True}, ("amount",)),
    ],
)
def test_overlaps_are_conflicts(
    base: Document, mine: Document, theirs: Document, path: tuple[str | int]
) -> None:
    """Both changed the same thing differently: one conflict, with its place."""
    (conflict,) = merge(base, mine, theirs).conflicts
    assert conflict.path == path


def test_a_choice_can_take_lines_away() -> None:
    """Several removals chosen at once leave the right lines."""
    base = {"items": [{"product_id": p, "quantity": 1} for p in "abc"]}
    mine = {"items": [{"product_id": "b", "quantity": 1}]}
    theirs = {"items": [{"product_id": p, "quantity": 2 if p != "b" else 1} for p in "abc"]}
    merged = merge(base, mine, theirs)
    assert [conflict.path for conflict in merged.conflicts] == [("items", 0), ("items", 2)]
    kept = resolve_conflicts(merged, {("items", 0): "mine", ("items", 2): "mine"})
    assert kept.document == mine
    half = resolve_conflicts(merged, {("items", 2): "mine"})
    assert [item["product_id"] for item in half.document["items"]] == ["a", "b"]
    assert [conflict.path for conflict in half.conflicts] == [("items", 0)]
    other = resolve_conflicts(merged, {("items", 0): "mine"})
    assert [conflict.path for conflict in other.conflicts] == [("items", 1)]
    assert resolve_conflicts(other, {("items", 1): "mine"}).document == mine


def test_the_three_documents_are_not_written_to() -> None:
    """The outcome shares nothing with what it was made from."""
    base: Document = {"metadata": {"k": {"x": 1}}}
    theirs: Document = {"metadata": {"k": {"x": 2}}}
    merged = merge(base, base, theirs)
    merged.document["metadata"]["k"]["x"] = 9
    assert theirs == {"metadata": {"k": {"x": 2}}}
