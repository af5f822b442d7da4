"""The outcome of a change as text, as the result of a command, and as an exit code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.actions.changes.plan_text import describe_conflict
from tui.actions.exit_codes import ExitCode, exit_code
from tui.actions.results import DoneResult, OrderResult, Result
from tui.jobs.changes.change_outcome import TITLES
from tui.jobs.changes.undo import plan_from_answer
from tui.orders.changes import describe
from tui.orders.order import Order
from tui.orders.request import InvalidFields
from tui.voucherify.errors import ApiError

if TYPE_CHECKING:
    from tui.jobs.changes.change_errors import ChangeRefused
    from tui.jobs.changes.change_outcome import ChangeOutcome
    from tui.jobs.changes.journal_entry import JournalEntry, State

PAST_TENSE = {"create": "created", "update": "updated", "undo": "changed back"}

STATES: dict[State, str] = {
    "PREPARED": "outcome unknown: the order could not be read; Ordex checks it again next time",
    "SENT": "outcome unknown: the order could not be read; Ordex checks it again next time",
    "DONE": "done",
    "NOT_DONE": "not done; the order is unchanged",
    "CONFLICT": "conflict: somebody else changed the order first",
    "REFUSED": "refused by the service",
}

ALWAYS_SET = frozenset({"updated_at", "created_at", "id", "object"})
"""Fields that the service sets on every change, so they are not reported."""


def entry_name(entry: JournalEntry) -> str:
    """The source_id of an entry's order, else its id."""
    return entry.source_id or entry.order_id or "?"


def entry_sentence(entry: JournalEntry) -> str:
    """The outcome of a change that was interrupted in an earlier run."""
    return f"change {entry.id} of order {entry_name(entry)}, interrupted earlier: {STATES[entry.state]}"


def done_sentence(entry: JournalEntry) -> str:
    """The change that was made, in one sentence."""
    partly = ", but not as intended" if entry.shortfall else ""
    undone = f", change {entry.undoes} is undone" if entry.undoes and not entry.shortfall else ""
    return f"{entry_name(entry)} {PAST_TENSE[entry.operation]}{partly}, change {entry.id}{undone}"


def describe_server_made(outcome: ChangeOutcome) -> tuple[str, ...]:
    """Fields that the service calculated, except those that it sets on every change."""
    return tuple(
        str(describe(change))
        for change in outcome.server_made
        if change.path[0] not in ALWAYS_SET and len(change.path) == 1 and change.new is not None
    )


def describe_differences(outcome: ChangeOutcome) -> tuple[str, ...]:
    """Fields that differ from the intended value, and fields that others changed, one per line."""
    # A new order cannot have been changed by others; the service may have set fields of it.
    is_new = outcome.entry.operation == "create"
    elsewhere = "not sent, but set" if is_new else "changed by others in the meantime"
    missed = [
        f"not as intended: {found.field} should be {found.old}, is {found.new}"
        for found in map(describe, outcome.differences)
    ]
    return (
        *missed,
        *(f"not as intended: {note}" for note in outcome.left),
        *(f"{elsewhere}: {describe(change)}" for change in outcome.by_others),
    )


def outcome_result(outcome: ChangeOutcome) -> Result:
    """An outcome as the result of a command."""
    lines = (
        *describe_differences(outcome),
        *(f"by the service: {words}" for words in describe_server_made(outcome)),
    )
    if outcome.state == "DONE" and outcome.answer is not None:
        code = None if outcome.is_as_intended else ExitCode.PARTIAL
        lines = (done_sentence(outcome.entry), *lines, *_way_back(outcome))
        return OrderResult(Order.read(outcome.answer), lines, code)
    document = {"outcome": outcome.state, "change": outcome.entry.id, "order": outcome.answer}
    error = [str(outcome.error)] if outcome.error else []
    title = f"{outcome.title} (change {outcome.entry.id})"
    sentences = (title, *error, *lines, *([outcome.hint] if outcome.hint else []))
    return DoneResult(sentences, document, code=outcome_code(outcome))


def outcome_code(outcome: ChangeOutcome) -> ExitCode:
    """The exit code of an outcome that is not ``DONE``."""
    if outcome.state == "CONFLICT":
        return ExitCode.CONFLICT
    code = exit_code(outcome.error) if outcome.error is not None else ExitCode.NETWORK
    # Wrong usage means that nothing was sent; here the service has answered.
    return ExitCode.NETWORK if code is ExitCode.USAGE and isinstance(outcome.error, ApiError) else code


def refusal_result(refused: ChangeRefused) -> DoneResult:
    """The reason why nothing was sent, as the result of a command."""
    sentences = describe_refusal(refused)
    return DoneResult(
        sentences, {"outcome": refused.title, "reasons": list(sentences)}, code=exit_code(refused)
    )


def describe_refusal(refused: ChangeRefused) -> tuple[str, ...]:
    """The reasons why nothing was sent, one per line."""
    conflicts = getattr(refused, "conflicts", ())
    return (
        f"{refused.title}: {refused}",
        *(f"  {describe_conflict(conflict)}" for conflict in conflicts),
        *([refused.hint] if refused.hint else []),
    )


def describe_state(entry: JournalEntry) -> str:
    """The state of an entry in a list."""
    if entry.shortfall:
        return f"done, but not as intended: {', '.join(entry.shortfall)}"
    return TITLES[entry.state] if entry.is_open else STATES[entry.state].partition(";")[0]


LEFT_BY_UNDO = frozenset({"set to null", "cannot be removed", "emptied", "metadata key stays"})
"""Kinds of notes about fields that an undo does not restore."""


def describe_undo(entry: JournalEntry) -> str:
    """What ``ordex undo`` would restore of an update, judged by the response to the update."""
    try:
        plan = plan_from_answer(entry)
    except InvalidFields as error:
        return f"ordex undo cannot revert it: {error}"
    left = "; ".join(str(note) for note in plan.notes if note.kind in LEFT_BY_UNDO)
    if not plan.body:
        return f"ordex undo cannot revert it: {left or 'the order shows no change'}"
    return f"ordex undo reverts it, except for {left}" if left else "ordex undo reverts it"


def _way_back(outcome: ChangeOutcome) -> tuple[str, ...]:
    if outcome.entry.operation == "create":
        return ("the API has no way to delete an order, so this cannot be undone",)
    if outcome.entry.operation == "update":
        return (describe_undo(outcome.entry),)
    if outcome.is_as_intended:
        return ()
    return (f"change {outcome.entry.undoes} is still the next one that “ordex undo” reverts",)
