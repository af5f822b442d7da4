"""Metadata in a form: keys added, renamed and removed, values with their types.

``root`` is where the metadata stands: of the order, of an item or its product, of a customer.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import Any, cast

from tui.orders.changes import ABSENT
from tui.orders.paths import Path

from .metadata_types import MetadataType, converted, metadata_text, metadata_value, type_of
from .places import put, value_at
from .state import FormState
from .texts import Unreadable


def entries(state: FormState, root: Path) -> dict[str, Any]:
    """The keys with their values, in the order in which they stand."""
    held = state.value(root)
    return held if isinstance(held, dict) else {}


def key_fault(state: FormState, root: Path, key: str, *, instead_of: str | None = None) -> str:
    """Why a key cannot be used; empty when it can."""
    if not key.strip():
        return "must not be empty"
    if key != instead_of and key in entries(state, root):
        return "is there already"
    return ""


def add_entry(state: FormState, root: Path, key: str, value: Any = "") -> FormState:
    """A new key with a value."""
    return state.set_value((*root, key), value)


def rename_entry(state: FormState, root: Path, key: str, name: str) -> FormState:
    """Another name for a key, in the same place."""
    held = {name if at == key else at: value for at, value in entries(state, root).items()}
    before, after = (*root, key), (*root, name)
    typed = {after if path == before else path: text for path, text in state.typed.items()}
    return replace(state, document=put(state.document, root, held), typed=MappingProxyType(typed))


def remove_entry(state: FormState, root: Path, key: str) -> FormState:
    """The metadata without a key."""
    return state.set_value((*root, key), ABSENT)


def type_value(state: FormState, path: Path, kind: MetadataType, text: str) -> FormState:
    """Take a text as the value of a type; what cannot be read is kept as it was typed."""
    was = value_at(state.origin, path)
    if was is not ABSENT and type_of(was) == kind and metadata_text(was) == text:
        return state.set_value(path, was)
    try:
        return state.set_value(path, metadata_value(kind, text))
    except Unreadable as fault:
        return state.keep_text(path, text, str(fault), kind)


def entry_type(state: FormState, path: Path) -> MetadataType:
    """The type of the value at a path, as it was chosen where the text does not read as one."""
    typed = state.typed.get(path)
    return cast("MetadataType", typed.kind) if typed and typed.kind else type_of(state.value(path))


def change_type(state: FormState, path: Path, kind: MetadataType) -> FormState:
    """The value as another type, as near to what stood there as it goes."""
    value = state.value(path)
    typed = state.typed.get(path)
    was = value_at(state.origin, path)
    if was is not ABSENT and type_of(was) == kind:
        return state.set_value(path, was)
    try:
        made, _ = converted(typed.text if typed else value, kind)
    except Unreadable as fault:
        text = typed.text if typed else metadata_text(value) or ""
        return state.keep_text(path, text, str(fault), kind)
    return state.set_value(path, made)


def removal_note(state: FormState, root: Path) -> str:
    """What taking keys out of an existing order's metadata means; empty when none was taken out."""
    if state.kind != "update":
        return ""
    before = value_at(state.origin, root)
    gone = [key for key in before if key not in entries(state, root)] if isinstance(before, dict) else []
    if not gone:
        return ""
    keys = "1 key" if len(gone) == 1 else f"{len(gone):,} keys"
    return f"{keys} left out: the API is not known to remove keys, so they may stay; empty sets null"
