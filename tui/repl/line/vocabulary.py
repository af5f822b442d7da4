"""All commands of the REPL: the shared verbs and its own."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from tui.actions.verb import Argument
from tui.actions.verbs import VERBS, verb
from tui.name_suggestions import suggestion_for
from tui.repl.commands import REPL_COMMANDS
from tui.repl.line.line_error import LineError
from tui.repl.repl_state import FORMATS

if TYPE_CHECKING:
    from tui.actions.exit_codes import ExitCode


if TYPE_CHECKING:
    from tui.actions.verb import Verb
    from tui.repl.line.words import Word


def verb_names() -> list[str]:
    """Every verb's name, sorted."""
    return sorted({*VERBS, *REPL_COMMANDS})


def is_verb(name: str) -> bool:
    """Whether the registry, which all front ends share, has this verb."""
    return name in VERBS


def repl_command(name: str) -> ReplCommand[Any]:
    """A command of the REPL itself.

    Raises:
        KeyError: the name is unknown.
    """
    module, _, attribute = REPL_COMMANDS[name].partition(":")
    found: ReplCommand[Any] = getattr(import_module(f"tui.repl.commands.{module}"), attribute)
    return found


def get_verb(name: str) -> Verb | ReplCommand[Any]:
    """The command with this name; a shared verb wins over the REPL's own.

    Raises:
        KeyError: the name is unknown.
    """
    return verb(name) if name in VERBS else repl_command(name)


def is_imported(name: str) -> bool:
    """Whether the module of a verb is imported already, so that reading its arguments is quick."""
    return name not in VERBS or f"tui.actions.verbs.{VERBS[name]}" in sys.modules


def rest_of_line(name: str) -> RestOfLine | None:
    """The tail of one of the REPL's own verbs."""
    return repl_command(name).tail if name in REPL_COMMANDS else None


def find_verb(name: Word, line: str) -> Verb | ReplCommand[Any]:
    """The command that a line starts with.

    Raises:
        LineError: the name is unknown; the error suggests the nearest.
    """
    if name.quoted or name.text not in {*VERBS, *REPL_COMMANDS}:
        raise _unknown(name, line)
    return repl_command(name.text) if name.text in REPL_COMMANDS else verb(name.text)


def registry_verb(name: Word, line: str) -> Verb:
    """A shared verb.

    Raises:
        LineError: the name is unknown.
    """
    if name.quoted or name.text not in VERBS:
        raise _unknown(name, line)
    return verb(name.text)


def arguments_of(found: Verb | ReplCommand[Any]) -> tuple[Argument, ...]:
    """The arguments that a line may hold; a verb whose result can be written takes ``format`` too."""
    formats = getattr(found, "formats", ())
    if not formats:
        return found.arguments
    choices = tuple(form for form in FORMATS if form in formats or form == "vertical")
    return (*found.arguments, Argument("format", "choice", "How the result is written.", choices=choices))


def _unknown(name: Word, line: str) -> LineError:
    assigns = "=" in name.text
    hint = (
        "to assign a value, write name = value with spaces around =" if assigns else "help lists the commands"
    )
    return LineError(
        f"unknown command “{name.text}”{suggestion_for(name.text, verb_names(), hint)}",
        text=line,
        position=name.start,
        length=name.end - name.start,
    )


class VerbDescription(Protocol):
    """What grammar, completion and help read of any verb."""

    @property
    def name(self) -> str:
        """How it is called."""

    @property
    def summary(self) -> str:
        """One line."""

    @property
    def help(self) -> str:
        """The whole."""

    @property
    def arguments(self) -> tuple[Argument, ...]:
        """Its arguments."""

    @property
    def examples(self) -> tuple[str, ...]:
        """Lines that can be typed."""


@dataclass(frozen=True, slots=True)
class RestOfLine:
    """The rest of a line that a command takes unparsed, after its first ``heads`` words.

    ``sign`` is a word required before it, ``line`` whether it is a line of the REPL itself.
    """

    metavar: str
    heads: int = 0
    sign: str | None = None
    line: bool = True


@dataclass(frozen=True, slots=True)
class CommandCall:
    """The arguments of a command; ``tail`` is the rest of the line, ``None`` if there is none."""

    given: Mapping[str, Any]
    tail: str | None = None


SessionT = TypeVar("SessionT")
"""The interpreter, which this module cannot import without a cycle."""


@dataclass(frozen=True, slots=True)
class ReplCommand(Generic[SessionT]):
    """A command of the REPL. ``run`` gets the interpreter and the arguments, with defaults."""

    name: str
    summary: str
    help: str
    run: Callable[[SessionT, CommandCall], Awaitable[ExitCode]]
    arguments: tuple[Argument, ...] = ()
    examples: tuple[str, ...] = ()
    tail: RestOfLine | None = None
