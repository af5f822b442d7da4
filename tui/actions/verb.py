"""What one verb is: its words, its arguments and the function that does it, told once for every surface."""

from __future__ import annotations

import asyncio
import shlex
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from tui.errors import OrdexError

if TYPE_CHECKING:
    from .results import Result
    from .verb_context import VerbContext


ArgumentKind = Literal[
    "text", "number", "flag", "choice", "file", "filter", "column", "columns", "pair", "mapping",
    "column_map", "setting", "value", "profile",
]  # fmt: skip
"""What is typed: ``columns`` are names with commas between, a ``pair`` is ``path=value``, a ``mapping`` is
the name of a saved one and a ``column_map`` is ``header=field:kind``. A ``setting`` is the key of one, a
``value`` what the setting named before it shall be, a ``profile`` the name of one.
"""


class InputError(OrdexError):
    """What the user typed cannot be. ``argument`` is the argument's name, if it is one."""

    title = "Wrong usage"

    def __init__(self, message: str, *, argument: str | None = None, hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.argument = argument


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a verb. The command line writes it ``--name``, the REPL ``name`` or ``--name``.

    ``several`` takes it more than once, as a tuple; ``short`` is its one-letter form, ``-o``. ``minimum``
    and ``maximum`` bound a number.
    """

    name: str
    kind: ArgumentKind
    help: str = ""
    positional: bool = False
    required: bool = False
    default: Any = None
    choices: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    metavar: str | None = None
    several: bool = False
    short: str | None = None

    @property
    def option(self) -> str:
        """How the command line writes it."""
        return "--" + self.name.replace("_", "-")


Run = Callable[["VerbContext", Mapping[str, Any]], Awaitable["Result"]]


@dataclass(frozen=True, slots=True)
class Verb:
    """Something that can be asked for by name. ``run`` gets every argument by name, defaults filled in.

    ``summary`` is one line, ``help`` the whole. ``examples`` are typed behind ``ordex``. ``formats`` are
    the forms in which its result can be written. ``writes`` is whether it changes the account.
    """

    name: str
    summary: str
    help: str
    run: Run
    arguments: tuple[Argument, ...] = ()
    examples: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    writes: bool = False

    def defaults(self) -> dict[str, Any]:
        """What each argument is when it is not given."""
        return {argument.name: () if argument.several else argument.default for argument in self.arguments}

    async def run_with(self, context: VerbContext, given: Mapping[str, Any]) -> Result:
        """Run it with what was given, from whatever front end.

        Before the account is changed, what Ordex keeps is cut back to its limits, at most once a day.

        Raises:
            InputError: an option is an empty text, as ``--columns "$COLUMNS"`` is in a script.
        """
        refuse_empty(self.arguments, given)
        if self.writes:
            from .retention import apply_limits_if_due

            await asyncio.to_thread(apply_limits_if_due, context.folders)
        return await self.run(context, {**self.defaults(), **given})


def refuse_empty(arguments: Iterable[Argument], given: Mapping[str, Any]) -> None:
    """Refuse an option that is an empty text, which would be taken for one that was not given.

    An empty filter is one that every order matches.

    Raises:
        InputError: an option is empty.
    """
    for argument in arguments:
        if given.get(argument.name) == "" and not argument.positional and argument.kind != "filter":
            raise InputError(
                f"{argument.option} is empty: give it a value, or leave it out", argument=argument.name
            )


def refuse_unused(
    arguments: Iterable[Argument], given: Mapping[str, Any], used: Collection[str], message: str
) -> None:
    """Refuse an option that would be dropped; ``used`` are the names of those that have an effect.

    ``message`` says why, with ``{}`` in place of the option.

    Raises:
        InputError: another option was given, with another value than its default.
    """
    for argument in arguments:
        value = given[argument.name]
        if argument.name not in used and value != argument.default and value not in (None, False, ()):
            raise InputError(message.format(argument.option), argument=argument.name)


if TYPE_CHECKING:
    from .verb_context import VerbContext


def command_text(context: VerbContext, verb: Verb, given: Mapping[str, Any]) -> str:
    """What to type to run the verb with these arguments on the same account and in the same format.

    Arguments that have their default value are left out.
    """
    words = [] if context.form is None else ["ordex"]
    words.append(verb.name)
    if (account := context.flags.get("profile")) is not None:
        option, name = account
        words += [option] if option == "--demo" else [option, str(name)]
    for argument in verb.arguments:
        value = given.get(argument.name)
        if value in (None, argument.default, ()):
            continue
        for each in value if argument.several else (value,):
            if argument.kind == "flag":
                words.append(argument.option)
            else:
                words += [str(each)] if argument.positional else [argument.option, str(each)]
    if context.form is not None and verb.formats and context.form != verb.formats[0]:
        words += ["--format", context.form]
    return shlex.join(words)
