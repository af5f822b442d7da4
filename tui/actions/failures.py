"""What a failure shows the user: the error, and what its run had sent and created by then."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tui.errors import OrdexError
from tui.terminal.pluralize import pluralize
from tui.terminal.redaction import redacted

if TYPE_CHECKING:
    from tui.voucherify.calls.call_log import ApiCall


_READS = frozenset({"GET", "HEAD"})
_NEVER_LEFT = frozenset({"Unreachable"})
"""Names of errors of calls that did not reach the service."""


@dataclass(frozen=True, slots=True)
class Remainder:
    """Something that a run created, and the command that continues from it."""

    what: str
    command: str = ""

    def __str__(self) -> str:
        return f"{self.what} exists." + (f" Continue with: {self.command}" if self.command else "")


@dataclass(slots=True)
class RunFacts:
    """The writes that this run sent, and what they created.

    ``may_write`` is whether the run could have sent something, so that "nothing was sent" is worth a message.
    """

    may_write: bool = False
    accepted: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)
    remainders: list[Remainder] = field(default_factory=list)

    def record(self, call: ApiCall) -> None:
        """Record a finished call."""
        if call.method in _READS or "/oauth/" in call.path or call.error in _NEVER_LEFT:
            return
        name = f"{call.method} {call.path}"
        if call.status is None or call.status >= 500:
            self.unanswered.append(name)
        elif 200 <= call.status < 300:
            self.accepted.append(name)
        else:
            self.refused.append(name)

    def leaves(self, what: str, command: str = "") -> None:
        """Record something that was created, and how to continue from it if the run fails."""
        self.remainders.append(Remainder(what, command))

    @property
    def nothing_sent(self) -> bool:
        """Whether only reads were sent."""
        return not (self.accepted or self.refused or self.unanswered)

    @property
    def changed_something(self) -> bool:
        """Whether the service accepted a write, or may have."""
        return bool(self.accepted or self.unanswered or self.remainders)

    def sentences(self) -> tuple[str, ...]:
        """The facts to report with a failure."""
        if self.remainders:
            return tuple(map(str, self.remainders))
        if self.unanswered:
            return (f"Voucherify did not confirm {self.unanswered[-1]}; it may have been carried out.",)
        if self.accepted:
            return (f"Voucherify accepted {pluralize(len(self.accepted), 'request')}: {self.accepted[-1]}.",)
        if self.refused:
            return ("Nothing was changed.",)
        return ("Nothing was sent.",) if self.may_write else ()


def sentences(error: Exception, facts: RunFacts | None = None) -> tuple[str, ...]:
    """What happened, what to do about it and what exists now, one sentence per line.

    Make them visible before showing them. No secret is in them, and no values of variables where a fault of
    Ordex itself is named.

    Args:
        error: what ended the run.
        facts: what the run had done by then.
    """
    described = _sentences(error)
    lines = () if facts is None else tuple(f"  {sentence}" for sentence in facts.sentences())
    return tuple(redacted(sentence) for sentence in (*described, *lines))


def _sentences(error: Exception) -> tuple[str, ...]:
    import sqlite3

    if isinstance(error, OrdexError):
        return _known(error)
    if isinstance(error, OSError):
        return (describe_os_error(error), "  Check the path, the permissions and the space on the disk.")
    if isinstance(error, sqlite3.Error):
        return (
            f"a file in the state folder cannot be used: {error}",
            "  ordex doctor shows which one, and what to do.",
        )
    return _unexpected(error)


def describe_os_error(error: OSError) -> str:
    """An error of the operating system: the file, if any, and the reason."""
    return ": ".join(str(part) for part in (error.filename, error.strerror or error) if part)


def _known(error: OrdexError) -> tuple[str, ...]:
    from tui.voucherify.errors import VoucherifyError

    request_id = getattr(error, "request_id", None)
    return (
        error.sentence if isinstance(error, VoucherifyError) else str(error),
        *((f"  {error.hint}",) if error.hint else ()),
        *((f"  request id: {request_id}",) if request_id else ()),
    )


def _unexpected(error: Exception) -> tuple[str, ...]:
    from tui.terminal.log_capture import is_debug, traceback_of

    return (
        *((traceback_of(error),) if is_debug() else ()),
        f"unexpected {type(error).__name__}: {error}",
        "  This is a bug in Ordex. ORDEX_DEBUG=1 shows where; please report it.",
    )
