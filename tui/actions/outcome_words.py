"""What became of a change, in words and as an exit code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.jobs.outcomes import TITLES, CannotUndo, OutcomeOpen
from tui.orders.changes import Change, describe
from tui.orders.order import Order

from .exit_codes import ExitCode, exit_code
from .plan_words import conflict_words
from .results import DoneResult, OrderResult, Result

if TYPE_CHECKING:
    from tui.jobs.entries import Entry, State
    from tui.jobs.outcomes import MutationRefused, Outcome

DID = {"create": "created", "update": "updated", "undo": "taken back"}

STATES: dict[State, str] = {
    "PREPARED": "not known yet, since the order could not be read; it is looked up again next time",
    "SENT": "not known yet, since the order could not be read; it is looked up again next time",
    "DONE": "done",
    "NOT_DONE": "not done; the order is as it was",
    "CONFLICT": "conflict: somebody else wrote meanwhile",
    "REFUSED": "refused by the service",
}

QUIET = frozenset({"updated_at", "created_at", "id", "object"})
"""What the service always makes, so that telling it says nothing."""


def entry_name(entry: Entry) -> str:
    """What a person calls the order of an entry."""
    return entry.source_id or entry.order_id or "?"


def entry_sentence(entry: Entry) -> str:
    """What became of a change that was cut off earlier."""
    return f"change {entry.id} of order {entry_name(entry)}, cut off earlier: {STATES[entry.state]}"


def done_sentence(entry: Entry) -> str:
    """What was done."""
    return f"{entry_name(entry)} {DID[entry.operation]}, change {entry.id}"


def server_made_words(outcome: Outcome) -> tuple[str, ...]:
    """What the service worked out by itself, without what it always makes."""
    return tuple(
        str(describe(change))
        for change in outcome.server_made
        if change.path[0] not in QUIET and len(change.path) == 1 and change.new is not None
    )


def difference_words(outcome: Outcome) -> tuple[str, ...]:
    """Fields that are not as they were meant."""
    return tuple(
        f"{found.field}: meant {found.old}, is {found.new}" for found in map(describe, outcome.differences)
    )


def outcome_result(outcome: Outcome) -> Result:
    """An outcome as the result of a verb."""
    told = (
        *(f"not as meant: {words}" for words in difference_words(outcome)),
        *(f"by the service: {words}" for words in server_made_words(outcome)),
    )
    if outcome.state == "DONE" and outcome.answer is not None:
        back = () if outcome.entry.operation == "undo" else _way_back(outcome.entry)
        return OrderResult(Order.read(outcome.answer), (done_sentence(outcome.entry), *told, *back))
    said = [f"{outcome.title} (change {outcome.entry.id})", *([str(outcome.error)] if outcome.error else [])]
    document = {"outcome": outcome.state, "change": outcome.entry.id, "order": outcome.answer}
    sentences = (*said, *told, *([outcome.hint] if outcome.hint else []))
    return DoneResult(sentences, document, code=outcome_code(outcome))


def outcome_code(outcome: Outcome) -> ExitCode:
    """The exit code of an outcome that is not ``DONE``."""
    if outcome.state == "CONFLICT":
        return ExitCode.CONFLICT
    return exit_code(outcome.error) if outcome.error is not None else ExitCode.NETWORK


def refusal_result(refused: MutationRefused) -> DoneResult:
    """The reason why nothing was sent, as the result of a verb."""
    changes: tuple[Change, ...] = getattr(refused, "changes", ())
    said = refusal_words(refused)
    code = ExitCode.CONFLICT
    if isinstance(refused, OutcomeOpen):
        code = ExitCode.NETWORK
    elif isinstance(refused, CannotUndo) and not changes:
        code = ExitCode.REFUSED
    return DoneResult(said, {"outcome": refused.title, "reasons": list(said)}, code=code)


def refusal_words(refused: MutationRefused) -> tuple[str, ...]:
    """Why nothing was sent, line by line."""
    changes: tuple[Change, ...] = getattr(refused, "changes", ())
    conflicts = getattr(refused, "conflicts", ())
    return (
        f"{refused.title}: {refused}",
        *(f"  {describe(change)}" for change in changes),
        *(f"  {conflict_words(conflict)}" for conflict in conflicts),
        *([refused.hint] if refused.hint else []),
    )


def state_words(entry: Entry) -> str:
    """The state of an entry in a list."""
    return TITLES[entry.state] if entry.is_open else STATES[entry.state].partition(";")[0]


def _way_back(entry: Entry) -> tuple[str, ...]:
    if entry.operation == "create":
        return ("the API has no way to delete an order, so this cannot be taken back",)
    return ("ordex undo takes it back",)
