"""How a form is opened, and what it returns when it is submitted."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Self

from tui.app.forms.form_drafts import from_draft
from tui.app.forms.model.form_state import FormKind, FormState
from tui.jobs.changes.drafts import Draft
from tui.orders.api_object import ApiDocument
from tui.orders.order import Order
from tui.orders.request import FieldFault, template_of


def new_form() -> FormState:
    """An empty form for a new order."""
    return _form("create", {})


def template_form(document: ApiDocument) -> FormState:
    """A form for a new order with the values of another one, except IDs and fields set by the service."""
    return _form("create", template_of(document))


def edit_form(document: ApiDocument) -> FormState:
    """A form that edits an order; changes are relative to the document."""
    return _form("update", document)


def _form(kind: Any, document: ApiDocument) -> FormState:
    return FormState(kind=kind, origin=document, document=document)


@dataclass(frozen=True, slots=True)
class FormStart:
    """The initial state of a form; ``saved_at`` is set when it comes from a draft."""

    state: FormState
    saved_at: str | None = None

    @classmethod
    def new(cls) -> Self:
        """An empty form."""
        return cls(new_form())

    @classmethod
    def template(cls, document: ApiDocument) -> Self:
        """A new order with the values of another one."""
        return cls(template_form(document))

    @classmethod
    def edit(cls, order: Order) -> Self:
        """An order to edit; changes are relative to its document."""
        return cls(edit_form(order.raw))

    @classmethod
    def draft(cls, draft: Draft) -> Self:
        """A form as it was left.

        Raises:
            NotADraft: it cannot be read.
        """
        return cls(from_draft(draft.content), draft.saved_at)


@dataclass(frozen=True, slots=True)
class FormSubmission:
    """The change to check and send.

    ``base`` is the order when the form was opened, ``None`` for a new one. ``draft`` is the name of the
    form's draft, to be removed when the change is done.
    """

    kind: FormKind
    base: ApiDocument | None
    intended: ApiDocument
    draft: str


@dataclass(frozen=True, slots=True)
class FormRefusal:
    """Why a change was refused, shown in its form."""

    message: str
    faults: tuple[FieldFault, ...] = ()


Submit = Callable[[FormSubmission], Awaitable[object]]
"""Checks, shows and sends a change while its form stays open.

A ``FormRefusal`` is shown in the form, ``None`` returns to it, any other result closes it.
"""
