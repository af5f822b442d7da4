"""Drafts: the form as a JSON object, and the drafts of one profile."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from tui.app.forms.model.form_state import FormState, InvalidInput, RejectedText
from tui.errors import OrdexError
from tui.jobs.changes.drafts import Draft, Drafts
from tui.orders.api_object import ApiDocument

VERSION = 1


class InvalidDraft(OrdexError, ValueError):
    """A draft cannot be read, for example after a change of its format."""

    title = "The draft cannot be used"


def draft_name(state: FormState) -> str:
    """The name of a form's draft: ``create``, or ``update`` and the order's ID."""
    return "create" if state.kind == "create" else f"update {state.origin.get('id', '')}"


def to_draft(state: FormState) -> dict[str, Any]:
    """The complete form as a JSON object; the inverse of ``from_draft``."""
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
    """Read a form from a draft; the inverse of ``to_draft``.

    Raises:
        InvalidDraft: it was written by another version, or it is damaged.
    """
    try:
        if content["version"] != VERSION or content["kind"] not in ("create", "update"):
            raise InvalidDraft("the draft was saved by another version of Ordex")
        origin = _object(content["origin"])
        document = content["document"]
        return FormState(
            kind=content["kind"],
            origin=origin,
            document=origin if document is None else _object(document),
            typed=MappingProxyType({tuple(at): InvalidInput(*typed) for at, *typed in content["typed"]}),
            modes=MappingProxyType(dict(content["modes"])),
            laid_aside=MappingProxyType(
                {who: MappingProxyType(dict(held)) for who, held in content["laid_aside"].items()}
            ),
            rejected=RejectedText(*content["rejected"]) if content["rejected"] else None,
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise InvalidDraft("the draft cannot be read") from error


def _object(value: Any) -> ApiDocument:
    if not isinstance(value, dict):
        raise TypeError
    return value


class ProfileDrafts:
    """The drafts of one profile. Calls are executed in order, off the event loop."""

    def __init__(self, drafts: Drafts, profile: str) -> None:
        self._drafts = drafts
        self._profile = profile
        self._turn = asyncio.Lock()

    async def load(self, name: str) -> Draft | None:
        """Read the draft with this name (``create``, ``update ord_…``)."""
        async with self._turn:
            return await asyncio.to_thread(self._drafts.get, self._profile, name)

    async def save(self, state: FormState) -> Draft:
        """Save a draft; it is on disk when this returns."""
        async with self._turn:
            content = to_draft(state)
            return await asyncio.to_thread(self._drafts.put, self._profile, draft_name(state), content)

    async def discard(self, name: str) -> None:
        """Delete a draft."""
        async with self._turn:
            await asyncio.to_thread(self._drafts.take, self._profile, name)
