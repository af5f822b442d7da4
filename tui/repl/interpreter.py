"""Runs lines: one way for the prompt, for scripts and for linear mode."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tui.actions.desk import Desk
from tui.actions.exit_codes import ExitCode
from tui.actions.run_facts import RunFacts
from tui.actions.verb import InputError
from tui.terminal.progress_line import ProgressLine

from .connection import Connection
from .delivery import Delivery
from .leave import Leave
from .line_error import LineError
from .memory import Memory
from .own_verb import Call, OwnVerb
from .preferences import Preferences
from .statements import Asked, Keep, Nothing, Show, read_statement
from .vocabulary import find, tail_of

if TYPE_CHECKING:
    from tui.actions.results import Result
    from tui.actions.verb import Verb
    from tui.settings.folders import Folders
    from tui.settings.profile import Profile
    from tui.wiring import SessionOnce

    from .lines import Line
    from .output import Output
    from .person import Person

DEEPEST = 16
"""How deep scripts and queries may run one another."""


@dataclass
class Interpreter:
    """A session's state and the way a line runs in it. ``leave`` is set by the line that ends the session."""

    connection: Connection
    folders: Folders
    output: Output
    person: Person
    allow_python: Callable[[], bool]
    memory: Memory = field(default_factory=Memory)
    preferences: Preferences = field(default_factory=Preferences)
    namespace: dict[str, Any] = field(default_factory=dict)
    leave: Leave | None = None
    depth: int = 0

    async def execute(self, text: str) -> ExitCode:
        """Run one logical line; every error becomes sentences and an exit code."""
        self.connection.facts = RunFacts()
        try:
            return await self.run(text)
        except LineError as error:
            self.output.note(error.pointed())
            return ExitCode.USAGE
        except InputError as error:
            if self.connection.facts.changed_something:
                return self._failed(error)
            self.output.note(f"{error.argument}: {error}" if error.argument else str(error))
            return ExitCode.USAGE
        except Exception as error:  # noqa: BLE001 - whatever a verb does, the session stays
            return self._failed(error)

    async def run(self, text: str) -> ExitCode:
        """Run one logical line.

        Raises:
            LineError: it cannot be done as it stands.
            InputError: a value in it cannot be.
            Exception: what the verb raises.
        """
        match read_statement(text, tail_of):
            case Nothing():
                return ExitCode.DONE
            case Keep() as keep:
                return await self._keep(keep)
            case Show() as show:
                return await self._show(show)
            case Asked() as asked:
                return await self._do(asked)

    async def run_nested(self, text: str) -> ExitCode:
        """Run a line on behalf of another one.

        Raises:
            InputError: lines run one another without an end.
        """
        if self.depth >= DEEPEST:
            raise InputError(f"scripts and queries run each other {DEEPEST} deep; there may be a circle")
        self.depth += 1
        try:
            return await self.run(text)
        finally:
            self.depth -= 1

    async def call(self, verb: Verb, typed: Line) -> tuple[Result, str | None]:
        """Run a verb of the registry; the second value is the format that the line asks for."""
        from .arguments import read_arguments
        from .vocabulary import arguments_of

        given = read_arguments(verb.name, arguments_of(verb), typed, self.memory)
        form = given.pop("format", None) if verb.formats else None
        self.connection.facts.may_write = verb.writes
        with ProgressLine(in_place=self.output.progress_in_place) as line:
            desk = Desk(
                self.connection.open,
                self.folders,
                narrate=line.above(self.output.note),
                progress=line.show,
                confirm=self.person.ask,
                ask=self.person.inquire,
                profile=lambda: self.connection.profile,
                connect=self._connect,
                masks=self.output.masks,
                facts=self.connection.facts,
            )
            result = await verb.run_with(desk, given)
        where = given.get("where")
        self.memory.take(result, verb=verb.name, where=where if isinstance(where, str) else None)
        return result, form

    def _connect(self, profile: Profile) -> SessionOnce:
        from tui.wiring import SessionOnce

        return SessionOnce(lambda: profile, self.folders, masks=self.output.masks)

    async def _do(self, asked: Asked) -> ExitCode:
        found = find(asked.name, asked.line.text, tailed=asked.tail is not None)
        if isinstance(found, OwnVerb):
            return await self._do_own(found, asked)
        delivery = Delivery.of(asked.line, self)
        begun = time.monotonic()
        result, form = await self.call(found, asked.line)
        return await delivery.deliver(result, form, seconds=time.monotonic() - begun)

    async def _do_own(self, verb: OwnVerb, asked: Asked) -> ExitCode:
        from .arguments import read_arguments

        line = asked.line
        if line.pipe is not None or line.redirect is not None:
            raise LineError(
                f"{verb.name} has no result to hand on",
                text=line.text,
                position=line.end,
                length=len(line.text),
            )
        defaults = {a.name: () if a.several else a.default for a in verb.arguments}
        given = read_arguments(verb.name, verb.arguments, line, self.memory)
        tail = None if asked.tail is None else line.text[asked.tail :].strip()
        return await verb.run(self, Call({**defaults, **given}, tail))

    async def _show(self, show: Show) -> ExitCode:
        from .values import as_display, as_text, value_of

        expression = show.expression
        delivery = Delivery.of(show.line, self)
        try:
            value = value_of(expression.text, self.memory.shown_with(self.output.masks))
        except LineError as error:
            raise LineError(
                str(error), text=show.line.text, position=expression.start, length=len(expression.text)
            ) from None
        if expression.text == "_" and self.memory.result is not None:
            return await delivery.deliver(self.memory.result, None, seconds=None)
        lines = value if isinstance(value, list) and all(isinstance(v, str) for v in value) else [value]
        text = as_text if delivery.is_handed_on else as_display
        return await delivery.deliver_text("".join(text(each) + "\n" for each in lines))

    async def _keep(self, keep: Keep) -> ExitCode:
        from .keeping import kept_value

        self.memory.variables[keep.name] = await kept_value(self, keep)
        return ExitCode.DONE

    def _failed(self, error: Exception) -> ExitCode:
        from tui.actions.exit_codes import exit_code
        from tui.actions.failure import sentences

        facts = self.connection.facts
        for sentence in sentences(error, facts):
            self.output.note(sentence)
        return exit_code(error, facts)
