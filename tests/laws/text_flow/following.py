"""From what is shown back to where it comes from, through parameters, fields and results."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from .fields import put_in
from .index import Class, Function, Index, Place, last_name
from .need import SAFE, Field, Need, Needs, Parameter, Raw
from .needs import Flow
from .scopes import outermost
from .sinks import Sink


@dataclass(frozen=True)
class Finding:
    """A text that nobody made visible, and how it gets to where it is shown."""

    origin: Raw
    way: tuple[str, ...]

    @property
    def key(self) -> tuple[str, str]:
        """File and expression, which stay when lines move."""
        return self.origin.path, self.origin.text

    def __str__(self) -> str:
        return (
            f"{self.origin.path}:{self.origin.line}: {self.origin.text}\n      shown: {' <- '.join(self.way)}"
        )


def follow(flow: Flow, shown: list[Sink]) -> list[Finding]:
    """Every origin that is raw, once, by the first way that is found."""
    found: dict[Raw, Finding] = {}
    seen: set[Need] = set()
    waiting: list[tuple[Need, tuple[str, ...]]] = []
    for sink in shown:
        place = f"{sink.place.module.path}:{sink.node.lineno}"
        waiting += [(need, (place,)) for need in flow.needs(sink.node, flow.scope(sink.place))]
    while waiting:
        need, way = waiting.pop(0)
        if need in seen:
            continue
        seen.add(need)
        if isinstance(need, Raw):
            found[need] = Finding(need, way)
            continue
        step = (
            f"{need.function.name}({need.name})"
            if isinstance(need, Parameter)
            else f"{need.owner.name}.{need.name}"
        )
        waiting += [(more, (*way, step)) for more in _behind(flow, need)]
    return sorted(found.values(), key=lambda finding: (finding.origin.path, finding.origin.line))


def _behind(flow: Flow, need: Parameter | Field) -> Needs:
    if isinstance(need, Parameter):
        return SAFE.union(*(_given(flow, need, place) for place in _callers(flow, need.function)))
    return put_in(flow, need)


def _callers(flow: Flow, function: Function) -> Iterator[Place]:
    names = {function.name}
    if function.name == "__init__" and function.owner is not None:
        names = {function.owner.name, "__init__"} | _heirs(flow.index, function.owner)
    for name in names:
        for place in flow.index.calls.get(name, ()):
            if _reaches(flow, place, function):
                yield place


def _heirs(index: Index, cls: Class) -> set[str]:
    """Subclasses that are made by the same ``__init__``."""
    own = [sub for sub in index.heirs(cls) if "__init__" not in sub.methods]
    return {sub.name for sub in own}.union(*(_heirs(index, sub) for sub in own))


def _reaches(flow: Flow, place: Place, function: Function) -> bool:
    call = place.node
    assert isinstance(call, ast.Call)
    if function.name == "__init__" and function.owner is not None:
        if last_name(call.func) != "__init__":
            made = flow.index.known(last_name(call.func), place.module)
            return any(function.owner in flow.index.family(cls) for cls in made)
        caller = place.function
        owner = None if caller is None else outermost(caller).owner
        return owner is not None and function.owner.name in owner.bases
    reached = flow.callees(call, flow.scope(place))
    return function in reached or (not reached and function.owner is not None)


def _given(flow: Flow, need: Parameter, place: Place) -> Needs:
    assert isinstance(place.node, ast.Call)
    return flow.given(need.function, need.name, place.node, flow.scope(place))
