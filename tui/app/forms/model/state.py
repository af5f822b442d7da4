"""What stands in a form: an immutable document, and the texts in it that are no values yet.

An unedited form holds the very document that it was opened with, so that opening and saving it changes
nothing, whatever the document holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from tui.orders.amounts import DECIMALS
from tui.orders.api_object import ApiDocument
from tui.orders.changes import ABSENT, json_equal
from tui.orders.paths import Path

from .fields import FormField
from .places import put, take_out, value_at
from .texts import Unreadable, text_of, value_of

FormKind = Literal["create", "update"]


class Typed(NamedTuple):
    """A text that is no value of its field, what it must be, and for metadata the type that was chosen."""

    text: str
    fault: str
    kind: str = ""


class Rejected(NamedTuple):
    """A text that came back from an editor and is no order, kept until it is mended or dropped."""

    text: str
    reason: str


def _nothing() -> Mapping[Any, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class FormState:
    """One moment of a form.

    ``origin`` is what the form was opened with (for an update the order as it was then), ``document`` what
    it is meant to be. ``typed`` holds texts that cannot be read, by path; the document has no value
    of them. ``modes`` says how customer and referrer are named where the document alone does not say it.
    None of the documents is ever written to.
    """

    kind: FormKind
    origin: ApiDocument
    document: ApiDocument
    typed: Mapping[Path, Typed] = field(default_factory=_nothing)
    modes: Mapping[str, str] = field(default_factory=_nothing)
    laid_aside: Mapping[str, Mapping[str, Any]] = field(default_factory=_nothing)
    """Persons typed under a mode that is not chosen now, by ``customer`` or ``referrer`` and mode."""
    rejected: Rejected | None = None

    @property
    def base(self) -> ApiDocument | None:
        """The order as it was when the form was opened; ``None`` when it makes a new one."""
        return self.origin if self.kind == "update" else None

    @property
    def is_untouched(self) -> bool:
        """Whether the form is as it was opened."""
        return self.document is self.origin and not self.typed and self.rejected is None

    def value(self, path: Path) -> Any:
        """The value at a path, or ``ABSENT``."""
        return value_at(self.document, path)

    def type_text(self, at: FormField, path: Path, text: str, *, decimals: int = DECIMALS) -> FormState:
        """Take a text in the field at a path; what cannot be read is kept as it was typed."""
        was = value_at(self.origin, path)
        if path[0] != "items" and text_of(at, was, decimals=decimals) == text:
            return self.set_value(path, was)
        try:
            value = value_of(at, text, decimals=decimals)
        except Unreadable as fault:
            return self.keep_text(path, text, str(fault))
        return self.set_value(path, value)

    def keep_text(self, path: Path, text: str, fault: str, kind: str = "") -> FormState:
        """Keep a text that is no value of its field.

        The document has the value again that the form was opened with, or none: the readable beginning of
        the text (``1`` of ``1e5``) is a value that nobody meant.
        """
        reset = self
        if "metadata" not in path:  # a metadata entry has a value of some kind as long as it is there
            before = ABSENT if path[0] == "items" else value_at(self.origin, path)
            reset = self if json_equal(self.value(path), before) else self.set_value(path, before)
        return replace(reset, typed=MappingProxyType({**self.typed, path: Typed(text, fault, kind)}))

    def set_value(self, path: Path, value: Any) -> FormState:
        """Put a value at a path; ``ABSENT`` takes it out, and with it the object that it leaves empty."""
        document = put(self.document, path, value) if value is not ABSENT else self._without(path)
        typed = {at: text for at, text in self.typed.items() if at != path}
        return replace(self, document=document, typed=MappingProxyType(typed))

    def with_document(self, document: ApiDocument) -> FormState:
        """Take another document whole, as from a paste or an editor; what could not be read is forgotten."""
        return replace(
            self, document=document, typed=_nothing(), modes=_nothing(), laid_aside=_nothing(), rejected=None
        )

    def _without(self, path: Path) -> ApiDocument:
        document: ApiDocument = take_out(self.document, path)
        parent = path[:-1]
        left_empty = value_at(document, parent) == {} and parent and isinstance(parent[-1], str)
        if left_empty and parent[0] not in ("customer", "referrer", "metadata"):
            return self._prune(document, parent)
        if left_empty and parent[-1] in ("address", "metadata") and value_at(self.origin, parent) is ABSENT:
            return self._prune(document, parent)
        return document

    @staticmethod
    def _prune(document: ApiDocument, path: Path) -> ApiDocument:
        pruned: ApiDocument = take_out(document, path)
        return pruned
