"""On which line a key of a settings file stands."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tui.settings.config.toml_positions import key_lines

HARD = '''
# profile = "no"
top = """
inner = 1
""\\""""  # = and [x]
lit = \'\'\'it's\'\'\'\'
[ profiles . "a b" ]  # [no]
kind = 'x = 1' # y = 2
list = [ [1, 2],  # z = 3
  { deep = { er = "]" } , "q\\u0041" = 1 },
  1979-05-27 07:32:00Z,
]
a.b."c.d" = 1e3

[[many]]
x = 1
[[many]]
y = true
'''


def test_keys_are_found_where_they_are_first_named() -> None:
    """Past texts of several lines, comments, lists and quoted names; within a list no key has a name."""
    assert key_lines(HARD) == {
        ("top",): 3,
        ("lit",): 6,
        ("profiles",): 7,
        ("profiles", "a b"): 7,
        ("profiles", "a b", "kind"): 8,
        ("profiles", "a b", "list"): 9,
        ("profiles", "a b", "a"): 13,
        ("profiles", "a b", "a", "b"): 13,
        ("profiles", "a b", "a", "b", "c.d"): 13,
        ("many",): 15,
    }


NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=6)
TEXTS = st.text(st.sampled_from("ab=[]{}#\"'\\\n,. "), max_size=8)
VALUES = st.recursive(
    st.one_of(st.booleans(), st.integers(-9, 9), TEXTS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=6,
)
TABLES = st.dictionaries(NAMES, VALUES, max_size=4)
COMMENTS = st.sampled_from(["", "  # x = [1", "\n\n", "\n# [y]\n"])


def as_text(text: str) -> str:
    """A text as TOML writes it on one line."""
    made = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\x7f", "\\u007f")
    return f'"{made}"'


def as_toml(value: Any) -> str:
    """A value on one line, a text with newlines on several."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        if "\n" in value:
            return '"""' + value.replace("\\", "\\\\").replace('"', '\\"') + '"""'
        return as_text(value)
    if isinstance(value, list):
        return "[" + ", ".join(as_toml(one) for one in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{as_text(key)} = {as_toml(one)}" for key, one in value.items()) + "}"
    return str(value)


def paths(table: dict[str, Any], above: tuple[str, ...] = ()) -> Iterable[tuple[str, ...]]:
    """Every key of a document."""
    for key, value in table.items():
        yield (*above, key)
        if isinstance(value, dict):
            yield from paths(value, (*above, key))


@settings(max_examples=40)
@given(st.dictionaries(NAMES, TABLES, max_size=3), st.data())
def test_every_key_of_any_file_has_the_line_that_names_it(
    document: dict[str, dict[str, Any]], data: st.DataObject
) -> None:
    """No key is missed, none made up, and each key of a table stands on the line that was written."""
    lines: list[str] = []
    wanted: dict[tuple[str, ...], int] = {}
    for name, table in document.items():
        lines.append(f"[{as_text(name)}]")
        wanted[name,] = sum(line.count("\n") + 1 for line in lines)
        for key, value in table.items():
            begins = sum(line.count("\n") + 1 for line in lines) + 1
            lines.append(f"{as_text(key)} = {as_toml(value)}{data.draw(COMMENTS)}")
            wanted[name, key] = begins
    text = "\n".join(lines) + "\n"
    found = key_lines(text)
    assert set(found) == set(paths(tomllib.loads(text)))
    assert {path: found[path] for path in wanted} == wanted
