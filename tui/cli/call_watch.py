"""``--debug`` and ``--har``: the calls of one run, told as they end and kept for a file."""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from tui.orders.privacy import Masks
    from tui.voucherify.calls.call_log import ApiCall

    from .invocation import Invocation

LAST = 1000
"""Calls that the file holds at most."""


class CallWatch:
    """Hears every call of a run.

    Args:
        debug: whether each is told.
        har: the file that they are written to at the end, if any.
        say: tells the person a sentence.
        masks: the session's; what they cover is masked in the file too.
    """

    def __init__(self, *, debug: bool, har: Path | None, say: Callable[[str], None], masks: Masks) -> None:
        self._debug = debug
        self._har = har
        self._say = say
        self._masks = masks
        self._kept: deque[ApiCall] = deque(maxlen=LAST)
        self._heard = 0
        self.has_failed = False

    def hear(self, call: ApiCall) -> None:
        """Take note of a call that has ended."""
        self._heard += 1
        if self._har is not None:
            self._kept.append(call)
        if self._debug:
            from tui.actions.api_calls import call_line
            from tui.terminal.visible import visible

            named = f", {call.request_id}" if call.request_id else ""
            self._say(visible(f"{call_line(call)}{named}"))

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[None]:
        """Write the file, if one is wanted, when the block ends, however it ends.

        That it cannot be written takes nothing from the result: it is said, and ``has_failed`` is set.
        """
        from tui.files.atomic_write import write_error_reason
        from tui.terminal.visible import visible

        try:
            yield
        finally:
            if self._har is not None:
                try:
                    await asyncio.to_thread(self._write, self._har)
                except OSError as error:
                    self.has_failed = True
                    reason = write_error_reason(error)
                    self._say(visible(f"the calls were not written to {self._har}: {reason}"))

    def _write(self, har: Path) -> None:
        from tui.actions.masking import masked_call
        from tui.terminal.visible import visible
        from tui.voucherify.calls.har import write_har

        write_har([masked_call(call, self._masks) for call in self._kept], har)
        said = f"{len(self._kept):,}" if len(self._kept) == self._heard else f"the last {len(self._kept):,}"
        calls = "call is" if self._heard == 1 else "calls are"
        self._say(visible(f"{said} {calls} in {har}, without a secret"))


def refuse_watching(invocation: Invocation, where: str) -> None:
    """Say where a screen shows its calls, since stderr is what it draws on.

    Raises:
        click.UsageError: the options ask for them all the same.
    """
    if invocation.debug or invocation.har is not None:
        raise click.UsageError(f"--debug and --har are for commands; {where}")


def check_target(har: Path | None) -> None:
    """See beforehand that the file can be written.

    Raises:
        click.BadParameter: it is there already, or cannot be written.
    """
    if har is None:
        return
    from tui.actions.arguments.output_path import check_output_path
    from tui.actions.verb import InputError

    try:
        check_output_path(har, must_be_new=True)
    except InputError as error:
        raise click.BadParameter(str(error), param_hint="--har") from None
