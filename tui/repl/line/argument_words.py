"""Assigns words to the arguments of a command. Never raises: completion needs problems as a list.

Words fill the positional arguments first. ``--name`` starts an option anywhere and takes one word
(``--name=value`` too), as on the command line. Once the required positional arguments are there, an unquoted
word that is an option's name starts that option as well; ``where`` (any filter), and an option that may be
given several times, then take every word up to the next option, others take one. To mean the word itself,
quote it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tui.actions.verb import Argument
from tui.name_suggestions import suggestion_for
from tui.repl.line.words import Word


@dataclass(slots=True)
class ArgumentSlot:
    """An argument and its words; ``dashed`` is whether it was written ``--name``, ``key`` where it was."""

    argument: Argument
    words: list[Word] = field(default_factory=list)
    key: Word | None = None
    dashed: bool = False

    @property
    def greedy(self) -> bool:
        """Whether it takes words up to the next option."""
        return not self.dashed and (self.argument.kind == "filter" or self.argument.several)

    @property
    def open(self) -> bool:
        """Whether the next word may be another value of it."""
        return self.argument.kind != "flag" and (self.greedy or not self.words)


@dataclass(frozen=True, slots=True)
class ArgumentProblem:
    """A problem of the line between ``start`` and ``end``."""

    message: str
    start: int
    end: int


@dataclass(slots=True)
class ParsedArguments:
    """The arguments in the order of the line, and their problems."""

    slots: list[ArgumentSlot] = field(default_factory=list)
    faults: list[ArgumentProblem] = field(default_factory=list)

    def given(self, argument: Argument) -> list[ArgumentSlot]:
        """The slots of one argument."""
        return [slot for slot in self.slots if slot.argument is argument]

    def positionals_done(self, arguments: Sequence[Argument]) -> bool:
        """Whether each required positional argument has a word."""
        return all(
            any(slot.words for slot in self.given(argument))
            for argument in arguments
            if argument.positional and argument.required
        )


def parse_arguments(arguments: Sequence[Argument], words: Sequence[Word]) -> ParsedArguments:
    """Share the words out among the arguments."""
    sharing = _Sharing(arguments)
    for word in words:
        sharing.take(word)
    return sharing.assigned


def option_of(arguments: Sequence[Argument], name: str) -> Argument | None:
    """The option with this name; dashes and underscores are the same."""
    plain = name.replace("-", "_")
    return next((a for a in arguments if not a.positional and a.name == plain), None)


class _Sharing:
    def __init__(self, arguments: Sequence[Argument]) -> None:
        self.arguments = arguments
        self.assigned = ParsedArguments()
        self.current: ArgumentSlot | None = None

    def take(self, word: Word) -> None:
        if not word.quoted and self._is_bare_option(word):
            return
        if self._is_dashed(word):
            return
        if self.current is not None and self.current.open:
            self.current.words.append(word)
        else:
            self._positional(word)

    def _is_dashed(self, word: Word) -> bool:
        text = word.pieces[0].text if word.pieces else ""
        if not text.startswith("--") or len(text) <= 2 or (self.current and self._wants_word(self.current)):
            return False
        name, equals, _ = text[2:].partition("=")
        argument = option_of(self.arguments, name)
        if argument is None:
            self._fault(f"unknown option --{name}{self._suggestion(name)}", word)
            self.current = None
            return True
        slot = self._open(argument, word, dashed=True)
        if equals:
            if argument.kind == "flag":
                self._fault(f"--{name} takes no value", word)
            slot.words.append(word.behind(len(name) + 3))
        return True

    def _is_bare_option(self, word: Word) -> bool:
        argument = option_of(self.arguments, word.text)
        if argument is None or not self.assigned.positionals_done(self.arguments):
            return False
        if self.current is not None and self._wants_word(self.current):
            return False
        self._open(argument, word, dashed=False)
        return True

    @staticmethod
    def _wants_word(slot: ArgumentSlot) -> bool:
        return slot.key is not None and slot.argument.kind != "flag" and not slot.words

    def _open(self, argument: Argument, word: Word, *, dashed: bool) -> ArgumentSlot:
        if self.assigned.given(argument) and not argument.several:
            self._fault(f"{argument.name} is given twice", word)
        self.current = ArgumentSlot(argument, key=word, dashed=dashed)
        self.assigned.slots.append(self.current)
        return self.current

    def _positional(self, word: Word) -> None:
        for argument in self.arguments:
            slots = self.assigned.given(argument) if argument.positional else []
            if not argument.positional or (slots and not (argument.several or argument.kind == "filter")):
                continue
            if slots:
                slots[0].words.append(word)
            else:
                self.assigned.slots.append(ArgumentSlot(argument, [word]))
            self.current = None
            return
        self._fault(f"unexpected word{self._suggestion(word.text)}", word)

    def _fault(self, message: str, word: Word) -> None:
        self.assigned.faults.append(ArgumentProblem(message, word.start, word.end))

    def _suggestion(self, name: str) -> str:
        names = [argument.name.replace("_", "-") for argument in self.arguments if not argument.positional]
        otherwise = f"the options are {', '.join(names)}" if names else "there are no options"
        return suggestion_for(name, names, otherwise)
