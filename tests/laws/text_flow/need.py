"""What a text needs to be safe."""

from __future__ import annotations

from dataclasses import dataclass

from .index import Class, Function


@dataclass(frozen=True)
class Parameter:
    """It is as safe as what callers give for a parameter."""

    function: Function
    name: str


@dataclass(frozen=True)
class Field:
    """It is as safe as what is put into a field of a class."""

    owner: Class
    name: str


@dataclass(frozen=True)
class Raw:
    """Nothing makes it safe."""

    path: str
    line: int
    text: str


Need = Parameter | Field | Raw
Needs = frozenset[Need]
SAFE: Needs = frozenset()
