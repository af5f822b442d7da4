"""What was pasted, as an order: a JSON document, or the body of a curl command.

A command is read, never run. Of its words only the body is kept: headers, and the keys in them, are not.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from typing import Any

from tui.errors import OrdexError
from tui.orders.api_object import ApiDocument
from tui.orders.json_rules import JsonError
from tui.orders.strict_json import MAX_DEPTH, read_json

LONGEST = 4_000_000
"""Characters that are read; 500 items take a tenth of it."""

_CONTINUED = re.compile(r"(?:\\|\^|`)[ \t]*(?:\r?\n|\Z)")
_ANSI_C = re.compile(r"(?<!\S)\$'((?:[^'\\]|\\.)*)'", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_SIGNS = {"n": "\n", "r": "\r", "t": "\t", "0": "\0"}
_DATA = ("--data-raw", "--data-binary", "--data-ascii", "--data", "--json")


class NotAnOrder(OrdexError, ValueError):
    """The text holds no order; the message says why, and holds nothing of a command but its shape."""

    title = "This is not an order"


@dataclass(frozen=True, slots=True)
class Pasted:
    """The document that a text holds, and what is to be known about where it came from."""

    document: ApiDocument
    remark: str


def looks_like_document(text: str) -> bool:
    """Whether a pasted text is meant for the form as a whole and not for one field."""
    start = text.lstrip()[:6]
    return start.startswith(("{", "[{")) or re.match(r"curl\s", start) is not None


def read_pasted(text: str) -> Pasted:
    """Read a pasted text.

    Raises:
        NotAnOrder: with the reason.
    """
    if len(text) > LONGEST:
        raise NotAnOrder("the text is far longer than any order")
    stripped = text.strip()
    if re.match(r"curl\s", stripped):
        return Pasted(_one_order(_json(_body_of(stripped), "the command's body")), "from a curl command")
    return Pasted(_one_order(_json(stripped, "the text")), "from JSON")


def _one_order(value: Any) -> ApiDocument:
    if isinstance(value, list):
        if len(value) != 1:
            raise NotAnOrder(f"the text holds {len(value):,} orders; a form takes one, an import takes many")
        value = value[0]
    if not isinstance(value, dict):
        raise NotAnOrder("the text is JSON, but no object")
    return value


def _json(text: str, what: str) -> Any:
    try:
        return read_json(text, max_depth=MAX_DEPTH + 1)  # The order may stand in a list of one.
    except JsonError as error:
        raise NotAnOrder(f"{what} {error.reason}") from None


def _body_of(command: str) -> str:
    """The body among a command's words."""
    try:
        words = shlex.split(_ANSI_C.sub(_plain_quotes, _CONTINUED.sub(" ", command)))
    except ValueError:
        raise NotAnOrder("the command cannot be read: a quotation mark is not closed") from None
    bodies = list(_bodies(words[1:]))
    if len(bodies) != 1:
        raise NotAnOrder(
            "the command has no body; copy it with its -d or --data"
            if not bodies
            else "the command has several bodies; an order is one"
        )
    if bodies[0].startswith("@"):
        raise NotAnOrder("the command reads its body from a file; paste the content of the file")
    return bodies[0]


def _bodies(words: list[str]) -> list[str]:
    found = []
    at = 0
    while at < len(words):
        word = words[at]
        flag, sign, attached = word.partition("=")
        if flag in _DATA:
            if not sign:
                at += 1
                attached = words[at] if at < len(words) else ""
            found.append(attached)
        elif word == "-d" and at + 1 < len(words):
            at += 1
            found.append(words[at])
        elif word.startswith("-d") and len(word) > 2:
            found.append(word[2:])
        elif word in ("-H", "--header", "-u", "--user"):
            at += 1
        at += 1
    return found


def _plain_quotes(match: re.Match[str]) -> str:
    """``$'…'``, as browsers copy it, in quotes that every shell reads alike."""
    return shlex.quote(_ESCAPE.sub(_unescaped, match.group(1)))


def _unescaped(match: re.Match[str]) -> str:
    if code := match.group(1) or match.group(2):
        return chr(int(code, 16))
    return _SIGNS.get(match.group(3), match.group(3))
