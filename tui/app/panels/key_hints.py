"""Key hints of the pane that has the focus."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from textual.widget import Widget


@dataclass(frozen=True, slots=True)
class KeyHint:
    """A key as shown to the user, and what it does."""

    key: str
    title: str


@runtime_checkable
class OffersKeys(Protocol):
    """A widget that names the keys to show while it, or something in it, has the focus."""

    @property
    def key_hints(self) -> tuple[KeyHint, ...]:
        """The keys, most needed first."""


def offered_by(focused: Widget | None) -> tuple[KeyHint, ...]:
    """The keys of the innermost widget around the focus that has some; empty if the table's apply."""
    if focused is None:
        return ()
    around = (widget for widget in focused.ancestors_with_self if isinstance(widget, OffersKeys))
    found = next(around, None)
    return () if found is None else found.key_hints
