"""Where each key and table of a TOML text stands, as tomlkit parses it. ``tomllib`` gives no positions."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tomlkit.container import Container
    from tomlkit.items import Item, Table

Path = tuple[str, ...]
"""The parts of a key, from the top of the file: ``("profiles", "shop", "kind")``."""


@dataclass(frozen=True, slots=True)
class TomlEntry:
    """A key with its value: the key begins at ``start``, the value is from ``value`` to ``end``.

    ``table`` is the path of the table that holds it. ``inline``: it is inside an inline table.
    ``is_inline_table``: its value is one. A key inside an array of tables has no path, so no entry.
    """

    path: Path
    table: Path
    start: int
    value: int
    end: int
    inline: bool
    is_inline_table: bool


@dataclass(frozen=True, slots=True)
class TomlHeader:
    """The header of a table, from ``start`` to ``end``; ``in_array`` if the table is part of an array."""

    path: Path
    start: int
    end: int
    in_array: bool


@dataclass(frozen=True, slots=True)
class TomlPositions:
    """Entries and headers, each in the order of the text; an inline table comes before its keys."""

    entries: tuple[TomlEntry, ...]
    headers: tuple[TomlHeader, ...]


def toml_positions(text: str) -> TomlPositions:
    """Find every key and header.

    Args:
        text: a valid TOML text.

    Raises:
        ValueError: tomlkit does not give the text back as it is.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        found = list(_Walk(text).items(tomlkit.parse(text), (), ()))
    except (TOMLKitError, RecursionError) as error:
        raise ValueError(f"tomlkit cannot read it: {error}") from None
    return TomlPositions(
        tuple(each for each in found if isinstance(each, TomlEntry)),
        tuple(each for each in found if isinstance(each, TomlHeader)),
    )


@lru_cache(maxsize=4)
def key_lines(text: str) -> Mapping[Path, int]:
    """The line, counted from 1, on which each key and table is first named; empty where that is unknown.

    Args:
        text: a valid TOML text.
    """
    try:
        positions = toml_positions(text)
    except ValueError:
        return {}
    named: list[tuple[int, Path]] = []
    # A dotted key or header names the tables on its way too.
    for header in positions.headers:
        named += [(header.start, header.path[:depth]) for depth in range(1, len(header.path) + 1)]
    for entry in positions.entries:
        named += [
            (entry.start, entry.path[:depth]) for depth in range(len(entry.table) + 1, len(entry.path) + 1)
        ]
    begins = [0, *(place + 1 for place, character in enumerate(text) if character == "\n")]
    lines: dict[Path, int] = {}
    for place, path in sorted(named):
        lines.setdefault(path, bisect_right(begins, place))
    return lines


class _Walk:
    """Passes the items of a document in the order of the text, and keeps the position."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._position = 0

    def items(
        self, container: Container, path: Path, table: Path | None, *, prefix: str = "", inline: bool = False
    ) -> Iterator[TomlEntry | TomlHeader]:
        """Everything below a container. ``table`` is ``None`` inside an array of tables."""
        from tomlkit.items import AoT, Table

        for key, item in container.body:
            if key is None:
                self._skip("" if inline else item.as_string())
                continue
            here = (*path, key.key)
            if isinstance(item, AoT):
                for element in item.body:
                    yield self._header(here, element, in_array=True)
                    yield from self.items(element.value, here, None)
            elif isinstance(item, Table) and key.is_dotted():
                dotted = f"{prefix}{key.as_string()}.{key.sep}"
                yield from self.items(item.value, here, table, prefix=dotted, inline=inline)
            elif isinstance(item, Table):
                # The parent that [a.b] implies for a has no header.
                if not item.is_super_table():
                    yield self._header(here, item, in_array=table is None)
                yield from self.items(item.value, here, None if table is None else here)
            else:
                yield from self._pair(here, table, f"{prefix}{key.as_string()}", key.sep, item, inline=inline)

    def _pair(
        self, path: Path, table: Path | None, key: str, sep: str, item: Item, *, inline: bool
    ) -> Iterator[TomlEntry | TomlHeader]:
        from tomlkit.items import InlineTable

        if inline:
            self._skip_any(" \t\r\n,")
        else:
            self._skip(item.trivia.indent)
        start = self._position + len(key) - len(key.lstrip())
        self._skip(key + sep)
        value = self._position
        braces = isinstance(item, InlineTable)
        # tomlkit counts the space behind a date as a part of it.
        written = item.as_string().rstrip()
        inner: list[TomlEntry | TomlHeader] = []
        if isinstance(item, InlineTable) and table is not None:
            self._skip("{")
            inner = list(self.items(item.value, path, path, inline=True))
            self._skip_any(" \t\r\n,")
            self._skip("}")
        else:
            self._skip(written)
        if table is not None:
            yield TomlEntry(path, table, start, value, self._position, inline, braces)
        yield from inner
        if not inline:
            self._skip(item.as_string()[len(written) :])
            self._skip(item.trivia.comment_ws + item.trivia.comment + item.trivia.trail)

    def _header(self, path: Path, table: Table, *, in_array: bool) -> TomlHeader:
        self._skip(table.trivia.indent)
        start = self._position
        # tomlkit may lose a space inside the brackets.
        self._skip_any("[ \t")
        self._skip((table.display_name or "").strip())
        self._skip_any("] \t")
        end = start + len(self._text[start : self._position].rstrip())
        self._skip(table.trivia.comment_ws.lstrip(" \t") + table.trivia.comment + table.trivia.trail)
        return TomlHeader(path, start, end, in_array)

    def _skip_any(self, characters: str) -> None:
        while self._position < len(self._text) and self._text[self._position] in characters:
            self._position += 1

    def _skip(self, written: str) -> None:
        if not self._text.startswith(written, self._position):
            raise ValueError("tomlkit would change the layout of the text")
        self._position += len(written)
