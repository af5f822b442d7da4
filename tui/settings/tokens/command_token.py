"""A token that a program prints: ``op read``, ``pass show``, or a script."""

from __future__ import annotations

import os
import selectors
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import PurePath
from typing import IO, TYPE_CHECKING

from tui.settings.setting_errors import SettingsError
from tui.terminal.redaction import environment_for_programs, keep_secret, redacted

from .stored_token import parse_token

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tui.settings.secret import Secret

SECONDS = 10.0
"""Time limit of the program, including the time to touch a security key."""

MOST = 16 * 1024
"""Limit of its output in bytes."""

LOOK = 0.05
"""Seconds between checks whether the program has ended."""

TOLD = 300
"""Characters of its stderr that an error message quotes."""


class CommandToken:
    """Runs the program at each read, without a shell.

    The program gets no input, and the environment without known secrets. Its stdout is the token; its stderr
    is quoted if it fails.

    Args:
        command: the program, by name or absolute path, and its arguments.
        environ: the environment; the process's own when not given.
        seconds: the time limit, for tests.
    """

    def __init__(
        self, command: Sequence[str], environ: Mapping[str, str] | None = None, *, seconds: float = SECONDS
    ) -> None:
        self._command = tuple(command)
        self._environ = environ
        self._seconds = seconds

    @property
    def where(self) -> str:
        """The program, without its arguments."""
        return f"printed by the program {self._name}"

    @property
    def _name(self) -> str:
        return PurePath(self._command[0]).name

    @property
    def is_found(self) -> bool:
        """Whether the program exists; this does not run it."""
        return shutil.which(self._command[0], path=(self._environ or os.environ).get("PATH")) is not None

    def read(self) -> Secret:
        """Run the program.

        Raises:
            SettingsError: it cannot be started, fails, takes too long, or prints no valid token.
        """
        printed, complained, code = self._run()
        keep_secret(printed.strip())
        if code != 0:
            how = f"ended with code {code}" if code > 0 else f"was ended by signal {-code}"
            message = redacted(complained.strip())[-TOLD:]
            raise SettingsError(f"the token_command {self._name} {how}" + (f": {message}" if message else ""))
        return parse_token(printed, f"what the token_command {self._name} printed")

    def _run(self) -> tuple[str, str, int]:
        environ = os.environ if self._environ is None else self._environ
        try:
            program = subprocess.Popen(  # noqa: S603 - the user's own command, and no shell
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=environment_for_programs(environ),
                process_group=0,
            )
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or "cannot be"
            raise SettingsError(f"the token_command {self._name} cannot be run: {why}") from None
        with program:
            try:
                printed, complained = self._listen(program)
            except BaseException:
                _end(program)
                raise
        return printed, complained, program.returncode

    def _listen(self, program: subprocess.Popen[bytes]) -> tuple[str, str]:
        assert program.stdout is not None  # noqa: S101 - both are pipes
        assert program.stderr is not None  # noqa: S101
        heard: dict[IO[bytes], bytearray] = {program.stdout: bytearray(), program.stderr: bytearray()}
        deadline = time.monotonic() + self._seconds
        with selectors.DefaultSelector() as waiting:
            for pipe in heard:
                waiting.register(pipe, selectors.EVENT_READ, pipe)
            while waiting.get_map():
                streams = self._ready(waiting, program, deadline)
                if not streams:
                    break
                for stream in streams:
                    chunk = os.read(stream.fileno(), MOST)
                    heard[stream] += chunk
                    if not chunk:
                        waiting.unregister(stream)
                if len(heard[program.stdout]) > MOST:
                    raise SettingsError(f"the token_command {self._name} prints more than a token can have")
                del heard[program.stderr][:-MOST]
        try:
            program.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            raise self._late() from None
        printed, complained = (said.decode("utf-8", "replace") for said in heard.values())
        return printed, complained

    def _ready(
        self, waiting: selectors.BaseSelector, program: subprocess.Popen[bytes], deadline: float
    ) -> list[IO[bytes]]:
        """The readable pipes; none once the program has ended and its output was read.

        A child of the program, such as an agent, may keep the pipes open for longer.
        """
        while True:
            has_ended = program.poll() is not None
            left = deadline - time.monotonic()
            pause = 0.0 if has_ended else min(max(left, 0.0), LOOK)
            ready: list[IO[bytes]] = [key.data for key, _ in waiting.select(pause)]
            if ready or has_ended:
                return ready
            if left <= 0:
                raise self._late()

    def _late(self) -> SettingsError:
        return SettingsError(f"the token_command {self._name} took longer than {self._seconds:g} seconds")


def _end(program: subprocess.Popen[bytes]) -> None:
    """Kill the program and its children."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(program.pid, signal.SIGKILL)
