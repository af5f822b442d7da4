"""Completing ``_``, ``$names`` and the paths into them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from .candidates import Candidate

if TYPE_CHECKING:
    from .knowledge import Knowledge

_TYPED = re.compile(r"(_|\$[A-Za-z]\w*)((?:\.[^.\[]+(?=[.\[])|\[\d+\])*)([.\[][^.\[\]]*)?\Z")
_STEP = re.compile(r"\.([^.\[]+)|\[(\d+)\]")
_BARE = re.compile(r"[^\W\d][\w-]*\Z")
FIRST_OF_A_LIST = 20


def value_candidates(prefix: str, knowledge: Knowledge) -> Iterator[Candidate]:
    """Values that begin as the prefix does: the names, and the fields below a name."""
    typed = _TYPED.match(prefix)
    if typed is None or (typed.group(3) is None and not typed.group(2)):
        yield from _names(knowledge)
    if typed is not None:
        whole = typed.group(1) + typed.group(2)
        yield from _parts(whole, _value(typed.group(1), typed.group(2), knowledge))


def _names(knowledge: Knowledge) -> Iterator[Candidate]:
    if knowledge.last is not None:
        yield Candidate("_", "value", "the last result")
    yield Candidate("$ids", "value", "the ids of the last list")
    for name in knowledge.variables:
        yield Candidate(f"${name}", "value", "kept")


def _value(name: str, path: str, knowledge: Knowledge) -> Any:
    value = knowledge.last if name == "_" else knowledge.variables.get(name[1:])
    for key, position in _STEP.findall(path):
        if isinstance(value, dict):
            value = value.get(key)
        elif isinstance(value, list) and position and int(position) < len(value):
            value = value[int(position)]
        else:
            return None
    return value


def _parts(whole: str, value: Any) -> Iterator[Candidate]:
    if isinstance(value, dict):
        for key in value:
            if _BARE.match(key):
                yield Candidate(f"{whole}.{key}", "value", "")
    elif isinstance(value, list):
        for number, element in enumerate(value[:FIRST_OF_A_LIST]):
            named = element.get("id") if isinstance(element, dict) else element
            yield Candidate(f"{whole}[{number}]", "value", named if isinstance(named, str) else "")
