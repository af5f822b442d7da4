"""Every verb that a line may begin with: those of the registry, and the REPL's own."""

from __future__ import annotations

import sys
from difflib import get_close_matches
from importlib import import_module
from typing import TYPE_CHECKING

from tui.actions.verb import Argument
from tui.actions.verbs import VERBS, verb

from .line_error import LineError
from .preferences import FORMATS
from .verbs import OWN_VERBS

if TYPE_CHECKING:
    from tui.actions.verb import Verb

    from .own_verb import OwnVerb, Tail
    from .words import Word


def names() -> list[str]:
    """Every verb's name, sorted."""
    return sorted({*VERBS, *OWN_VERBS})


def is_verb(name: str) -> bool:
    """Whether the registry, which all front ends share, has this verb."""
    return name in VERBS


def own_verb(name: str) -> OwnVerb:
    """A verb of the REPL itself.

    Raises:
        KeyError: there is none.
    """
    module, _, attribute = OWN_VERBS[name].partition(":")
    found: OwnVerb = getattr(import_module(f"tui.repl.verbs.{module}"), attribute)
    return found


def named(name: str) -> Verb | OwnVerb:
    """The verb of that name, the registry's where both have one.

    Raises:
        KeyError: there is none.
    """
    return verb(name) if name in VERBS else own_verb(name)


def is_read_in(name: str) -> bool:
    """Whether a look at this verb is quick: its module, and what it needs, has been read in before."""
    return name not in VERBS or f"tui.actions.verbs.{VERBS[name]}" in sys.modules


def tail_of(name: str) -> Tail | None:
    """The tail of one of the REPL's own verbs."""
    return own_verb(name).tail if name in OWN_VERBS else None


def find(name: Word, line: str, *, tailed: bool = False) -> Verb | OwnVerb:
    """The verb that a line begins with.

    Where the registry and the REPL both have one of that name, the REPL's is the one with a tail.

    Raises:
        LineError: there is none; the nearest is named.
    """
    if name.quoted or name.text not in {*VERBS, *OWN_VERBS}:
        raise _unknown(name, line)
    own = name.text in OWN_VERBS and (tailed or name.text not in VERBS)
    return own_verb(name.text) if own else verb(name.text)


def registry_verb(name: Word, line: str) -> Verb:
    """A verb of the registry.

    Raises:
        LineError: there is none.
    """
    if name.quoted or name.text not in VERBS:
        raise _unknown(name, line)
    return verb(name.text)


def arguments_of(found: Verb | OwnVerb) -> tuple[Argument, ...]:
    """The arguments that a line may hold; a verb whose result can be written takes ``format`` too."""
    formats = getattr(found, "formats", ())
    if not formats:
        return found.arguments
    choices = tuple(form for form in FORMATS if form in formats or form == "vertical")
    return (*found.arguments, Argument("format", "choice", "How the result is written.", choices=choices))


def _unknown(name: Word, line: str) -> LineError:
    hint = "help lists the verbs"
    near = get_close_matches(name.text, names(), n=1)
    if near:
        hint = f"did you mean {near[0]}?"
    elif "=" in name.text:
        hint = "to keep a value, write name = value with spaces around the sign"
    return LineError(
        f"there is no verb “{name.text}”; {hint}",
        text=line,
        position=name.start,
        length=name.end - name.start,
    )
