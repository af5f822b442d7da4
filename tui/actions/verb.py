"""A command: name, help, arguments and function, defined once for the command line and the REPL."""

from __future__ import annotations

import asyncio
import shlex
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from tui.errors import OrdexError

if TYPE_CHECKING:
    from .results import Result
    from .verb_context import VerbContext


ArgumentKind = Literal[
    "text", "number", "flag", "choice", "file", "filter", "column", "columns", "pair", "mapping",
    "column_map", "setting", "value", "profile",
]  # fmt: skip
"""How a value is written: ``columns`` is a comma-separated list of names, ``pair`` is ``path=value``,
``mapping`` the name of a saved mapping, ``column_map`` is ``header=field:kind``, ``setting`` the key of a
setting, ``value`` the value of the setting before it, and ``profile`` the name of a profile.
"""


class InputError(OrdexError):
    """The input of a command is invalid. ``argument`` is the name of the argument, if it is one."""

    title = "Wrong usage"

    def __init__(self, message: str, *, argument: str | None = None, hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.argument = argument


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a command: ``--name`` on the command line, ``name`` or ``--name`` in the REPL.

    ``several`` allows it more than once; its value is a tuple then. ``short`` is its one-letter form.
    ``minimum`` and ``maximum`` limit a number.
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
        """The argument as an option of the command line."""
        return "--" + self.name.replace("_", "-")


T = TypeVar("T")

Run = Callable[["VerbContext", Mapping[str, Any]], Awaitable["Result"]]


@dataclass(frozen=True, slots=True)
class Verb:
    """A command. ``run`` gets the value of each argument by name, with defaults filled in.

    ``summary`` is one line, ``help`` the full text. ``examples`` omit the program's name. ``formats`` are the
    output formats. ``writes`` is whether the command changes the account.
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
        """The default value of each argument."""
        return {argument.name: () if argument.several else argument.default for argument in self.arguments}

    async def run_with(self, context: VerbContext, given: Mapping[str, Any]) -> Result:
        """Run the command with the arguments that were given.

        A command that changes the account first applies the retention limits, at most once a day.

        Raises:
            InputError: an option is empty, such as ``--columns "$COLUMNS"`` with an unset variable.
        """
        refuse_empty(self.arguments, given)
        if self.writes:
            from .retention import apply_limits_if_due

            await asyncio.to_thread(apply_limits_if_due, context.folders)
        return await self.run(context, {**self.defaults(), **given})


def typed_arguments(kind: type[T], given: Mapping[str, Any]) -> T:
    """The arguments of a command as a dataclass whose fields have their names.

    The field of an argument with the name of a Python keyword ends in an underscore: ``as_``.
    """
    names: Iterable[str] = kind.__dataclass_fields__  # type: ignore[attr-defined] # a dataclass
    return kind(**{name: given[name.removesuffix("_")] for name in names})


def refuse_empty(arguments: Iterable[Argument], given: Mapping[str, Any]) -> None:
    """Refuse an empty option, which would be mistaken for one that was not given.

    An empty filter is allowed: every order matches it.

    Raises:
        InputError: an option is empty.
    """
    for argument in arguments:
        if given.get(argument.name) == "" and not argument.positional and argument.kind != "filter":
            raise InputError(
                f"{argument.option} is empty; give a value or leave the option out", argument=argument.name
            )


def refuse_unused(
    arguments: Iterable[Argument], given: Mapping[str, Any], used: Collection[str], message: str
) -> None:
    """Refuse an option that has no effect; ``used`` are the names of those that have one.

    ``message`` gives the reason, with ``{}`` for the option.

    Raises:
        InputError: another option was given with a value that is not its default.
    """
    for argument in arguments:
        value = given[argument.name]
        if argument.name not in used and value != argument.default and value not in (None, False, ()):
            raise InputError(message.format(argument.option), argument=argument.name)


if TYPE_CHECKING:
    from .verb_context import VerbContext


def command_text(context: VerbContext, verb: Verb, given: Mapping[str, Any]) -> str:
    """The command line that runs a command with these arguments, for the same account and format.

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
