"""How forms begin, and how they are written down as drafts."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from tui.errors import OrdexError
from tui.orders.api_object import ApiDocument
from tui.orders.request import template_of

from .state import FormState, Rejected, Typed

VERSION = 1


class NotADraft(OrdexError, ValueError):
    """What was kept cannot be read as a form, as after a change of its layout."""

    title = "The draft cannot be used"


def new_form() -> FormState:
    """An empty form that makes an order."""
    return _form("create", {})


def template_form(document: ApiDocument) -> FormState:
    """A form that makes another order like this one: no identity, nothing that the service makes."""
    return _form("create", template_of(document))


def edit_form(document: ApiDocument) -> FormState:
    """A form that changes an order; the document is the base that changes are told from."""
    return _form("update", document)


def draft_name(state: FormState) -> str:
    """What the form's draft is kept under: ``create``, or ``update`` and the order's id."""
    return "create" if state.kind == "create" else f"update {state.origin.get('id', '')}"


def to_draft(state: FormState) -> dict[str, Any]:
    """The form as a JSON object, whole: ``from_draft`` gives the same form back."""
    return {
        "version": VERSION,
        "kind": state.kind,
        "origin": state.origin,
        "document": None if state.document is state.origin else state.document,
        "typed": [[list(path), *typed] for path, typed in state.typed.items()],
        "modes": dict(state.modes),
        "laid_aside": {who: dict(by_mode) for who, by_mode in state.laid_aside.items()},
        "rejected": list(state.rejected) if state.rejected else None,
    }


def from_draft(content: Mapping[str, Any]) -> FormState:
    """The form of a draft.

    Raises:
        NotADraft: it was not written by this version, or it is damaged.
    """
    try:
        if content["version"] != VERSION or content["kind"] not in ("create", "update"):
            raise NotADraft("the draft was saved by another version of Ordex")
        origin = _object(content["origin"])
        document = content["document"]
        return FormState(
            kind=content["kind"],
            origin=origin,
            document=origin if document is None else _object(document),
            typed=MappingProxyType({tuple(at): Typed(*typed) for at, *typed in content["typed"]}),
            modes=MappingProxyType(dict(content["modes"])),
            laid_aside=MappingProxyType(
                {who: MappingProxyType(dict(held)) for who, held in content["laid_aside"].items()}
            ),
            rejected=Rejected(*content["rejected"]) if content["rejected"] else None,
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise NotADraft("the draft cannot be read") from error


def _form(kind: Any, document: ApiDocument) -> FormState:
    return FormState(kind=kind, origin=document, document=document)


def _object(value: Any) -> ApiDocument:
    if not isinstance(value, dict):
        raise TypeError
    return value
