"""An order as its document has it, for columns that cannot wait for the models to be read in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Sketch:
    """Answers a document's plain fields by attribute, ``None`` for those it lacks.

    It checks nothing and knows no parts: it is for the cells of the first paint, from a source whose
    documents are sound, and gives way to ``Order`` as soon as there is one.
    """

    __slots__ = ("raw",)
    problems: tuple[str, ...] = ()

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.raw = document

    @property
    def key(self) -> str:
        """The order's id."""
        return str(self.raw.get("id") or "")

    def __getattr__(self, name: str) -> Any:
        return self.raw.get(name)

    def has(self, field: str) -> bool:
        """Whether the document has the field at all (null counts)."""
        return field in self.raw
