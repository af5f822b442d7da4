"""Sizes that keep a module, a class and a screen readable."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from textual.screen import Screen

import tui

ROOT = Path(__file__).parents[2]

LINES = 350
LONG = {"tui/mirror/sync.py"}
"""Modules that are still too long."""

PUBLIC_METHODS = 25
CHAIN = 3
"""Classes of ours that one is made of, itself counted; errors and the models of the API apart."""


@cache
def our_classes() -> frozenset[type]:
    """Every class of the package."""
    found: set[type] = set()
    for module in pkgutil.walk_packages(tui.__path__, "tui."):
        if not module.name.endswith("__main__"):
            names = vars(importlib.import_module(module.name)).values()
            found |= {kind for kind in names if inspect.isclass(kind) and kind.__module__ == module.name}
    return frozenset(found)


def ours(kind: type) -> list[type]:
    """The class and those of its bases that are ours."""
    return [base for base in kind.__mro__ if base.__module__.startswith("tui.")]


def public_methods(kind: type) -> Iterator[str]:
    """Names of methods and properties, inherited ones of ours too."""
    for base in ours(kind):
        for name, value in vars(base).items():
            is_method = inspect.isfunction(value) or isinstance(value, (classmethod, staticmethod, property))
            if is_method and not name.startswith("_"):
                yield name


def test_no_module_is_too_long() -> None:
    """One that is holds an idea that has no module yet."""
    lengths = {path: len(path.read_text().splitlines()) for path in (ROOT / "tui").rglob("*.py")}
    assert {str(path.relative_to(ROOT)) for path, lines in lengths.items() if lines > LINES} <= LONG


def test_no_class_has_too_many_methods() -> None:
    """One that has is several objects."""
    counts = {kind.__qualname__: len(set(public_methods(kind))) for kind in our_classes()}
    assert {name: count for name, count in counts.items() if count > PUBLIC_METHODS} == {}


def test_no_class_stands_on_a_chain() -> None:
    """Screens have controllers: they stand on one base of ours at most."""
    long = {
        kind.__qualname__
        for kind in our_classes()
        if len(ours(kind)) > (CHAIN - 1 if issubclass(kind, Screen) else CHAIN)
        and not issubclass(kind, BaseException)
    }
    assert long == {"OrderImportRequest"}, "each request of the API has the fields of the one before"
