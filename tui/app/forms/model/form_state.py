"""The immutable state of a form: a document, and inputs that are not valid values yet.

An unedited form holds the same document object that it was opened with, so opening and saving it changes
nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from tui.orders.amounts import DECIMALS
from tui.orders.api_object import ApiDocument
from tui.orders.changes import ABSENT, json_equal
from tui.orders.paths import Path, value_at

from .document_edits import with_value, without_value
from .form_fields import FormField, InvalidValue, field_text, parse_value

FormKind = Literal["create", "update"]


class InvalidInput(NamedTuple):
    """A typed text that is not a valid value, its fault, and for metadata the chosen type."""

    text: str
    fault: str
    kind: str = ""


class RejectedText(NamedTuple):
    """A text from the editor that is not an order, kept until it is corrected or discarded."""

    text: str
    reason: str


def _nothing() -> Mapping[Any, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class FormState:
    """One state of a form.

    ``origin`` is the document when the form was opened (for an update the order), ``document`` the edited
    one. ``typed`` holds invalid inputs by path; the document has no value for them. ``modes`` is how customer
    and referrer are identified where the document does not show it. Documents are never modified.
    """

    kind: FormKind
    origin: ApiDocument
    document: ApiDocument
    typed: Mapping[Path, InvalidInput] = field(default_factory=_nothing)
    modes: Mapping[str, str] = field(default_factory=_nothing)
    laid_aside: Mapping[str, Mapping[str, Any]] = field(default_factory=_nothing)
    """Persons typed for modes that are not chosen now, by ``customer`` or ``referrer`` and mode."""
    rejected: RejectedText | None = None

    @property
    def base(self) -> ApiDocument | None:
        """The order when the form was opened; ``None`` for a new one."""
        return self.origin if self.kind == "update" else None

    @property
    def is_untouched(self) -> bool:
        """Whether the form is unchanged since it was opened."""
        return self.document is self.origin and not self.typed and self.rejected is None

    def value(self, path: Path) -> Any:
        """The value at a path, or ``ABSENT``."""
        return value_at(self.document, path)

    def type_text(self, at: FormField, path: Path, text: str, *, decimals: int = DECIMALS) -> FormState:
        """Set a field from a typed text; an invalid text is kept as typed."""
        was = value_at(self.origin, path)
        if path[0] != "items" and field_text(at, was, decimals=decimals) == text:
            return self.set_value(path, was)
        try:
            value = parse_value(at, text, decimals=decimals)
        except InvalidValue as fault:
            return self.keep_text(path, text, str(fault))
        return self.set_value(path, value)

    def keep_text(self, path: Path, text: str, fault: str, kind: str = "") -> FormState:
        """Keep an invalid text.

        The document gets back the value it was opened with, or none: the valid start of the text (``1`` of
        ``1e5``) was not meant.
        """
        reset = self
        if "metadata" not in path:  # a metadata entry has a value of some kind as long as it is there
            before = ABSENT if path[0] == "items" else value_at(self.origin, path)
            reset = self if json_equal(self.value(path), before) else self.set_value(path, before)
        return replace(reset, typed=MappingProxyType({**self.typed, path: InvalidInput(text, fault, kind)}))

    def set_value(self, path: Path, value: Any) -> FormState:
        """Set the value at a path; ``ABSENT`` removes it, and the object that becomes empty."""
        document = with_value(self.document, path, value) if value is not ABSENT else self._without(path)
        typed = {at: text for at, text in self.typed.items() if at != path}
        return replace(self, document=document, typed=MappingProxyType(typed))

    def with_document(self, document: ApiDocument) -> FormState:
        """Replace the document, as after a paste; invalid inputs are discarded."""
        return replace(
            self, document=document, typed=_nothing(), modes=_nothing(), laid_aside=_nothing(), rejected=None
        )

    def _without(self, path: Path) -> ApiDocument:
        document: ApiDocument = without_value(self.document, path)
        parent = path[:-1]
        left_empty = value_at(document, parent) == {} and parent and isinstance(parent[-1], str)
        if left_empty and parent[0] not in ("customer", "referrer", "metadata"):
            return self._prune(document, parent)
        if left_empty and parent[-1] in ("address", "metadata") and value_at(self.origin, parent) is ABSENT:
            return self._prune(document, parent)
        return document

    @staticmethod
    def _prune(document: ApiDocument, path: Path) -> ApiDocument:
        pruned: ApiDocument = without_value(document, path)
        return pruned
