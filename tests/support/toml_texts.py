"""TOML texts in every way in which people write them."""

from __future__ import annotations

import json
import tomllib
from typing import Any

from hypothesis import strategies as st

BARE = st.text("abcdefgh_-123", min_size=1, max_size=6)
ODD = st.sampled_from(["a b", "x.y", "ż", "#1", "it's", "=", "[t]", ""])
NAMES = st.one_of(BARE, BARE, BARE, ODD)
COMMENTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\x85\u2028\u2029"), max_size=20
).map(lambda text: f"# {text}")
TEXTS = st.sampled_from(["", "one", "a # b", 'quo"te', "it's", "back\\slash", "[x]", "ł ü", "a = 1", "tab\t"])


def basic(text: str) -> str:
    """A text between quotation marks."""
    return json.dumps(text, ensure_ascii=False)


@st.composite
def scalars(draw: st.DrawFn) -> str:
    """A value that is no list and no table."""
    text = draw(TEXTS)
    ways = [basic(text), f'"""\n{text.replace(chr(92), "").replace(chr(34), "")}\n  # no comment\n"""']
    if "'" not in text:
        ways += [f"'{text}'", f"'''{text}\n'''"]
    others = [
        "1",
        "-0.5",
        "nan",
        "inf",
        "true",
        "false",
        "0xff",
        "1979-05-27T07:32:00Z",
        "1979-05-27 07:32:00",
    ]
    return draw(st.sampled_from(ways + others))


@st.composite
def lists(draw: st.DrawFn) -> str:
    """A list on one line, or on several with comments."""
    items = draw(st.lists(scalars(), max_size=3))
    if draw(st.booleans()):
        return f"[{', '.join(items)}{',' if items and draw(st.booleans()) else ''}]"
    lines = "".join(f"  {item}, {draw(COMMENTS)}\n" for item in items)
    return f"[ {draw(COMMENTS)}\n{lines}]"


@st.composite
def braces(draw: st.DrawFn) -> str:
    """A table on one line."""
    names = draw(st.lists(NAMES, unique=True, max_size=3))
    pairs = [f"{key(name)} = {draw(st.one_of(scalars_on_a_line(), lists()))}" for name in names]
    inner = ", ".join(pairs)
    return f"{{ {inner} }}" if draw(st.booleans()) else f"{{{inner}}}"


def scalars_on_a_line() -> st.SearchStrategy[str]:
    """Those that a table within braces may hold."""
    return scalars().filter(lambda text: "\n" not in text)


def key(name: str) -> str:
    """A key's part as it is written."""
    return name if name.isascii() and name.replace("-", "").replace("_", "").isalnum() else basic(name)


@st.composite
def entries(draw: st.DrawFn) -> str:
    """A key and its value, on a line of its own, with whatever may stand around it."""
    parts = draw(st.lists(NAMES, min_size=1, max_size=3))
    value = draw(st.one_of(scalars(), scalars(), lists(), braces()))
    margin = draw(st.sampled_from(["", "", "  ", "\t"]))
    equals = draw(st.sampled_from([" = ", "=", "  =\t"]))
    dot = draw(st.sampled_from([".", ".", " . "]))
    behind = draw(st.one_of(st.just(""), COMMENTS.map(lambda comment: f"  {comment}")))
    return f"{margin}{dot.join(map(key, parts))}{equals}{value}{behind}\n"


@st.composite
def headers(draw: st.DrawFn) -> str:
    """The header of a table."""
    path = ".".join(map(key, draw(st.lists(NAMES, min_size=1, max_size=3))))
    several = draw(st.sampled_from([False, False, False, True]))
    behind = draw(st.one_of(st.just(""), COMMENTS.map(lambda comment: f" {comment}")))
    return (f"[[{path}]]" if several else f"[ {path} ]") + f"{behind}\n"


def is_toml(text: str) -> bool:
    """Whether it can be read."""
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    return True


@st.composite
def toml_texts(draw: st.DrawFn) -> str:
    """A text of a few lines that can be read, made line by line of what goes together."""
    text = ""
    for part in draw(
        st.lists(
            st.one_of(entries(), entries(), entries(), headers(), COMMENTS.map("{}\n".format), st.just("\n")),
            max_size=10,
        )
    ):
        if is_toml(text + part):
            text += part
    if draw(st.booleans()):
        text = text.rstrip("\n")
    if draw(st.sampled_from([False, False, True])):
        text = text.replace("\n", "\r\n")
    return text if is_toml(text) else ""


def paths_of(table: dict[str, Any], above: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Every key of a document that holds neither a table nor several, by its parts."""
    found: list[tuple[str, ...]] = []
    for name, value in table.items():
        if isinstance(value, dict):
            found += paths_of(value, (*above, name))
        elif not (isinstance(value, list) and any(isinstance(each, dict) for each in value)):
            found.append((*above, name))
    return found
