"""Runs lines of the prompt, of scripts and of linear mode."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tui.actions.exit_codes import ExitCode
from tui.actions.failures import RunFacts
from tui.actions.verb import InputError
from tui.actions.verb_context import VerbContext
from tui.orders.json_rules import JsonError
from tui.orders.strict_json import read_json
from tui.repl.line.line_error import LineError
from tui.repl.line.statements import (
    Assignment,
    BlankLine,
    Command,
    Expression,
    ParsedLine,
    parse_line,
    read_statement,
)
from tui.repl.line.values import evaluate, expand_word, is_expression
from tui.repl.line.vocabulary import CommandCall, ReplCommand, find_verb, is_verb, registry_verb, rest_of_line
from tui.terminal.progress_line import ProgressLine

from .connection import Connection
from .output_target import OutputTarget
from .repl_state import ExitRequest, Preferences, ReplState

if TYPE_CHECKING:
    from tui.actions.results import Result
    from tui.actions.session import PendingSession, Session
    from tui.actions.verb import Verb
    from tui.settings.folders import Folders
    from tui.settings.profile import Profile

    from .output import Output
    from .user_interface import UserInterface


DEEPEST = 16
"""How deep scripts and aliases may run one another."""


@dataclass
class Interpreter:
    """Runs lines on the state of a session. ``leave`` is set by the line that ends it."""

    connection: Connection
    folders: Folders
    output: Output
    person: UserInterface
    allow_python: Callable[[], bool]
    memory: ReplState = field(default_factory=ReplState)
    preferences: Preferences = field(default_factory=Preferences)
    namespace: dict[str, Any] = field(default_factory=dict)
    leave: ExitRequest | None = None
    depth: int = 0

    async def execute(self, text: str) -> ExitCode:
        """Run one logical line; every error becomes a message and an exit code."""
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
            LineError: the line is invalid.
            InputError: a value in it is invalid.
            Exception: an error of the command.
        """
        match read_statement(text, rest_of_line):
            case BlankLine():
                return ExitCode.DONE
            case Assignment() as keep:
                return await self._keep(keep)
            case Expression() as show:
                return await self._show(show)
            case Command() as asked:
                return await self._do(asked)

    async def run_nested(self, text: str) -> ExitCode:
        """Run a line on behalf of another one.

        Raises:
            InputError: lines run one another without an end.
        """
        if self.depth >= DEEPEST:
            raise InputError(f"scripts and aliases are nested {DEEPEST} levels deep; does one run itself?")
        self.depth += 1
        try:
            return await self.run(text)
        finally:
            self.depth -= 1

    async def call(self, verb: Verb, typed: ParsedLine) -> tuple[Result, str | None]:
        """Run a verb of the registry; the second value is the format that the line asks for."""
        from tui.repl.line.arguments import read_arguments
        from tui.repl.line.vocabulary import arguments_of

        given = read_arguments(verb.name, arguments_of(verb), typed, self.memory)
        form = given.pop("format", None) if verb.formats else None
        self.connection.facts.may_write = verb.writes
        with ProgressLine(in_place=self.output.progress_in_place) as line:

            async def open_session() -> Session:
                is_new = self.connection.opened is None
                session = await self.connection.open()
                if is_new and session.remark:
                    line.above(self.output.note)(session.remark)
                return session

            context = VerbContext(
                open_session,
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
            result = await verb.run_with(context, given)
        where = given.get("where")
        self.memory.take(result, verb=verb.name, where=where if isinstance(where, str) else None)
        return result, form

    def _connect(self, profile: Profile) -> PendingSession:
        from tui.actions.session import PendingSession
        from tui.wiring import open_session

        return PendingSession(lambda: open_session(profile, self.folders, masks=self.output.masks))

    async def _do(self, asked: Command) -> ExitCode:
        found = find_verb(asked.name, asked.line.text)
        if isinstance(found, ReplCommand):
            return await self._do_own(found, asked)
        delivery = OutputTarget.of(asked.line, self.output, self.preferences, self.memory)
        begun = time.monotonic()
        result, form = await self.call(found, asked.line)
        return await delivery.deliver(result, form, seconds=time.monotonic() - begun)

    async def _do_own(self, verb: ReplCommand[Interpreter], asked: Command) -> ExitCode:
        from tui.repl.line.arguments import read_arguments

        line = asked.line
        if line.pipe is not None or line.redirect is not None:
            raise LineError(
                f"{verb.name} has no output to pipe or to save",
                text=line.text,
                position=line.end,
                length=len(line.text),
            )
        defaults = {a.name: () if a.several else a.default for a in verb.arguments}
        given = read_arguments(verb.name, verb.arguments, line, self.memory)
        tail = None if asked.tail is None else line.text[asked.tail :].strip()
        return await verb.run(self, CommandCall({**defaults, **given}, tail))

    async def _show(self, show: Expression) -> ExitCode:
        from tui.repl.line.values import as_display, as_text, evaluate

        expression = show.expression
        delivery = OutputTarget.of(show.line, self.output, self.preferences, self.memory)
        try:
            value = evaluate(expression.text, self.memory.shown_with(self.output.masks))
        except LineError as error:
            raise LineError(
                str(error), text=show.line.text, position=expression.start, length=len(expression.text)
            ) from None
        if expression.text == "_" and self.memory.result is not None:
            return await delivery.deliver(self.memory.result, None, seconds=None)
        lines = value if isinstance(value, list) and all(isinstance(v, str) for v in value) else [value]
        text = as_text if delivery.is_handed_on else as_display
        return await delivery.deliver_text("".join(text(each) + "\n" for each in lines))

    async def _keep(self, keep: Assignment) -> ExitCode:
        self.memory.variables[keep.name] = await evaluate_assignment(self, keep)
        return ExitCode.DONE

    def _failed(self, error: Exception) -> ExitCode:
        from tui.actions.exit_codes import exit_code
        from tui.actions.failures import sentences

        facts = self.connection.facts
        for sentence in sentences(error, facts):
            self.output.note(sentence)
        return exit_code(error, facts)


RESERVED = ("ids",)


async def evaluate_assignment(interpreter: Interpreter, keep: Assignment) -> Any:
    """Evaluate the right side; for a command, the value is its document.

    Raises:
        LineError: there is no value, or several words that are not a command.
    """
    if keep.name in RESERVED:
        raise LineError(
            f"${keep.name} is reserved for the last list; choose another name", text=keep.text, position=0
        )
    line = parse_line(keep.text, keep.start)
    if not line.words:
        raise LineError("the value after = is missing", text=keep.text, position=len(keep.text))
    first = line.words[0]
    if not first.quoted and is_verb(first.text):
        await interpreter.call(registry_verb(first, keep.text), line)
        return interpreter.memory.last
    _check_alone(keep, line)
    if is_expression(first):
        try:
            return evaluate(first.text, interpreter.memory)
        except LineError as error:
            raise LineError(
                str(error), text=keep.text, position=first.start, length=first.end - first.start
            ) from None
    text = " ".join(expand_word(first, keep.text, interpreter.memory))
    if first.quoted:
        return text
    try:
        return read_json(text)
    except JsonError as error:
        if error.is_well_formed:
            raise LineError(
                f"the value {error.reason}",
                text=keep.text,
                position=first.start,
                length=first.end - first.start,
            ) from None
        return text


def _check_alone(keep: Assignment, line: ParsedLine) -> None:
    first = line.words[0]
    if len(line.words) > 1 or line.pipe is not None or line.redirect is not None:
        raise LineError(
            "only one value can be assigned; quote it if it contains spaces",
            text=keep.text,
            position=first.end,
            length=len(keep.text) - first.end,
        )
