"""The command that runs a verb with certain arguments, for sentences that tell what to type next."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .verb import Verb
    from .verb_context import VerbContext


def command_line(context: VerbContext, verb: Verb, given: Mapping[str, Any]) -> str:
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
