"""How the form identifies a customer or referrer: none, by ID, by source ID, or a new person."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import Any, Literal, get_args

from tui.orders.api_object import ApiDocument
from tui.orders.changes import ABSENT
from tui.orders.paths import value_at

from .document_edits import with_value, without_value
from .form_state import FormState

Mode = Literal["none", "by id", "by source_id", "new"]
MODES: tuple[Mode, ...] = get_args(Mode)

_NAMED_BY: dict[str, str] = {"by id": "id", "by source_id": "source_id"}


def mode_of(state: FormState, who: str) -> str:
    """How ``customer`` or ``referrer`` is identified now."""
    return state.modes.get(who) or _read_off(state.document.get(who))


def choose_mode(state: FormState, who: str, mode: str) -> FormState:
    """Identify the person in another way. The values typed for each mode are kept and restored with it."""
    was = mode_of(state, who)
    if mode == was:
        return state
    held = dict(state.laid_aside.get(who, {}))
    if who in state.document:
        held[was] = state.document[who]
    person = held.pop(mode, None)
    if person is None:
        person = _first(state.origin.get(who), mode)
    document: ApiDocument = (
        without_value(state.document, (who,))
        if mode == "none"
        else with_value(state.document, (who,), person)
    )
    typed = {path: text for path, text in state.typed.items() if path[0] != who}
    return replace(
        state,
        document=document,
        typed=MappingProxyType(typed),
        modes=MappingProxyType({**state.modes, who: mode}),
        laid_aside=MappingProxyType({**state.laid_aside, who: MappingProxyType(held)}),
    )


def missing_identity(state: FormState, who: str) -> str:
    """The fault of a person without an identity; empty if there is none."""
    mode, person = state.modes.get(who, "none"), state.document.get(who)
    if mode == "none" or not isinstance(person, dict):
        return ""
    if field := _NAMED_BY.get(mode):
        return "" if value_at(person, (field,)) is not ABSENT else f"is required to identify the {who}"
    return "" if person else "is required, or another field of the new person"


def _read_off(person: Any) -> str:
    if not isinstance(person, dict):
        return "none"
    return "by id" if "id" in person else "by source_id" if "source_id" in person else "new"


def _first(origin: Any, mode: str) -> ApiDocument:
    if isinstance(origin, dict) and _read_off(origin) == mode:
        return origin
    return {}
