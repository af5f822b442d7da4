"""Whole documents as form input: pasted JSON, the body of a curl command, the text of an editor."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass, replace
from typing import Any

from tui.actions.printing.formats import json_text
from tui.errors import OrdexError
from tui.orders.api_object import ApiDocument
from tui.orders.changes import ABSENT, json_equal, overlay_document, writable
from tui.orders.json_rules import JsonError
from tui.orders.request import template_of
from tui.orders.strict_json import MAX_DEPTH, read_json

from .form_check import intended_document
from .form_state import FormState, RejectedText

LONGEST_PASTE = 4_000_000
"""Most characters of a pasted text; an order with 500 items takes a tenth of it."""

_CONTINUED = re.compile(r"(?:\\|\^|`)[ \t]*(?:\r?\n|\Z)")
_ANSI_C = re.compile(r"(?<!\S)\$'((?:[^'\\]|\\.)*)'", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_SIGNS = {"n": "\n", "r": "\r", "t": "\t", "0": "\0"}
_DATA = ("--data-raw", "--data-binary", "--data-ascii", "--data", "--json")


class NotAnOrder(OrdexError, ValueError):
    """The text is not an order. The message never quotes a pasted command, which holds secrets."""

    title = "This is not an order"


@dataclass(frozen=True, slots=True)
class Pasted:
    """The document in a pasted text, and its source in words."""

    document: ApiDocument
    remark: str


def looks_like_document(text: str) -> bool:
    """Whether a pasted text is a whole document and not the text of one field."""
    start = text.lstrip()[:6]
    return start.startswith(("{", "[{")) or re.match(r"curl\s", start) is not None


def read_pasted(text: str) -> Pasted:
    """Parse a pasted text: JSON, or a curl command, which is never run.

    Raises:
        NotAnOrder: it is neither, or not one order.
    """
    if len(text) > LONGEST_PASTE:
        raise NotAnOrder("the text is too long for an order")
    stripped = text.strip()
    if re.match(r"curl\s", stripped):
        return Pasted(_one_order(_json(_body_of(stripped), "the command's body")), "from a curl command")
    return Pasted(_one_order(_json(stripped, "the text")), "from JSON")


def _one_order(value: Any) -> ApiDocument:
    if isinstance(value, list):
        if len(value) != 1:
            raise NotAnOrder(f"the text holds {len(value):,} orders; the form takes one")
        value = value[0]
    if not isinstance(value, dict):
        raise NotAnOrder("the text is JSON, but not an object")
    return value


def _json(text: str, what: str) -> Any:
    try:
        return read_json(text, max_depth=MAX_DEPTH + 1)  # The order may stand in a list of one.
    except JsonError as error:
        raise NotAnOrder(f"{what} {error.reason}") from None


def _body_of(command: str) -> str:
    """The request body in a curl command."""
    try:
        words = shlex.split(_ANSI_C.sub(_plain_quotes, _CONTINUED.sub(" ", command)))
    except ValueError:
        raise NotAnOrder("the command cannot be read: a quotation mark is not closed") from None
    bodies = list(_bodies(words[1:]))
    if len(bodies) != 1:
        raise NotAnOrder(
            "the command has no body; include -d or --data"
            if not bodies
            else "the command has several bodies; an order needs one"
        )
    if bodies[0].startswith("@"):
        raise NotAnOrder("the command reads its body from a file; paste the content of the file instead")
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
    """Rewrite ``$'…'``, which browsers copy, in quotes that shlex understands."""
    return shlex.quote(_ESCAPE.sub(_unescaped, match.group(1)))


def _unescaped(match: re.Match[str]) -> str:
    if code := match.group(1) or match.group(2):
        return chr(int(code, 16))
    return _SIGNS.get(match.group(3), match.group(3))


def document_text(state: FormState) -> str:
    """The document as JSON to edit, or the last rejected text. Hidden characters are escaped."""
    if state.rejected is not None:
        return state.rejected.text
    return format_document(editable_document(state))


def editable_document(state: FormState) -> ApiDocument:
    """The editable part of the document."""
    meant = intended_document(state)
    return writable(meant) if state.kind == "update" else meant


def format_document(document: ApiDocument) -> str:
    """The document as indented JSON; control and hidden characters are escaped."""
    return json_text(document, indent=2) + "\n"


def apply_text(state: FormState, text: str) -> FormState:
    """Apply an edited text. A text that is not an order is kept with the reason."""
    if text == document_text(state):
        return state
    try:
        pasted = read_pasted(text)
    except NotAnOrder as reason:
        return replace(state, rejected=RejectedText(text, str(reason)))
    return apply_document(replace(state, rejected=None), pasted.document)


def apply_document(state: FormState, document: ApiDocument) -> FormState:
    """Replace the document. Equal values stay the same objects, so they count as unchanged."""
    if state.kind == "create":
        return state if json_equal(document, state.document) else state.with_document(document)
    shown = editable_document(state)
    made = {name: value for name, value in state.document.items() if name not in shown}
    for name, value in document.items():
        made[name] = state.document[name] if _unchanged(name, value, shown, state.document) else value
    if json_equal(made, state.document):
        return replace(state, rejected=None)
    return state.with_document(made)


def fill_form(state: FormState, document: ApiDocument, *, whole: bool) -> FormState:
    """Replace the form's document with a pasted one, or merge it in.

    A complete order from the API is used as a template; fields that cannot be written are left out.
    """
    given = template_of(document) if document.get("object") == "order" else document
    if state.kind == "update":
        given = {name: value for name, value in writable(given).items() if name != "id"}
    return apply_document(state, given if whole else overlay_document(editable_document(state), given))


def _unchanged(name: str, value: Any, shown: ApiDocument, held: ApiDocument) -> bool:
    return name in held and json_equal(shown.get(name, ABSENT), value)
