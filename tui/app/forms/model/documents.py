"""The form's document as text to edit, and whole documents laid into a form.

Of an update only what can be written is edited; what the service makes stays as it was and is not shown.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tui.actions.printing.formats import json_text
from tui.orders.api_object import ApiDocument
from tui.orders.changes import ABSENT, json_equal, overlay_document, writable
from tui.orders.request import template_of

from .checking import intended
from .pasting import NotAnOrder, read_pasted
from .state import FormState, Rejected


def document_text(state: FormState) -> str:
    """The document as JSON to edit, or the text that was refused last. Hidden characters are escaped."""
    if state.rejected is not None:
        return state.rejected.text
    return as_text(editable(state))


def editable(state: FormState) -> ApiDocument:
    """What of the document a person edits."""
    meant = intended(state)
    return writable(meant) if state.kind == "update" else meant


def as_text(document: ApiDocument) -> str:
    """A document as JSON in lines; what would act or hide in an editor is written as an escape."""
    return json_text(document, indent=2) + "\n"


def take_text(state: FormState, text: str) -> FormState:
    """The form with an edited text; a text that is no order is kept with the reason, and loses nothing."""
    if text == document_text(state):
        return state
    try:
        pasted = read_pasted(text)
    except NotAnOrder as reason:
        return replace(state, rejected=Rejected(text, str(reason)))
    return take_document(replace(state, rejected=None), pasted.document)


def take_document(state: FormState, document: ApiDocument) -> FormState:
    """The form with a whole document in place of its own; what is equal in both stays the very same."""
    if state.kind == "create":
        return state if json_equal(document, state.document) else state.with_document(document)
    shown = editable(state)
    made = {name: value for name, value in state.document.items() if name not in shown}
    for name, value in document.items():
        made[name] = state.document[name] if _unchanged(name, value, shown, state.document) else value
    if json_equal(made, state.document):
        return replace(state, rejected=None)
    return state.with_document(made)


def fill(state: FormState, document: ApiDocument, *, whole: bool) -> FormState:
    """The form with a pasted document: in place of what stands there, or laid over it.

    An order as the service answers one is taken as a template; what an order cannot be given is left out.
    """
    given = template_of(document) if document.get("object") == "order" else document
    if state.kind == "update":
        given = {name: value for name, value in writable(given).items() if name != "id"}
    return take_document(state, given if whole else overlay_document(editable(state), given))


def _unchanged(name: str, value: Any, shown: ApiDocument, held: ApiDocument) -> bool:
    return name in held and json_equal(shown.get(name, ABSENT), value)
