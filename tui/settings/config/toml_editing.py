"""Changes to single settings in a TOML text: comments, order and every other byte stay as they are.

tomlkit gives positions and writes keys and values; the text itself is changed here. tomlkit's own changes
lose the comment behind a removed key and put a new key below the comment of the next table. Each result is
parsed again: it must mean what was wanted and keep every comment, or nothing is changed.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from typing import Any

import tomlkit

from tui.errors import OrdexError

from .toml_positions import Path, TomlEntry, TomlHeader, toml_positions

Value = str | bool | Sequence[str]
"""What a setting can be: a text, true or false, or a list of texts."""

_STRING_OR_COMMENT = re.compile(
    r'"""(?:\\.|[^\\])*?""""{0,2}' + r"|'''.*?''''{0,2}" + r'|"(?:[^"\\\n]|\\.)*"' + r"|'[^'\n]*'"
    r"|(?P<comment>#[^\r\n]*)",
    re.S,
)
_COMMA_AFTER = re.compile(r"[ \t]*,[ \t]*")
_COMMA_BEFORE = re.compile(r"[ \t]*,[ \t]*\Z")


class NotEditable(OrdexError):
    """The change would affect something else in the file, so the user has to make it in an editor."""

    title = "The settings file cannot be changed"


def set_value(text: str, path: Path, value: Value) -> str:
    """Change a setting in its place, or add it next to the settings of its table.

    Args:
        text: a valid TOML text.
        path: the parts of the setting's key.
        value: the new value.

    Raises:
        NotEditable: the change cannot be made alone.
    """
    wanted = tomllib.loads(text)
    _put(wanted, path, value)
    editor = _Editor(text)
    entry = editor.entry(path)
    after = editor.with_new_key(path, value) if entry is None else editor.with_new_value(entry, value)
    return _verified(text, after, wanted)


def remove_value(text: str, path: Path) -> str:
    """Remove a setting; a comment behind it stays, on a line of its own.

    Raises:
        KeyError: the text has no such setting.
        NotEditable: the change cannot be made alone.
    """
    editor = _Editor(text)
    entry = editor.entry(path)
    if entry is None:
        raise KeyError(".".join(path))
    wanted = tomllib.loads(text)
    _remove(wanted, path)
    return _verified(text, editor.without_entry(entry), wanted)


def remove_table(text: str, path: Path) -> str:
    """Remove a table and all that is in it; comments stay, each on a line of its own.

    Raises:
        KeyError: the text has no such table.
        NotEditable: the change cannot be made alone.
    """
    wanted = tomllib.loads(text)
    _remove(wanted, path)
    editor = _Editor(text)
    while below := [entry for entry in editor.entries if _is_below(entry.path, path)]:
        editor = _Editor(editor.without_entry(below[0]))
    return _verified(text, editor.without_headers(path), wanted)


def toml_literal(value: Value) -> str:
    """A value as TOML writes it."""
    return tomlkit.item(value if isinstance(value, str | bool) else list(value)).as_string()


def toml_key(path: Iterable[str]) -> str:
    """A key as TOML writes it: ``profiles.shop.kind``, with quotation marks where it needs them."""
    return ".".join(tomlkit.key(part).as_string() for part in path)


def comments_of(text: str) -> list[str]:
    """The comments of a TOML text, in their order."""
    return [match["comment"] for match in _STRING_OR_COMMENT.finditer(text) if match["comment"] is not None]


class _Editor:
    """A text with the positions in it; each method gives a changed text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._newline = "\r\n" if "\r\n" in text else "\n"
        try:
            positions = toml_positions(text)
        except ValueError as error:
            raise NotEditable(str(error)) from None
        self.entries = positions.entries
        self._headers = positions.headers

    def entry(self, path: Path) -> TomlEntry | None:
        return next((entry for entry in self.entries if entry.path == path), None)

    def with_new_value(self, entry: TomlEntry, value: Value) -> str:
        line, comments = self._comments_in(entry)
        return (
            self._text[:line]
            + comments
            + self._text[line : entry.value]
            + toml_literal(value)
            + self._text[entry.end :]
        )

    def with_new_key(self, path: Path, value: Value) -> str:
        inline = [entry for entry in self.entries if entry.is_inline_table and _is_below(path, entry.path)]
        if inline:
            return self._with_inline_key(inline[-1], path, value)
        parent = path[:-1]
        # A key belongs behind the last one of its table, else behind the dotted keys that name the table.
        near = [
            entry
            for entry in self.entries
            if not entry.inline and entry.path != parent and _is_below(entry.path, parent)
        ]
        near = [entry for entry in near if entry.table == parent] or [
            entry for entry in near if len(entry.table) < len(parent)
        ]
        if near:
            return self._with_line_behind(near[-1], _assignment(path[len(near[-1].table) :], value))
        headers = [header for header in self._headers if header.path == parent and not header.in_array]
        if headers:
            return self._with_line_behind(headers[-1], _assignment(path[-1:], value))
        if not parent:
            return self._with_first_line(_assignment(path, value))
        gap = ""
        if self._text:
            gap = self._newline if self._text.endswith("\n") else self._newline * 2
        lines = (f"[{toml_key(parent)}]", _assignment(path[-1:], value))
        return self._text + gap + "".join(line + self._newline for line in lines)

    def without_entry(self, entry: TomlEntry) -> str:
        line, comments = self._comments_in(entry)
        if entry.inline:
            start, end = self._with_one_comma(entry)
            return self._text[:line] + comments + self._text[line:start] + self._text[end:]
        end = self._next_line(entry.end)
        behind = self._text[entry.end : end]
        kept = self._text[line : entry.start] + behind.lstrip(" \t") if "#" in behind else ""
        return self._text[:line] + comments + kept + self._text[end:]

    def without_headers(self, path: Path) -> str:
        text = self._text
        for header in reversed(self._headers):
            if _is_below(header.path, path):
                end = self._next_line(header.end)
                behind = self._text[header.end : end]
                kept = behind.lstrip(" \t") if "#" in behind else ""
                text = text[: self._line_start(header.start)] + kept + text[end:]
        return text

    def _with_inline_key(self, entry: TomlEntry, path: Path, value: Value) -> str:
        inner = self._text[entry.value + 1 : entry.end - 1]
        pair = _assignment(path[len(entry.path) :], value)
        comma = ", " if inner.strip() else " "
        before = self._text[: entry.value + 1] + inner.rstrip(" \t")
        return f"{before}{comma}{pair} {self._text[entry.end - 1 :]}"

    def _with_line_behind(self, place: TomlEntry | TomlHeader, line: str) -> str:
        """Add a line below a key or header, with the same margin."""
        margin = self._text[self._line_start(place.start) : place.start]
        end = self._next_line(place.end)
        gap = "" if self._text[:end].endswith("\n") else self._newline
        return f"{self._text[:end]}{gap}{margin}{line}{self._newline}{self._text[end:]}"

    def _with_first_line(self, line: str) -> str:
        """Add a line above the first table and the comment that belongs to it."""
        if not self._headers:
            gap = "" if not self._text or self._text.endswith("\n") else self._newline
            return f"{self._text}{gap}{line}{self._newline}"
        place = self._line_start(self._headers[0].start)
        while place:
            above = self._line_start(place - 1)
            if not self._text[above:place].lstrip(" \t").startswith("#"):
                break
            place = above
        return f"{self._text[:place]}{line}{self._newline * 2}{self._text[place:]}"

    def _with_one_comma(self, entry: TomlEntry) -> tuple[int, int]:
        """The range of an inline key together with the comma behind it, else the one before it."""
        if after := _COMMA_AFTER.match(self._text, entry.end):
            return entry.start, after.end()
        before = _COMMA_BEFORE.search(self._text[: entry.start])
        return before.start() if before else entry.start, entry.end

    def _comments_in(self, entry: TomlEntry) -> tuple[int, str]:
        """Where the line of an entry begins, and the comments inside its value as lines to put above it."""
        outer = next(
            outer
            for outer in self.entries
            if not outer.inline and outer.start <= entry.start and entry.end <= outer.end
        )
        line = self._line_start(outer.start)
        margin = self._text[line : outer.start]
        comments = comments_of(self._text[entry.value : entry.end])
        return line, "".join(f"{margin}{comment}{self._newline}" for comment in comments)

    def _line_start(self, place: int) -> int:
        return self._text.rfind("\n", 0, place) + 1

    def _next_line(self, place: int) -> int:
        return self._text.find("\n", place) + 1 or len(self._text)


def _assignment(path: Path, value: Value) -> str:
    return f"{toml_key(path)} = {toml_literal(value)}"


def _is_below(path: Path, table: Path) -> bool:
    return path[: len(table)] == table


def _put(document: dict[str, Any], path: Path, value: Value) -> None:
    for part in path[:-1]:
        inner = document.setdefault(part, {})
        if not isinstance(inner, dict):
            raise NotEditable(f"{part} is not a table")
        document = inner
    if isinstance(document.get(path[-1]), dict):
        raise NotEditable(f"{path[-1]} is a table")
    document[path[-1]] = value if isinstance(value, str | bool) else list(value)


def _remove(document: dict[str, Any], path: Path) -> None:
    for part in path[:-1]:
        document = document[part]
    del document[path[-1]]


def _verified(before: str, after: str, wanted: dict[str, Any]) -> str:
    """The new text, if it means what is wanted and keeps every comment.

    Raises:
        NotEditable: it would mean something else, or lose a comment.
    """
    try:
        document = tomllib.loads(after)
    except tomllib.TOMLDecodeError as error:
        raise NotEditable(f"the result would not be TOML: {error}") from None
    if _comparable(document) != _comparable(wanted):
        raise NotEditable("another setting would change")
    if sorted(comments_of(after)) != sorted(comments_of(before)):
        raise NotEditable("a comment would be lost")
    return after


def _comparable(value: object) -> str:
    """A value as text that is equal for equal meanings (``nan`` too); an empty table counts as absent."""
    if isinstance(value, dict):
        inner = ((name, _comparable(value[name])) for name in sorted(value))
        return "{" + ",".join(f"{name!r}:{text}" for name, text in inner if text != "{}") + "}"
    if isinstance(value, list):
        return f"[{','.join(map(_comparable, value))}]"
    return repr(value)
