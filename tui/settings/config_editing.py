"""Changing one setting in a TOML text: every comment, every other value and the order stay as they are.

Each change is checked by reading the text anew: it says what was wanted, and all else that it said before.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from tui.errors import OrdexError

from .config_layout import Entry, Layout, Path, comments_of, layout_of

Value = str | bool | Sequence[str]
"""What a setting can be: a text, true or false, or a list of texts."""

_BARE = re.compile(r"[A-Za-z0-9_-]+")


class NotEditable(OrdexError):
    """The text is written in a way in which this change is not made; it has to be made by hand."""

    title = "The settings file cannot be changed"


def with_value(text: str, path: Path, value: Value) -> str:
    """The text with a setting as given, in its place if it is there, else where its like stand.

    Args:
        text: a TOML text that can be read.
        path: the setting's key, by its parts.
        value: what it shall be.

    Raises:
        NotEditable: the text cannot be changed so.
    """
    layout = layout_of(text)
    entry = _entry(layout, path)
    wanted = tomllib.loads(text)
    _put(wanted, path, value)
    if entry is None:
        return _checked(text, _added(text, layout, path, value), wanted)
    return _checked(text, _replaced(text, layout, entry, value), wanted)


def without(text: str, path: Path) -> str:
    """The text without a setting; a comment behind it stays, on a line of its own.

    Raises:
        KeyError: the text has no such setting.
        NotEditable: the text cannot be changed so.
    """
    layout = layout_of(text)
    entry = _entry(layout, path)
    if entry is None:
        raise KeyError(".".join(path))
    wanted = tomllib.loads(text)
    _take(wanted, path)
    return _checked(text, _taken(text, layout, entry), wanted)


def without_table(text: str, path: Path) -> str:
    """The text without a table and all that is in it; comments stay, each on a line of its own.

    Raises:
        KeyError: the text has no such table.
        NotEditable: the text cannot be changed so.
    """
    wanted = tomllib.loads(text)
    _take(wanted, path)
    after = text
    while (entry := _first_below(layout := layout_of(after), path)) is not None:
        after = _taken(after, layout, entry)
    for header in reversed([header for header in layout_of(after).headers if _is_below(header.path, path)]):
        end = after.find("\n", header.end) + 1 or len(after)
        behind = after[header.end : end]
        kept = behind.lstrip(" \t") if "#" in behind else ""
        after = after[: _line_start(after, header.start)] + kept + after[end:]
    return _checked(text, after, wanted)


def literal(value: Value) -> str:
    """A value as TOML writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
    return f"[{', '.join(map(literal, value))}]"


def dotted(path: Iterable[str]) -> str:
    """A key as TOML writes it: ``profiles.shop.kind``, a part in quotation marks where it must be."""
    return ".".join(part if _BARE.fullmatch(part) else literal(part) for part in path)


def _entry(layout: Layout, path: Path) -> Entry | None:
    return next((entry for entry in layout.entries if entry.path == path), None)


def _first_below(layout: Layout, path: Path) -> Entry | None:
    return next((entry for entry in layout.entries if _is_below(entry.path, path)), None)


def _is_below(key: Path, path: Path) -> bool:
    return key[: len(path)] == path


def _replaced(text: str, layout: Layout, entry: Entry, value: Value) -> str:
    line, kept = _kept(text, layout, entry)
    return text[:line] + kept + text[line : entry.value] + literal(value) + text[entry.end :]


def _added(text: str, layout: Layout, path: Path, value: Value) -> str:
    inline = [entry for entry in layout.entries if entry.braces and path[: len(entry.path)] == entry.path]
    if inline:
        return _added_within(text, inline[-1], path, value)
    place = _place(layout, path[:-1])
    if place is not None:
        line = f"{dotted(path[len(place.table) :])} = {literal(value)}"
        return _with_line(text, place, line)
    if len(path) == 1:
        return _at_top(text, layout, f"{dotted(path)} = {literal(value)}")
    newline = _newline(text)
    gap = "" if not text else newline if text.endswith("\n") else newline * 2
    return f"{text}{gap}[{dotted(path[:-1])}]{newline}{dotted(path[-1:])} = {literal(value)}{newline}"


@dataclass(frozen=True, slots=True)
class _Place:
    """What a new key may stand behind, from ``start`` to ``end``, and the table that this is in."""

    table: Path
    start: int
    end: int


def _place(layout: Layout, parent: Path) -> _Place | None:
    """Behind the last key of its like, else behind its table's header."""
    like = [
        entry
        for entry in layout.entries
        if not entry.inline and len(entry.path) > len(parent) and entry.path[: len(parent)] == parent
    ]
    own = [entry for entry in like if entry.table == parent]
    own = own or [entry for entry in like if len(entry.table) < len(parent)]
    if own:
        return _Place(own[-1].table, own[-1].start, own[-1].end)
    headers = [header for header in layout.headers if header.path == parent and not header.array]
    return _Place(parent, headers[-1].start, headers[-1].end) if headers else None


def _with_line(text: str, place: _Place, line: str) -> str:
    """A line behind what stands at a place, as far from the margin as that."""
    newline = _newline(text)
    margin = text[_line_start(text, place.start) : place.start]
    end = text.find("\n", place.end)
    if end < 0:
        return f"{text}{newline}{margin}{line}{newline}"
    return f"{text[: end + 1]}{margin}{line}{newline}{text[end + 1 :]}"


def _at_top(text: str, layout: Layout, line: str) -> str:
    """A line before the first table, and before the comment that belongs to that."""
    newline = _newline(text)
    if not layout.headers:
        gap = "" if not text or text.endswith("\n") else newline
        return f"{text}{gap}{line}{newline}"
    place = _line_start(text, layout.headers[0].start)
    while place:
        above = _line_start(text, place - 1)
        if not text[above:place].lstrip(" \t").startswith("#"):
            break
        place = above
    return f"{text[:place]}{line}{newline}{newline}{text[place:]}"


def _added_within(text: str, entry: Entry, path: Path, value: Value) -> str:
    inner = text[entry.value + 1 : entry.end - 1]
    pair = f"{dotted(path[len(entry.path) :])} = {literal(value)}"
    comma = ", " if inner.strip() else " "
    kept = inner.rstrip(" \t")
    return f"{text[: entry.value + 1]}{kept}{comma}{pair} {text[entry.end - 1 :]}"


def _taken(text: str, layout: Layout, entry: Entry) -> str:
    line, kept = _kept(text, layout, entry)
    if entry.inline:
        return text[:line] + kept + _without_pair(text[line:], entry.start - line, entry.end - line)
    end = text.find("\n", entry.end) + 1 or len(text)
    behind = text[entry.end : end]
    margin = text[line : entry.start]
    return text[:line] + kept + (margin + behind.lstrip(" \t") if "#" in behind else "") + text[end:]


def _without_pair(text: str, start: int, end: int) -> str:
    """A text without what stands there within braces, and without one of the commas beside it."""
    after = re.compile(r"[ \t]*,[ \t]*").match(text, end)
    if after:
        return text[:start] + text[after.end() :]
    before = re.search(r"[ \t]*,[ \t]*\Z", text[:start])
    return (text[: before.start()] if before else text[:start]) + text[end:]


def _kept(text: str, layout: Layout, entry: Entry) -> tuple[int, str]:
    """Where the line of an entry begins, and the comments within its value as lines that go before it."""
    around = (outer for outer in layout.entries if outer.start <= entry.start and entry.end <= outer.end)
    outer = next(outer for outer in around if not outer.inline)
    line = _line_start(text, outer.start)
    margin, newline = text[line : outer.start], _newline(text)
    comments = comments_of(text[entry.value : entry.end])
    return line, "".join(f"{margin}{comment}{newline}" for comment in comments)


def _line_start(text: str, place: int) -> int:
    return text.rfind("\n", 0, place) + 1


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _put(document: dict[str, Any], path: Path, value: Value) -> None:
    for part in path[:-1]:
        inner = document.setdefault(part, {})
        if not isinstance(inner, dict):
            raise NotEditable(f"{part} is no table")
        document = inner
    if isinstance(document.get(path[-1]), dict):
        raise NotEditable(f"{path[-1]} is a table")
    document[path[-1]] = value if isinstance(value, str | bool) else list(value)


def _take(document: dict[str, Any], path: Path) -> None:
    for part in path[:-1]:
        document = document[part]
    del document[path[-1]]


def _checked(before: str, after: str, wanted: dict[str, Any]) -> str:
    """The new text, if it says what is wanted and keeps every comment.

    Raises:
        NotEditable: it does not.
    """
    try:
        said = tomllib.loads(after)
    except tomllib.TOMLDecodeError as error:
        raise NotEditable(f"the text would be no TOML: {error}") from None
    if _told(said) != _told(wanted):
        raise NotEditable("the text would say something else")
    if sorted(comments_of(after)) != sorted(comments_of(before)):
        raise NotEditable("a comment would be lost")
    return after


def _told(value: object) -> str:
    """A value as a text that is the same for what says the same; a table that is empty says nothing."""
    if isinstance(value, dict):
        inner = ((name, _told(value[name])) for name in sorted(value))
        return "{" + ",".join(f"{name!r}:{told}" for name, told in inner if told != "{}") + "}"
    if isinstance(value, list):
        return f"[{','.join(map(_told, value))}]"
    return repr(value)
