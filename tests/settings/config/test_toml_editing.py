"""Changing one setting and nothing else. ``ORDEX_NIGHTLY`` looks at 2,000 texts each."""

from __future__ import annotations

import os
import re
import tomllib
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from tests.support.toml_texts import NAMES, paths_of, toml_texts
from tui.settings.config.toml_editing import (
    NotEditable,
    comments_of,
    remove_table,
    remove_value,
    set_value,
    toml_key,
    toml_literal,
)
from tui.settings.config.toml_positions import TomlEntry, TomlPositions, toml_positions

VALUES = st.one_of(
    st.booleans(), st.text(st.characters(exclude_categories=["Cs"])), st.lists(st.text("ab\"\\'#,"))
)
MANY = settings(
    max_examples=2000 if os.environ.get("ORDEX_NIGHTLY") else 25, suppress_health_check=[HealthCheck.too_slow]
)
PATHS = st.lists(NAMES, min_size=1, max_size=3).map(tuple)


def said(document: dict[str, Any], path: tuple[str, ...]) -> Any:
    """The value at a key, ``None`` where there is none."""
    value: Any = document
    for part in path:
        value = value.get(part) if isinstance(value, dict) else None
    return value


def others(document: dict[str, Any], path: tuple[str, ...]) -> list[tuple[tuple[str, ...], str]]:
    """Every other value, as text."""
    return [(key, repr(said(document, key))) for key in sorted(paths_of(document)) if key != path]


def positions_of(text: str) -> TomlPositions:
    """Where everything stands; texts with scattered parts of an array of tables are passed over.

    tomlkit gathers these in one place, and settings hold no such arrays.
    """
    try:
        return toml_positions(text)
    except ValueError:
        assume(re.search(r"^\[\[", text, re.M) is None)
        raise


def stays(before: str, entry: TomlEntry, after: str) -> None:
    """Assert that every comment is still there, in its order, and so is all that stood above the entry.

    A comment from within a value that is gone stands above the whole line then.
    """
    around = [e for e in positions_of(before).entries if e.start <= entry.start and entry.end <= e.end]
    line = before.rfind("\n", 0, around[0].start) + 1
    assert after.startswith(before[:line])
    if entry.inline:
        assert sorted(comments_of(after)) == sorted(comments_of(before))
    else:
        assert comments_of(after) == comments_of(before)


@MANY
@given(toml_texts(), PATHS, VALUES)
@example("", ("theme",), "x")
@example("# only a comment", ("keymap", "quit"), "q")
@example("[keymap]", ("keymap", "quit"), ["q", "Q"])
@example("a = {b = 1}\n", ("a",), "x")
@example("[profiles.shop]\nkind = 'sandbox' # mine\n\n[keymap]\n", ("profiles", "shop", "kind"), "production")
def test_setting_changes_that_value_only(text: str, path: tuple[str, ...], value: Any) -> None:
    """The text says it; every other value, every comment and their order are what they were."""
    try:
        changed = set_value(text, path, value)
    except NotEditable:
        assume(False)
    assert said(tomllib.loads(changed), path) == value
    assert others(tomllib.loads(changed), path) == others(tomllib.loads(text), path)
    assert sorted(comments_of(changed)) == sorted(comments_of(text))
    # A text whose only line end is inside the old value has none afterwards.
    assert ("\r\n" in text) == ("\r\n" in changed) or not text.strip() or "\n" not in changed


@MANY
@given(toml_texts(), VALUES, st.data())
def test_a_value_that_is_there_is_changed_in_its_place(text: str, value: Any, data: st.DataObject) -> None:
    """The lines around it stay to the byte."""
    entries = [entry for entry in positions_of(text).entries if not entry.is_inline_table]
    assume(entries)
    entry = data.draw(st.sampled_from(entries))
    changed = set_value(text, entry.path, value)
    assert said(tomllib.loads(changed), entry.path) == value
    stays(text, entry, changed)
    assert changed.endswith(text[entry.end :])


@MANY
@given(toml_texts(), st.data())
@example("a = 1 # why\n", None)
def test_unsetting_takes_that_value_only(text: str, data: st.DataObject | None) -> None:
    """All else is what it was; a comment behind it stays."""
    entries = [entry for entry in positions_of(text).entries if not entry.is_inline_table]
    assume(entries)
    entry = entries[0] if data is None else data.draw(st.sampled_from(entries))
    changed = remove_value(text, entry.path)
    assert said(tomllib.loads(changed), entry.path) is None
    assert others(tomllib.loads(changed), entry.path) == others(tomllib.loads(text), entry.path)
    stays(text, entry, changed)


@MANY
@given(toml_texts(), PATHS, VALUES)
def test_setting_and_unsetting_says_what_was_said_before(
    text: str, path: tuple[str, ...], value: Any
) -> None:
    """A key that was not there is not there again."""
    before = tomllib.loads(text)
    assume(said(before, path) is None)
    try:
        changed = remove_value(set_value(text, path, value), path)
    except NotEditable:
        assume(False)
    assert others(tomllib.loads(changed), ()) == others(before, ())


@MANY
@given(toml_texts())
def test_every_key_of_a_text_is_found(text: str) -> None:
    """Each value that is in no list of tables has an entry at its key, where it stands."""
    positions = positions_of(text)
    found = {entry.path for entry in positions.entries if not entry.is_inline_table}
    assert found == set(paths_of(tomllib.loads(text)))
    for entry in positions.entries:
        alone = tomllib.loads(f"x = {text[entry.value : entry.end]}")["x"]
        assert repr(alone) == repr(said(tomllib.loads(text), entry.path))


@given(VALUES)
def test_a_literal_reads_back(value: Any) -> None:
    """Whatever is in it."""
    assert tomllib.loads(f"x = {toml_literal(value)}")["x"] == value


@given(PATHS)
def test_a_key_reads_back(path: tuple[str, ...]) -> None:
    """With quotation marks where it needs them."""
    assert paths_of(tomllib.loads(f"{toml_key(path)} = 1")) == [path]


@pytest.mark.parametrize(
    ("before", "path", "value", "after"),
    [
        ("", "theme", "x", 'theme = "x"\n'),
        ("mask = true # shared desk\n", "theme", "x", 'mask = true # shared desk\ntheme = "x"\n'),
        (
            "# keys\n[keymap]\nquit = 'q'\n",
            "theme",
            "x",
            "theme = \"x\"\n\n# keys\n[keymap]\nquit = 'q'\n",
        ),
        (
            "[keymap]\n  quit = 'q' # out\n\n# the shop\n[profiles.shop]\nregion = 'us'\n",
            "keymap.mark",
            "v",
            "[keymap]\n  quit = 'q' # out\n  mark = \"v\"\n\n# the shop\n[profiles.shop]\nregion = 'us'\n",
        ),
        ("[profiles.a]\n", "profiles.b.kind", "sandbox", '[profiles.a]\n\n[profiles.b]\nkind = "sandbox"\n'),
        ("p.a.b = 'x'\n", "p.a.c", "us", "p.a.b = 'x'\np.a.c = \"us\"\n"),
        ("p = { a = { b = 'x' } }\n", "p.a.c", "us", "p = { a = { b = 'x', c = \"us\" } }\n"),
        ("keymap = {}\n", "keymap.quit", "q", 'keymap = { quit = "q" }\n'),
        ('t = {a = ["""\n#"""], b = [ # 1\n]}\n', "t.b", True, '# 1\nt = {a = ["""\n#"""], b = true}\n'),
        ("x = [\n  1, # one\n]\n", "x", ["b"], '# one\nx = ["b"]\n'),
    ],
)  # fmt: skip
def test_a_setting_goes_where_its_like_are(before: str, path: str, value: Any, after: str) -> None:
    """In its table, behind the last of its kind, with its margin."""
    assert set_value(before, tuple(path.split(".")), value) == after


@pytest.mark.parametrize(
    ("before", "path", "after"),
    [
        ("a = 1\nb = 2\n", "a", "b = 2\n"),
        ("a = 1 # why\nb = 2\n", "a", "# why\nb = 2\n"),
        ("[t]\n  a = 1 # why\n", "t.a", "[t]\n  # why\n"),
        ("t = { a = 1, b = 2 }\n", "t.a", "t = { b = 2 }\n"),
        ("t = { a = 1, b = 2 }\n", "t.b", "t = { a = 1 }\n"),
        ("t = { a = 1 }\n", "t.a", "t = {  }\n"),
        ("a = 1", "a", ""),
    ],
)
def test_a_setting_goes_with_its_line(before: str, path: str, after: str) -> None:
    """And nothing else does."""
    assert remove_value(before, tuple(path.split("."))) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "# all\n[p.a] # one\nx = 1 # why\n\n# two\n[p.b]\nx = 2\n",
            "# all\n# one\n# why\n\n# two\n[p.b]\nx = 2\n",
        ),
        ("[p.a]\n", ""),
        ("[p.a]\nx = 1\n[p.a.y]\nz = 2\n[q]\n", "[q]\n"),
        ("p = { a = { x = 1 }, b = { x = 2 } }\n", "p = { b = { x = 2 } }\n"),
        ("p.a.x = 1\np.b.x = 2\np.a.y = 3\n", "p.b.x = 2\n"),
        ("[p]\na = { x = 1 }\n", "[p]\n"),
    ],
)
def test_a_table_goes_with_all_that_is_in_it(before: str, after: str) -> None:
    """In whatever way it is written; comments stay."""
    assert remove_table(before, ("p", "a")) == after


@MANY
@given(toml_texts(), st.data())
def test_taking_a_table_takes_that_table_only(text: str, data: st.DataObject) -> None:
    """All else is what it was."""
    tables = sorted({path[:n] for path in paths_of(tomllib.loads(text)) for n in range(1, len(path))})
    assume(tables)
    table = data.draw(st.sampled_from(tables))
    try:
        changed = remove_table(text, table)
    except NotEditable:
        assume(False)
    left = [(path, told) for path, told in others(tomllib.loads(text), ()) if path[: len(table)] != table]
    assert others(tomllib.loads(changed), ()) == left
    assert sorted(comments_of(changed)) == sorted(comments_of(text))


def test_what_is_not_there_cannot_be_unset() -> None:
    """It is said which."""
    with pytest.raises(KeyError, match=r"a\.b"):
        remove_value("a.c = 1", ("a", "b"))


def test_what_cannot_be_changed_is_left_to_the_user() -> None:
    """A value in the place of a table."""
    with pytest.raises(NotEditable):
        set_value("keymap = 3", ("keymap", "quit"), "q")
