"""``--debug`` and ``--har``: logs the calls of one run to stderr and saves them to a HAR file."""

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

MOST_CALLS = 1000
"""Calls that a HAR file holds at most."""


class CallTracer:
    """Logs and records the calls of a run.

    Args:
        debug: whether to log each call to stderr.
        har: the HAR file to write at the end, if any.
        narrate: writes a message for the user.
        masks: the session's masks, which apply to the file, too.
    """

    def __init__(
        self, *, debug: bool, har: Path | None, narrate: Callable[[str], None], masks: Masks
    ) -> None:
        self._debug = debug
        self._har = har
        self._narrate = narrate
        self._masks = masks
        self._calls: deque[ApiCall] = deque(maxlen=MOST_CALLS)
        self._call_count = 0
        self.has_failed = False

    def record(self, call: ApiCall) -> None:
        """Record a call that has ended."""
        self._call_count += 1
        if self._har is not None:
            self._calls.append(call)
        if self._debug:
            from tui.actions.api_calls import call_line
            from tui.terminal.visible import visible

            request_id = f", {call.request_id}" if call.request_id else ""
            self._narrate(visible(f"{call_line(call)}{request_id}"))

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[None]:
        """Write the HAR file, if one is requested, when the block ends, also by an error.

        If it cannot be written, the result stays, an error is reported and ``has_failed`` is set.
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
                    self._narrate(visible(f"the API calls were not written to {self._har}: {reason}"))

    def _write(self, har: Path) -> None:
        from tui.actions.masking import masked_call
        from tui.terminal.visible import visible
        from tui.voucherify.calls.har import write_har

        write_har([masked_call(call, self._masks) for call in self._calls], har)
        is_complete = len(self._calls) == self._call_count
        count = f"{len(self._calls):,}" if is_complete else f"the last {len(self._calls):,}"
        calls = "API call was" if self._call_count == 1 else "API calls were"
        self._narrate(visible(f"{count} {calls} written to {har}, without secrets"))


def refuse_tracing(invocation: Invocation, hint: str) -> None:
    """Refuse ``--debug`` and ``--har`` for a full-screen program, which draws on stderr.

    Raises:
        click.UsageError: one of the options was given; ``hint`` names the alternative.
    """
    if invocation.debug or invocation.har is not None:
        raise click.UsageError(f"--debug and --har are for commands; {hint}")


def check_har_target(har: Path | None) -> None:
    """Check that the HAR file can be written.

    Raises:
        click.BadParameter: the file exists or cannot be written.
    """
    if har is None:
        return
    from tui.actions.arguments.output_path import check_output_path
    from tui.actions.verb import InputError

    try:
        check_output_path(har, must_be_new=True)
    except InputError as error:
        raise click.BadParameter(str(error), param_hint="--har") from None
