"""How a form is opened, and how it ends."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Self

from tui.jobs.changes.drafts import Draft
from tui.orders.api_object import ApiDocument
from tui.orders.order import Order
from tui.orders.request import FieldFault

from .model.starts import edit_form, from_draft, new_form, template_form
from .model.state import FormKind, FormState


@dataclass(frozen=True, slots=True)
class FormStart:
    """What stands in a form when it opens; ``saved_at`` is when the draft was kept, if it is one."""

    state: FormState
    saved_at: str | None = None

    @classmethod
    def new(cls) -> Self:
        """An empty form."""
        return cls(new_form())

    @classmethod
    def template(cls, document: ApiDocument) -> Self:
        """A new order like this one."""
        return cls(template_form(document))

    @classmethod
    def edit(cls, order: Order) -> Self:
        """An order to change; its document is the base that changes are told from."""
        return cls(edit_form(order.raw))

    @classmethod
    def draft(cls, draft: Draft) -> Self:
        """A form as it was left.

        Raises:
            NotADraft: it cannot be read.
        """
        return cls(from_draft(draft.content), draft.saved_at)


@dataclass(frozen=True, slots=True)
class FormResult:
    """What the user wants to be checked and sent.

    ``base`` is the order as it was when the form was opened, ``None`` for a new one. ``draft`` is the name
    under which the form is kept until the change is done.
    """

    kind: FormKind
    base: ApiDocument | None
    intended: ApiDocument
    draft: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a change was not made, for the form that holds it."""

    message: str
    faults: tuple[FieldFault, ...] = ()


Submit = Callable[[FormResult], Awaitable[object]]
"""Checks, shows and sends a change while its form stays open.

A ``Refusal`` is shown in the form, ``None`` leaves it open as it is, anything else closes it with that.
"""
