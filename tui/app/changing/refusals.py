"""What was refused, as faults at fields and a sentence, for a form that is to be mended."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.app.forms import Refusal
from tui.jobs.changes.change_errors import ChangeRefused
from tui.orders.request import FieldFault, InvalidFields
from tui.voucherify.errors import ApiError, VoucherifyError

if TYPE_CHECKING:
    from tui.jobs.changes.change_outcome import ChangeOutcome

_NAMED = re.compile(r"Property \.(\S+) (.+)")
"""How the service names a field (``docs/voucherify-api.md#error-messages``)."""


def refusal_of(error: InvalidFields | ChangeRefused | VoucherifyError) -> Refusal:
    """An error as the reason for which a form comes back."""
    if isinstance(error, InvalidFields):
        return Refusal(error.title, error.faults)
    said = f"{error.title}: {error}" if str(error) != error.title else error.title
    faults = _faults(error.details or "") if isinstance(error, ApiError) else ()
    return Refusal(f"{said}. {error.hint}".strip(), faults)


def refusal_of_outcome(outcome: ChangeOutcome) -> Refusal:
    """The outcome of a change that was not done."""
    if outcome.error is not None:
        refusal = refusal_of(outcome.error)
        return Refusal(f"{outcome.title}. {refusal.message}", refusal.faults)
    return Refusal(f"{outcome.title}. {outcome.hint}")


def _faults(details: str) -> tuple[FieldFault, ...]:
    found = _NAMED.match(details)
    return (FieldFault(found.group(1), found.group(2)),) if found else ()
