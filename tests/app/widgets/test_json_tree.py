"""The foldable JSON tree: what it builds, how paths are written, what a search finds."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult

from tui.app.widgets.json_nodes import WRAP_WIDTH, children, find, flatten, unfolded
from tui.app.widgets.json_tree import JsonTree
from tui.app.widgets.line import Piece, highlighted
from tui.orders.paths import value_at

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


class TreeApp(App[None]):
    """A tree and nothing else."""

    def compose(self) -> ComposeResult:
        """The tree."""
        yield JsonTree()

    @property
    def tree(self) -> JsonTree:
        """The tree."""
        return self.query_one(JsonTree)

    def lines(self) -> list[str]:
        """Each line's text, in sight or not."""
        return [self.tree.line_at(index).plain for index in range(self.tree.line_count)]


@given(JSON, st.integers(1, 200))
def test_unfolding_all_shows_every_value_once(document: Any, width: int) -> None:
    """Each value of a document has one line, in its order, and its path leads to it."""

    def count(value: Any) -> int:
        return sum(1 + count(child) for _, child in children(value))

    nodes = flatten(document, unfolded(document), width=width)
    assert len(nodes) == count(document)
    assert all(value_at(document, node.path) is node.value for node in nodes)


@given(JSON)
def test_folded_is_only_the_first_level(document: Any) -> None:
    """With nothing unfolded only the first level is built."""
    assert len(flatten(document, (), width=80)) == sum(1 for _ in children(document))


@given(JSON, st.text(min_size=1, max_size=2))
def test_find_is_complete_and_in_order(document: Any, needle: str) -> None:
    """A search finds exactly the lines of the unfolded tree that hold the text, in their order."""
    wanted = needle.lower()
    expected = []
    for node in flatten(document, unfolded(document), width=80):
        key = node.path[-1]
        text = node.value if isinstance(node.value, str) else json.dumps(node.value)
        if isinstance(node.value, float):
            text = str(node.value)
        holder = isinstance(node.value, dict | list)
        if (isinstance(key, str) and wanted in key.lower()) or (not holder and wanted in text.lower()):
            expected.append(node.path)
    assert find(document, needle) == expected


def test_unfolding_stays_below_its_limit() -> None:
    """Levels are unfolded as long as the lines stay few enough."""
    document = {"a": {"b": list(range(100))}, "c": [[1], [2]]}
    assert unfolded(document, lines=10) == {("a",), ("c",), ("c", 0), ("c", 1)} - {("c", 0), ("c", 1)}
    assert unfolded(document, levels=1) == {("a",), ("c",)}
    assert unfolded(document, levels=0) == set()
    assert ("a", "b") in unfolded(document)


def test_a_very_deep_document_is_no_recursion() -> None:
    """Nesting of thousands of levels is walked without the stack."""
    deep: Any = "end"
    for _ in range(3000):
        deep = [deep]
    nodes = flatten(deep, unfolded(deep), width=80)
    assert len(nodes) == 3000
    assert find(deep, "END") == [(0,) * 3000]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=100, max_size=400))
def test_an_unfolded_text_is_whole(text: str) -> None:
    """The lines of an unfolded text join to it, control characters written out."""
    parts = [n.part for n in flatten([text], {(0,)}, width=60) if n.part is not None]
    letters = [c for c in text if c.isalnum()]
    joined = iter("".join(parts))
    assert all(letter in joined for letter in letters)


def test_wrapping_keeps_a_width() -> None:
    """However narrow the window, some letters fit in a line, wide ones counted double."""
    parts = [n.part for n in flatten(["漢" * 100], {(0,)}, width=5) if n.part]
    assert {len(part) for part in parts[:-1]} == {WRAP_WIDTH // 2}


@given(st.text(), st.text())
def test_highlighting_changes_no_text(text: str, needle: str) -> None:
    """Marking what was found leaves every letter where it was."""
    assert "".join(piece.text for piece in highlighted([Piece(text)], needle, "match")) == text


async def test_the_cursor_steps_in_and_out() -> None:
    """Right unfolds then steps in, left steps out then folds."""
    app = TreeApp()
    async with app.run_test(size=(60, 20)) as pilot:
        app.tree.focus()
        app.tree.show({"x": 1, "a": {"b": [1, 2]}})
        await pilot.press("minus", "minus", "minus", "j", "right", "right", "right", "right")
        assert app.tree.path == ("a", "b", 0)
        await pilot.press("left")
        assert app.tree.path == ("a", "b")
        await pilot.press("left", "left", "left")
        assert app.lines() == ["  x: 1", "▸ a: {1}  b: […]"]


async def test_a_newer_document_keeps_folds_and_cursor_by_path() -> None:
    """The place is a path: what is inserted before it does not move it."""
    app = TreeApp()
    async with app.run_test(size=(60, 20)):
        app.tree.show({"a": {"b": 1, "c": 2}}, prefix=("root",))
        app.tree.reveal(("root", "a", "c"))
        app.tree.show({"new": 0, "a": {"b": 1, "more": 5, "c": 3}}, prefix=("root",), keep=True)
        assert app.tree.path == ("root", "a", "c")
        app.tree.show({"a": {"b": 1}}, prefix=("root",), keep=True)
        assert app.tree.path == ("root", "a")


async def test_numbers_python_refuses_to_write() -> None:
    """An integer of thousands of digits is told by its size."""
    app = TreeApp()
    async with app.run_test(size=(60, 20)):
        app.tree.show({"big": 10**6000})
        assert app.lines() == ["  big: a number of 19,932 bits"]


async def test_the_mouse_folds() -> None:
    """A click on the sign unfolds; a click beside it only moves the cursor."""
    app = TreeApp()
    async with app.run_test(size=(60, 20)) as pilot:
        app.tree.show({"a": {"b": 1}})
        await pilot.pause()
        await pilot.click(JsonTree, offset=(0, 0))
        assert app.tree.line_count == 1
        await pilot.click(JsonTree, offset=(6, 0))
        assert app.tree.line_count == 1
