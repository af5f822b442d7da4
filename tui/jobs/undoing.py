"""Taking an update back: when it may be done, and what the order should be again."""

from __future__ import annotations

import copy

from tui.orders.api_object import ApiDocument
from tui.orders.changes import ABSENT, Change, Note, compare_answer, diff, same
from tui.orders.request import OrderUpdateRequest

from .entries import Entry
from .outcomes import CannotUndo


def refuse_what_cannot_be_undone(entry: Entry, *, profile: str, undone_by: Entry | None) -> None:
    """Refuse an entry that no update can take back, whatever the order is now.

    Raises:
        CannotUndo: with the reason.
    """
    if entry.profile != profile:
        raise CannotUndo(f"the change was made with the profile {entry.profile}; this one is {profile}")
    if entry.operation == "create":
        raise CannotUndo("an order that was created stays: the API has no way to delete one")
    if entry.state != "DONE" or entry.answer is None:
        raise CannotUndo("the change was not carried out, as far as the journal knows")
    if undone_by is not None:
        raise CannotUndo(f"it was taken back already, by change {undone_by.id}")
    if mixed := _written_by_others(entry, entry.answer):
        raise CannotUndo("somebody else wrote at the same time, and would lose it", mixed)


def refuse_if_moved(entry: Entry, now: ApiDocument) -> None:
    """Refuse when the order is no longer as the entry's own answer showed it.

    Raises:
        CannotUndo: with what changed since.
    """
    moved = tuple(diff(entry.answer or {}, now))
    if moved:
        raise CannotUndo("the order was changed since, and that change would be lost", moved)


def undo_target(entry: Entry, now: ApiDocument) -> ApiDocument:
    """The order as it was before the entry, in every field that can be written; the rest as it is now.

    Raises:
        CannotUndo: nothing of the change shows in the order, as with a customer's own data.
    """
    target = copy.deepcopy(now)
    for name in OrderUpdateRequest.model_fields:
        was = entry.base.get(name, ABSENT)
        if same(was, now.get(name, ABSENT)):
            continue
        if was is ABSENT:
            target.pop(name, None)
        else:
            target[name] = copy.deepcopy(was)
    if same(target, now):
        raise CannotUndo("nothing of the change shows in the order itself, so there is nothing to put back")
    return target


def what_stays(entry: Entry) -> list[Note]:
    """What the entry changed beside the order: a customer's own data, which no update of it brings back."""
    persons = [name for name in ("customer", "referrer") if isinstance(entry.body.get(name), dict)]
    said = "the person's own data were written too; they stay as they are"
    return [
        Note("cannot be removed", name, said)
        for name in persons
        if entry.body[name].keys() - {"id", "source_id"}
    ]


def _written_by_others(entry: Entry, answer: ApiDocument) -> tuple[Change, ...]:
    """What differed from the expectation in fields that the request did not hold."""
    ours = {*entry.body, "referrer"} if "referrer_id" in entry.body else {*entry.body}
    ours |= {"referrer_id"} if "referrer" in entry.body else set()
    return tuple(change for change in compare_answer(entry.intended, answer) if change.path[0] not in ours)
