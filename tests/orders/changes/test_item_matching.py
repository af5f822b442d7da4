"""Which line of one array is which line of another."""

from __future__ import annotations

import copy
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.orders.changes import diff, patch_for
from tui.orders.changes.item_matching import item_key, label_base, label_side, match_items
from tui.orders.request import request_items


@pytest.mark.parametrize(
    ("item", "key"),
    [
        ({"id": "i", "source_id": "s"}, ("id", "i")),
        ({"source_id": "s", "sku_id": "k"}, ("source_id", "s")),
        ({"sku_id": "k", "product_id": "p"}, ("sku_id", "k")),
        ({"product_id": "p"}, ("product_id", "p")),
        ({"product_id": "", "amount": 1}, None),
        ({"product_id": 5}, None),
        ("no item", None),
    ],
)
def test_an_item_is_known_by_what_it_names(item: Any, key: Any) -> None:
    """The most telling identifier that is a text and not empty."""
    assert item_key(item) == key


@pytest.mark.parametrize(
    ("old", "new", "pairs"),
    [
        ("ab", "ba", [(1, 0), (0, 1)]),
        ("aa", "aaa", [(0, 0), (1, 1), (None, 2)]),
        ("ab", "cb", [(0, 0), (1, 1)]),
        ("ab", "b", [(1, 0), (0, None)]),
        ("", "a", [(None, 0)]),
    ],
)
def test_lines_are_paired(old: str, new: str, pairs: list[tuple[int | None, int | None]]) -> None:
    """By identity first; by place where the array is as long; what is left stands alone."""
    made = [[{"product_id": name} for name in names] for names in (old, new)]
    assert match_items(*made) == pairs


LINES = st.lists(
    st.builds(
        lambda name, quantity, note: {
            "product_id": name,
            "quantity": quantity,
            "price": 100,
            "subtotal_amount": 100 * quantity,
            **({"metadata": {"note": note}} if note else {}),
            "object": "order_item",
        },
        st.sampled_from("ab"),
        st.integers(1, 3),
        st.sampled_from(["", "", "gift"]),
    ),
    min_size=1,
    max_size=6,
)
"""Arrays in which several lines have one product, and some are equal."""


@given(LINES, st.data())
def test_a_removed_line_is_the_one_that_was_removed(old: list[Any], data: st.DataObject) -> None:
    """Of similar lines exactly that one is taken out; the others are unchanged and keep their order."""
    at = data.draw(st.integers(0, len(old) - 1))
    new = old[:at] + old[at + 1 :]
    pairs = match_items(old, new)
    (gone,) = [before for before, after in pairs if after is None]
    assert old[gone or 0] == old[at]
    assert all(
        old[before] == new[after] for before, after in pairs if before is not None and after is not None
    )
    (change,) = diff({"items": old}, {"items": new})
    assert (change.kind, change.old) == ("removed", old[at])
    assert patch_for({"items": old}, {"items": new}).body == {"items": request_items(new)}


@given(LINES, st.data())
def test_added_lines_move_none(new: list[Any], data: st.DataObject) -> None:
    """Copies that are put between similar lines are additions, and the lines around them do not move."""
    old = [line for line in new if data.draw(st.booleans())]
    changes = diff({"items": old}, {"items": new})
    assert [change.kind for change in changes] == ["added"] * (len(new) - len(old))


def test_one_removed_and_one_added_line_move_none() -> None:
    """The array is as long as before, and no line stands at the place of an equal one by chance."""
    first, second = ({"product_id": name} for name in "ab")
    changes = diff({"items": [first, second, first]}, {"items": [second, first, {"product_id": "z"}]})
    assert [(change.kind, change.path) for change in changes] == [
        ("added", ("items", 2)),
        ("removed", ("items", 0)),
    ]


@given(LINES, st.data())
def test_the_lines_left_after_several_removals_are_not_moved(old: list[Any], data: st.DataObject) -> None:
    """However alike the lines are, each change is a removal."""
    kept = data.draw(
        st.lists(st.booleans(), min_size=len(old), max_size=len(old)).filter(lambda k: not all(k))
    )
    new = [line for line, stays in zip(old, kept, strict=True) if stays]
    assert [change.kind for change in diff({"items": old}, {"items": new})] == ["removed"] * kept.count(False)


@pytest.mark.parametrize("lines", ["aabab", "abaab", "ababaab", "bbabba"])
def test_each_removal_among_alternating_lines_is_one_change(lines: str) -> None:
    """Where a longer run of equal lines begins elsewhere, the lines still keep their order."""
    old = [{"product_id": "p", "quantity": 1, "metadata": {"note": name}} for name in lines]
    for at in range(len(old)):
        assert [c.kind for c in diff({"items": old}, {"items": old[:at] + old[at + 1 :]})] == ["removed"]


@given(LINES, st.randoms(use_true_random=False))
def test_sorted_lines_are_the_same_lines(old: list[Any], random: Random) -> None:
    """Another order of similar lines changes none of them."""
    new = random.sample(old, len(old))
    assert all(old[before] == new[after] for before, after in match_items(old, new))  # type: ignore[index]  # all are paired
    assert {change.kind for change in diff({"items": old}, {"items": new})} <= {"moved"}


@given(LINES, st.data())
def test_an_edited_line_is_one_change(old: list[Any], data: st.DataObject) -> None:
    """A field of one of several similar lines: that field at that place, and nothing else."""
    at = data.draw(st.integers(0, len(old) - 1))
    new = copy.deepcopy(old)
    new[at]["quantity"] = 9
    (change,) = diff({"items": old}, {"items": new})
    assert (change.path, change.old, change.new) == (("items", at, "quantity"), old[at]["quantity"], 9)


@given(LINES, st.data())
def test_edits_of_similar_lines_can_be_sent(old: list[Any], data: st.DataObject) -> None:
    """Whatever is removed, moved, edited or copied: what the service made is never taken for an edit."""
    new = copy.deepcopy(data.draw(st.permutations(old)))
    del new[: data.draw(st.integers(0, len(new)))]
    for line in new:
        line["quantity"] = data.draw(st.sampled_from([line["quantity"], 1, 2, 9]))
    patch = patch_for({"items": old}, {"items": new})
    sent = patch.body.get("items", [{**line, "object": 0} for line in old])
    assert [line["quantity"] for line in sent] == [line["quantity"] for line in new]


@given(LINES, st.data())
def test_labels_follow_the_lines(base: list[Any], data: st.DataObject) -> None:
    """After a removal or an edit each label names the line it named before, or one that is equal."""
    labels = label_base(base)
    assert labels is not None
    at = data.draw(st.integers(0, len(base) - 1))
    removed = base[:at] + base[at + 1 :]
    kept = label_side(base, labels, removed)
    assert kept is not None
    named = dict(zip(labels, base, strict=True))
    assert [named[label] for label in kept] == removed
    edited = [{**line, "quantity": 9} if place == at else line for place, line in enumerate(base)]
    assert label_side(base, labels, edited) == labels


def test_lines_that_cannot_be_told_apart_get_no_labels() -> None:
    """Two of three similar lines are gone and one was edited: which one is not known."""
    base = [{"product_id": "a", "quantity": quantity} for quantity in (1, 2)]
    labels = label_base(base)
    assert labels == [("product_id", "a", 0), ("product_id", "a", 1)]
    assert label_side(base, labels, [{"product_id": "a", "quantity": 7}]) is None
    assert label_side(base, labels, [{"amount": 1}]) is None
    assert label_side(base, labels, [*base, {"product_id": "a"}]) == [*labels, ("product_id", "a", 2)]
    assert label_base([{"product_id": "a"}, {}]) is None
