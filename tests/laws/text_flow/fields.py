"""What is put into the fields of a class."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from .index import Class, Place
from .need import SAFE, Field, Need, Needs
from .scopes import Scope, outermost

if TYPE_CHECKING:
    from .needs import Flow


def put_in(flow: Flow, need: Field) -> Needs:
    """What is put into a field: by its class's own code, by its constructor, by others."""
    index, family = flow.index, flow.index.family(need.owner)
    needs: set[Need] = set()
    for place in index.stores.get(need.name, ()):
        if flow.is_own_store(place, need.owner) or _set_by_others(place, flow, family):
            needs |= flow.needs(place.node, flow.scope(place))  # type: ignore[arg-type]
    for cls in family:
        if need.name in cls.defaults:
            needs |= flow.needs(cls.defaults[need.name], Scope(None, cls.module))
        for made in index.calls.get(cls.name, ()):
            if cls in index.known(cls.name, made.module):
                needs |= _constructed(flow, cls, need.name, made)
    for changed in (*index.calls.get("replace", ()), *index.calls.get("_replace", ())):
        call = changed.node
        assert isinstance(call, ast.Call)
        words = {word.arg: word.value for word in call.keywords}
        if need.name in words:
            of = call.args[0] if call.args else getattr(call.func, "value", None)
            if of is not None and set(flow.classes_of(of, flow.scope(changed))) & set(family):
                needs |= flow.needs(words[need.name], flow.scope(changed))
    needs |= _grown(flow, need, family)
    return frozenset(needs)


def _set_by_others(place: Place, flow: Flow, family: list[Class]) -> bool:
    """Whether a field of the family is set there through another name than ``self``."""
    holder = place.holder
    if holder is None or (isinstance(holder, ast.Name) and holder.id == "self"):
        return False
    return bool(set(flow.classes_of(holder, flow.scope(place))) & set(family))


def _constructed(flow: Flow, cls: Class, name: str, place: Place) -> Needs:
    call = place.node
    if not isinstance(call, ast.Call) or "__init__" in cls.methods or name not in cls.fields:
        return SAFE
    order = list(cls.fields)
    for word in call.keywords:
        if word.arg == name:
            return flow.needs(word.value, flow.scope(place))
    at = order.index(name)
    if at < len(call.args) and not any(isinstance(a, ast.Starred) for a in call.args[: at + 1]):
        return flow.needs(call.args[at], flow.scope(place))
    return SAFE


def _grown(flow: Flow, need: Field, family: list[Class]) -> Needs:
    """What is added to a field that is a container."""
    needs: set[Need] = set()
    for method in ("append", "add", "extend", "insert", "update"):
        for place in flow.index.calls.get(method, ()):
            call = place.node
            assert isinstance(call, ast.Call)
            holder = call.func.value if isinstance(call.func, ast.Attribute) else None
            grows = isinstance(holder, ast.Attribute) and holder.attr == need.name and call.args
            if grows and place.function is not None and outermost(place.function).owner in family:
                needs |= flow.needs(call.args[-1], flow.scope(place))
    return frozenset(needs)
