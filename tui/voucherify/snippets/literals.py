"""JSON documents as literals of a language, in ASCII and laid out for people."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .api_request import BASE_URL, SnippetRequest

WIDTH = 80
"""The most characters of a container on one line."""

_NUMBERS = frozenset({"limit", "page"})
"""Parameters of queries that are whole numbers."""


@dataclass(frozen=True, slots=True)
class Notation:
    """How a language writes values.

    ``text`` writes a text so that nothing in it ends the literal or acts in it; ``key`` writes a key with
    what stands between it and its value.
    """

    text: Callable[[str], str]
    key: Callable[[str], str]
    object: tuple[str, str] = ("{", "}")
    array: tuple[str, str] = ("[", "]")
    null: str = "null"
    true: str = "true"
    false: str = "false"
    step: int = 4

    def scalar(self, value: Any) -> str:
        """A value that holds no others."""
        if isinstance(value, str):
            return self.text(value)
        if value is None:
            return self.null
        if isinstance(value, bool):
            return self.true if value else self.false
        return json.dumps(value)

    def write(self, value: Any, indent: int = 0) -> str:
        """A whole document; ``indent`` is how far its first line is in."""
        if not isinstance(value, dict | list):
            return self.scalar(value)
        inner = indent + self.step
        if isinstance(value, dict):
            parts = [self.key(key) + self.write(held, inner) for key, held in value.items()]
            return laid_out(parts, *self.object, indent=indent, step=self.step)
        parts = [self.write(held, inner) for held in value]
        return laid_out(parts, *self.array, indent=indent, step=self.step)


def laid_out(parts: list[str], opening: str, closing: str, *, indent: int, step: int = 4) -> str:
    """Parts between brackets: on one line where they fit, else one a line, with a comma behind each."""
    line = opening + ", ".join(parts) + closing
    if len(line) + indent <= WIDTH and not any("\n" in part for part in parts):
        return line
    inner = " " * (indent + step)
    return "\n".join([opening, *(f"{inner}{part}," for part in parts), " " * indent + closing])


def is_number(name: str, value: str) -> bool:
    """Whether a parameter of a query is a whole number that every language reads as it stands."""
    return name in _NUMBERS and re.fullmatch(r"0|[1-9][0-9]{0,8}", value) is not None


def parameter(name: str, value: str, text: Callable[[str], str]) -> str:
    """The value of a parameter of a query: a number where it is one, else as ``text`` writes it."""
    return value if is_number(name, value) else text(value)


def escaped(text: str, short: dict[str, str], code: Callable[[int], str]) -> str:
    """The text in printable ASCII: ``short`` has escapes of some characters, ``code`` writes all others."""
    return "".join(
        short[sign] if sign in short else sign if " " <= sign <= "~" else code(ord(sign)) for sign in text
    )


def utf16(code: int) -> str:
    """A character as JavaScript and Java escape it: one or two units of four digits."""
    if code < 0x10000:
        return f"\\u{code:04x}"
    high, low = divmod(code - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"


SHORT = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def text(value: str) -> str:
    """A text in double quotes."""
    return f'"{escaped(value, SHORT, _code)}"'


def _code(code: int) -> str:
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


PYTHON = Notation(text, lambda key: f"{text(key)}: ", null="None", true="True", false="False")


def address(asked: SnippetRequest) -> str:
    """The base URL as an expression."""
    return text(asked.base_url) if asked.base_url else f'os.environ["{BASE_URL}"]'
