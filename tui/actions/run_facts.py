"""What one run has done so far: the facts that decide what an error says and how the run ends.

A run is a command, a line of the REPL or an action of the explorer. The transport's call log feeds it, so
that it knows what left and what the service accepted, whatever the code in between believes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tui.terminal.pluralize import pluralize

if TYPE_CHECKING:
    from tui.voucherify.calls.call_log import ApiCall

_READS = frozenset({"GET", "HEAD"})
_NEVER_LEFT = frozenset({"Unreachable"})
"""Errors of calls that did not reach the service."""


@dataclass(frozen=True, slots=True)
class Remainder:
    """Something that a run leaves behind: ``what`` it is, and the command that continues with it."""

    what: str
    command: str = ""

    def __str__(self) -> str:
        return f"{self.what} exists." + (f" Continue with: {self.command}" if self.command else "")


@dataclass(slots=True)
class RunFacts:
    """Which requests other than reads left in this run, and what exists because of them.

    ``may_write`` is whether the run could have sent something at all, so that "nothing was sent" is news.
    """

    may_write: bool = False
    accepted: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)
    remainders: list[Remainder] = field(default_factory=list)

    def record(self, call: ApiCall) -> None:
        """Note a call that has ended."""
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
        """Note what exists now, and how to go on with it if the run fails."""
        self.remainders.append(Remainder(what, command))

    @property
    def nothing_sent(self) -> bool:
        """Whether no request but reads left."""
        return not (self.accepted or self.refused or self.unanswered)

    @property
    def changed_something(self) -> bool:
        """Whether something exists that did not before: the service accepted a request, or may have."""
        return bool(self.accepted or self.unanswered or self.remainders)

    def sentences(self) -> tuple[str, ...]:
        """The facts that a failure needs to say."""
        if self.remainders:
            return tuple(map(str, self.remainders))
        if self.unanswered:
            return (f"Voucherify did not confirm {self.unanswered[-1]}; it may have been carried out.",)
        if self.accepted:
            return (f"Voucherify accepted {pluralize(len(self.accepted), 'request')}: {self.accepted[-1]}.",)
        if self.refused:
            return ("Nothing was changed.",)
        return ("Nothing was sent.",) if self.may_write else ()
