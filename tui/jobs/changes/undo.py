"""Undo of an update: whether it is possible, and the order without the update."""

from __future__ import annotations

from tui.jobs.changes.change_errors import AlreadyUndone, CannotUndo, NothingToUndo
from tui.jobs.changes.change_journal import ChangeJournal
from tui.jobs.changes.journal_entry import JournalEntry
from tui.jobs.changes.plans import UpdatePlan, update_plan
from tui.orders.api_object import ApiDocument
from tui.orders.changes import PatchNote, changed_fields, merge, resolve_conflicts, writable
from tui.orders.paths import format_path


def find_newest(journal: ChangeJournal, profile: str) -> JournalEntry:
    """The newest change that was not undone; it may be one that cannot be undone. Blocks.

    Raises:
        NothingToUndo: there is none.
    """
    found = journal.newest_change(profile)
    if found is not None:
        return found
    if journal.entries(profile=profile, limit=1):
        raise NothingToUndo("every change of this account is undone, or was never applied")
    hint = "Only changes that Ordex made on this machine can be undone."
    raise NothingToUndo("nothing of this account was changed with Ordex yet", hint=hint)


def find_reason_against(journal: ChangeJournal, entry: JournalEntry, profile: str) -> CannotUndo | None:
    """The reason why an entry can never be undone, in any state of the order. Blocks."""
    if entry.profile != profile:
        return CannotUndo(f"the change was made with the profile {entry.profile}; this one is {profile}")
    older = older_hint(journal, entry)
    if entry.operation == "create":
        name = entry.source_id or entry.order_id
        return CannotUndo(
            f"change {entry.id} created order {name}, and the API has no way to delete an order", hint=older
        )
    if entry.state != "DONE" or entry.answer is None:
        known = "ended in a conflict" if entry.state == "CONFLICT" else "was not carried out"
        return CannotUndo(f"change {entry.id} {known}, as far as the journal knows", hint=older)
    undone_by = journal.undone_by(entry.id)
    if undone_by is not None:
        return AlreadyUndone(entry, undone_by, hint=older)
    return None


def older_hint(journal: ChangeJournal, entry: JournalEntry) -> str:
    """A hint at the newest older change that can be undone. Blocks."""
    older = journal.newest_change(entry.profile, before=entry.id, done=True)
    while older is not None and older.operation == "create":
        older = journal.newest_change(entry.profile, before=older.id, done=True)
    if older is None:
        return CannotUndo.hint
    name = older.source_id or older.order_id
    return f"The update before it is change {older.id}, of order {name}: ordex undo {older.id}"


def document_before(entry: JournalEntry) -> ApiDocument:
    """The order after the change with the change reverted; changes by others are kept.

    A sent field gets its earlier value. Metadata is sent whole but merged by key, so only the keys that the
    change touched get their earlier values.
    """
    before, after = writable(entry.base), writable(entry.answer or {})
    for name in changed_fields(entry.base, entry.body, entry.intended):
        if name == "metadata":
            documents = (entry.intended, entry.base, entry.answer or {})
            undone = merge(*({name: document.get(name, {})} for document in documents))
            after |= resolve_conflicts(
                undone, {conflict.path: "mine" for conflict in undone.conflicts}
            ).document
        else:
            after.pop(name, None)
            after |= {name: before[name]} if name in before else {}
    if not after.get("metadata") and "metadata" not in before:
        after.pop("metadata", None)
    return after


def with_kept_nulls(before: ApiDocument, now: ApiDocument) -> tuple[ApiDocument, tuple[PatchNote, ...]]:
    """Add the metadata keys that are null now and absent in ``before``, with a note on each."""
    metadata, kept = now.get("metadata"), before.get("metadata", {})
    if not isinstance(metadata, dict) or not isinstance(kept, dict):
        return before, ()
    nulls = {key: None for key, value in metadata.items() if value is None and key not in kept}
    if not nulls:
        return before, ()
    text = "the API is not known to remove a metadata key; it stays, as null"
    notes = tuple(PatchNote("cannot be removed", format_path(("metadata", key)), text) for key in nulls)
    return {**before, "metadata": {**kept, **nulls}}, notes


def plan_from_answer(entry: JournalEntry) -> UpdatePlan:
    """The undo of a change if nobody else changes the order: its request, and notes on what remains.

    Raises:
        InvalidFields: the earlier order has values that an update cannot send.
    """
    answer = entry.answer or {}
    before, nulls = with_kept_nulls(document_before(entry), answer)
    notes = (*what_stays(entry), *nulls)
    return update_plan(answer, before, answer, made_at=0.0, operation="undo", extra_notes=notes)


def what_stays(entry: JournalEntry) -> tuple[PatchNote, ...]:
    """Notes on a customer's own data that the entry changed, which an undo does not restore."""
    persons = [name for name in ("customer", "referrer") if isinstance(entry.body.get(name), dict)]
    text = "the person's own data were written too; they stay as they are"
    return tuple(
        PatchNote("cannot be removed", name, text)
        for name in persons
        if entry.body[name].keys() - {"id", "source_id"}
    )
