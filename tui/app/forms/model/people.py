"""How the form names a customer or referrer: not at all, by id, by source_id, or as a new person."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import Any, Literal, get_args

from tui.orders.api_object import ApiDocument
from tui.orders.changes import ABSENT

from .places import put, take_out, value_at
from .state import FormState

Mode = Literal["none", "by id", "by source_id", "new"]
MODES: tuple[Mode, ...] = get_args(Mode)

_NAMED_BY: dict[str, str] = {"by id": "id", "by source_id": "source_id"}


def mode_of(state: FormState, who: str) -> str:
    """How ``customer`` or ``referrer`` is named now."""
    return state.modes.get(who) or _read_off(state.document.get(who))


def choose_mode(state: FormState, who: str, mode: str) -> FormState:
    """Name the person in another way. What was typed the other way is laid aside and comes back with it."""
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
        take_out(state.document, (who,)) if mode == "none" else put(state.document, (who,), person)
    )
    typed = {path: text for path, text in state.typed.items() if path[0] != who}
    return replace(
        state,
        document=document,
        typed=MappingProxyType(typed),
        modes=MappingProxyType({**state.modes, who: mode}),
        laid_aside=MappingProxyType({**state.laid_aside, who: MappingProxyType(held)}),
    )


def unnamed(state: FormState, who: str) -> str:
    """What is missing of a person, as a fault of the field that names it; empty when nothing is."""
    mode, person = state.modes.get(who, "none"), state.document.get(who)
    if mode == "none" or not isinstance(person, dict):
        return ""
    if field := _NAMED_BY.get(mode):
        return "" if value_at(person, (field,)) is not ABSENT else f"must be given to name the {who} by it"
    return "" if person else "must be given, or another field of the new person"


def _read_off(person: Any) -> str:
    if not isinstance(person, dict):
        return "none"
    return "by id" if "id" in person else "by source_id" if "source_id" in person else "new"


def _first(origin: Any, mode: str) -> ApiDocument:
    if isinstance(origin, dict) and _read_off(origin) == mode:
        return origin
    return {}
