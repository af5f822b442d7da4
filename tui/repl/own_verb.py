"""A verb that only the REPL has, told in the same words as the ones of the registry."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from tui.actions.verb import Argument

if TYPE_CHECKING:
    from tui.actions.exit_codes import ExitCode

    from .interpreter import Interpreter


class VerbWords(Protocol):
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
        """What it takes."""

    @property
    def examples(self) -> tuple[str, ...]:
        """Lines that can be typed."""


@dataclass(frozen=True, slots=True)
class Tail:
    """The rest of a line that a verb takes as it stands, behind its first ``heads`` words.

    ``sign`` is a word that must stand in front of it, ``line`` whether it is a line of the REPL itself.
    """

    metavar: str
    heads: int = 0
    sign: str | None = None
    line: bool = True


@dataclass(frozen=True, slots=True)
class Call:
    """What a verb of the REPL was called with; ``tail`` is ``None`` where the line had none."""

    given: Mapping[str, Any]
    tail: str | None = None


Run = Callable[["Interpreter", Call], Awaitable["ExitCode"]]


@dataclass(frozen=True, slots=True)
class OwnVerb:
    """A verb of the REPL. ``run`` gets the interpreter and what was typed, defaults filled in."""

    name: str
    summary: str
    help: str
    run: Run
    arguments: tuple[Argument, ...] = ()
    examples: tuple[str, ...] = ()
    tail: Tail | None = None
