"""Opens the REPL: at a prompt, in linear mode, or on a script."""

from __future__ import annotations

import asyncio
import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from tui.actions.exit_codes import ExitCode
from tui.actions.retention import apply_limits_later

from .repl_state import ExitRequest, SavedReplState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.orders.order import Order
    from tui.orders.privacy import Masks
    from tui.settings.folders import Folders
    from tui.settings.profile import Profile
    from tui.voucherify.calls.call_log import ApiCall
    from tui.voucherify.rate_limit import Wait
    from tui.voucherify.write_lock import WriteLock

    from .connection import Connection
    from .interpreter import Interpreter
    from .output import Output
    from .plain_prompt import PlainPrompt
    from .prompt_texts import PromptStatus
    from .toolkit_prompt import ToolkitPrompt


SECONDS = 0.5


@contextmanager
def quick_start() -> Iterator[None]:
    """Rest the collector until the prompt has been up for a moment, or the session ends before."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    waking = asyncio.get_running_loop().call_later(SECONDS, gc.enable)
    try:
        yield
    finally:
        waking.cancel()
        gc.enable()


def open_repl(
    profile: Profile,
    folders: Folders,
    *,
    text: str | None = None,
    file: Path | None = None,
    linear: bool = False,
    first: Sequence[Order] = (),
    allow_python: bool | None = None,
    coloured: bool | None = None,
    masks: Masks | None = None,
    write_lock: WriteLock | None = None,
    state: SavedReplState | None = None,
) -> ExitRequest:
    """Run a session to its end.

    Args:
        profile: the initial account.
        folders: where history, word counts and saved aliases are.
        text: lines to run instead of reading them from the terminal.
        file: a script to run instead.
        linear: no colour, no tables, no cursor movement; also by ``ORDEX_LINEAR=1`` and ``TERM=dumb``.
        first: the initial orders of ``_`` and ``$ids``.
        allow_python: whether ``py`` and ``await`` may run; by default only on sandbox profiles.
        coloured: whether stdout is coloured; by default on a terminal without NO_COLOR.
        masks: the masks that ``mask`` turns on and off; by default the profile's.
        write_lock: the lock of the explorer's session; by default the profile's.
        state: the state of an earlier session to continue.

    Returns:
        How the session ended. The exit code of a script is that of its first failed line.
    """
    running = run_repl(
        profile,
        folders,
        text=text,
        file=file,
        linear=linear,
        first=first,
        allow_python=allow_python,
        coloured=coloured,
        masks=masks,
        write_lock=write_lock,
        state=state,
    )
    from .signals import EndedBySignal

    try:
        return asyncio.run(running)
    except KeyboardInterrupt:
        return ExitRequest(code=ExitCode.INTERRUPTED, profile=profile, write_lock=write_lock)
    except EndedBySignal as ended:
        return ExitRequest(code=ended.code, profile=profile, by_signal=True)


async def run_repl(
    profile: Profile,
    folders: Folders,
    *,
    text: str | None = None,
    file: Path | None = None,
    linear: bool = False,
    first: Sequence[Order] = (),
    allow_python: bool | None = None,
    coloured: bool | None = None,
    masks: Masks | None = None,
    write_lock: WriteLock | None = None,
    state: SavedReplState | None = None,
) -> ExitRequest:
    """The same on an event loop that runs already, for a front end that lends its terminal."""
    from tui.terminal.log_capture import install

    from .connection import Connection, connector

    install()
    script = text is not None or file is not None or not sys.stdin.isatty()
    masks = masks or _masks_of(profile)
    output = _output(script=script, linear=linear or _is_linear(), coloured=coloured, masks=masks)

    def say_wait(wait: Wait) -> None:
        output.note(f"waiting {wait.seconds:.0f} s: {wait.reason}")

    def on_call(call: ApiCall) -> None:
        connection.record(call)

    connection = Connection(
        profile,
        connector(folders, say_wait, masks, on_call),
        write_lock=write_lock,
    )
    try:
        session = _ReplSession(connection, folders, output, allow_python, state)
        if script:
            if first:
                session.begin_with(first)
            leave = await session.run_script(text, file)
        else:
            with quick_start():
                leave = await session.converse(first)
        return replace(leave, write_lock=connection.write_lock, state=session.state)
    finally:
        await connection.aclose()


class _ReplSession:
    """The parts of a session; the interpreter is made when first needed."""

    def __init__(
        self,
        connection: Connection,
        folders: Folders,
        output: Output,
        allow_python: bool | None,
        state: SavedReplState | None,
    ) -> None:
        from .plain_prompt import PlainPrompt

        self._connection = connection
        self._folders = folders
        self._output = output
        self._allow_python = allow_python
        self._state = state
        self._plain = PlainPrompt(output.note, output.masks)
        self._person: PlainPrompt | ToolkitPrompt = self._plain

    @cached_property
    def interpreter(self) -> Interpreter:
        """The interpreter of this session."""
        from .interpreter import Interpreter

        state = self._state or SavedReplState()
        return Interpreter(
            connection=self._connection,
            folders=self._folders,
            output=self._output,
            person=self._person,
            allow_python=self._may_run_python,
            memory=state.memory,
            preferences=state.preferences,
            namespace=state.namespace,
        )

    @property
    def state(self) -> SavedReplState | None:
        """The state for a later session that continues this one."""
        if not self._made:
            return self._state
        made = self.interpreter
        return SavedReplState(made.memory, made.preferences, made.namespace)

    def begin_with(self, orders: Sequence[Order]) -> None:
        """Make these orders the last result."""
        from tui.actions.arguments.filter_and_columns import parse_columns
        from tui.actions.results import OrderResult, OrdersResult

        memory = self.interpreter.memory
        memory.take(OrdersResult(orders, parse_columns(None)))
        if len(orders) == 1:
            memory.take(OrderResult(orders[0]))

    async def converse(self, first: Sequence[Order]) -> ExitRequest:
        """Run the loop at an interactive prompt."""
        from .repl_loop import ReplLoop

        apply_limits_later(self._folders)

        conversation = ReplLoop(self._connection, self._folders, lambda: self.interpreter, self._output.masks)
        if self._output.terminal and not self._output.linear:
            from .toolkit_prompt import ToolkitPrompt

            self._person = ToolkitPrompt(
                knowledge=conversation.knowledge,
                status=self._status,
                note=self._output.note,
                vi=lambda: self._made and self.interpreter.preferences.vi,
                coloured=self._output.coloured,
                masks=self._output.masks,
            )
        if first:
            self.begin_with(first)
        if self._person is self._plain:
            return await conversation.run(self._plain)
        from .signals import run_until_signal

        return await run_until_signal(conversation.run(self._person))

    @property
    def _made(self) -> bool:
        return "interpreter" in self.__dict__

    def _status(self) -> PromptStatus:
        from .prompt_texts import PromptStatus

        jobs = self.interpreter.memory.jobs_running if self._made else None
        return PromptStatus(self._connection.standing, self._connection.calls_left, jobs)

    def _may_run_python(self) -> bool:
        if self._allow_python is None:
            return self._connection.profile.kind == "sandbox"
        return self._allow_python

    async def run_script(self, text: str | None, file: Path | None) -> ExitRequest:
        """Run lines without a prompt."""
        from tui.actions.verb import InputError

        from .script import read_script, run_script
        from .signals import Interrupted, interruptible

        interpreter = self.interpreter
        name = "-c" if text is not None else str(file) if file is not None else "stdin"
        try:
            if text is None:
                text = await asyncio.to_thread(read_script, file) if file else sys.stdin.read()
            code = await interruptible(run_script(interpreter, text, name=name))
        except Interrupted:
            interpreter.output.note("interrupted")
            code = ExitCode.INTERRUPTED
        except InputError as error:
            interpreter.output.note(str(error))
            code = ExitCode.USAGE
        return interpreter.leave or ExitRequest(code=code, profile=interpreter.connection.profile)


def _is_linear() -> bool:
    chosen = os.environ.get("ORDEX_LINEAR", "") not in ("", "0")
    return chosen or os.environ.get("TERM") == "dumb"


def _masks_of(profile: Profile) -> Masks:
    from tui.wiring import masks_of

    return masks_of(profile)


def _output(*, script: bool, linear: bool, coloured: bool | None, masks: Masks) -> Output:
    from .output import Output

    terminal = sys.stdout.isatty()
    colourless = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    return Output(
        coloured=coloured if coloured is not None else terminal and not colourless,
        linear=linear,
        terminal=terminal,
        interactive=not script,
        masks=masks,
    )
