"""The pages of ``help``, written from the verbs themselves."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from tui.actions.verbs import VERBS, verb
from tui.repl.line.vocabulary import arguments_of, repl_command

from .commands import REPL_COMMANDS

if TYPE_CHECKING:
    from tui.actions.verb import Argument, Verb
    from tui.repl.line.vocabulary import ReplCommand

WIDTH = 96

LINES = """Lines

  list where status:paid limit 5            options are bare words, or --option VALUE
  list --where 'status:paid amount>=100'    as on the command line
  list where status:paid | jq .id           pipe the result into a shell command, as json or jsonl
  list all format csv > orders.csv          write a new file in that format; >| replaces, >> appends
  update _ --set metadata={"a": 1}          brackets make one word, even over several lines
  # a comment

  Words fill the command's arguments first. Then a word that is the name of an option starts that option.
  where, and options that can be repeated, take all words up to the next option; others take one word.
  Quote a word to use it literally. A > after a space writes to a file: in a filter, write amount>100
  without the space.
"""
VALUES = """Values

  _                      the last result; as an argument, the order's id
  _.items[0].product_id  a part of it
  _[3]                   one entry of a list
  $ids                   the ids of the last list
  name = _.customer.id   save a value; name = list where … saves a result
  $name, $name.path      a saved value; ${name.path} inside a word
  'literally'            single quotes: nothing is replaced; \\$ is a dollar sign
"""
KEYS = """Keys

  tab        complete              ctrl-r     search the history
  ctrl-c     stop the running command; at the prompt, discard the line
  ctrl-d     exit                  right      accept the grey suggestion
"""
TOPICS = ("filter", "keys", "limits", "lines", "values")


def page(topic: str | None) -> str | None:
    """A help page as plain text; ``None`` if the topic is unknown."""
    if topic is None:
        return _verbs()
    if topic == "filter":
        from tui.orders.filter import HELP

        return HELP
    if topic == "limits":
        from tui.actions.retention import limits_page

        return limits_page()
    if topic in TOPICS:
        return {"lines": LINES, "values": VALUES, "keys": KEYS}[topic]
    if topic in REPL_COMMANDS and topic not in VERBS:
        return verb_page(repl_command(topic))
    return verb_page(verb(topic)) if topic in VERBS else None


def verb_page(shown: Verb | ReplCommand[Any]) -> str:
    """The page of one verb: usage, words, arguments, examples."""
    arguments = arguments_of(shown)
    parts = [_usage(shown, arguments), textwrap.fill(shown.help, WIDTH)]
    if arguments:
        parts.append("\n".join(_argument_lines(arguments)))
    if shown.examples:
        parts.append("\n".join(["Examples", *(f"  {example}" for example in shown.examples)]))
    return "\n\n".join(parts) + "\n"


def _usage(shown: Verb | ReplCommand[Any], arguments: tuple[Argument, ...]) -> str:
    words = [shown.name]
    for argument in arguments:
        if argument.positional:
            name = _metavar(argument) + ("…" if argument.several else "")
            words.append(name if argument.required else f"[{name}]")
    if any(not argument.positional for argument in arguments):
        words.append("[options]")
    tail = getattr(shown, "tail", None)
    if tail is not None:
        words += [*([tail.sign] if tail.sign else ()), tail.metavar]
    return " ".join(words)


def _argument_lines(arguments: tuple[Argument, ...]) -> list[str]:
    rows = [(_called(argument), _about(argument)) for argument in arguments]
    width = min(28, max(len(name) for name, _ in rows))
    lines = []
    for name, about in rows:
        wrapped = textwrap.wrap(about, WIDTH - width - 4) or [""]
        lines.append(f"  {name:<{width}}  {wrapped[0]}".rstrip())
        lines += [" " * (width + 4) + rest for rest in wrapped[1:]]
    return lines


def _called(argument: Argument) -> str:
    if argument.positional:
        return _metavar(argument)
    return argument.name if argument.kind == "flag" else f"{argument.name} {_metavar(argument)}"


def _metavar(argument: Argument) -> str:
    return argument.metavar or argument.name.upper()


def _about(argument: Argument) -> str:
    notes = [argument.help]
    if argument.choices:
        notes.append(f"One of {', '.join(argument.choices)}.")
    if argument.default not in (None, False, ()):
        notes.append(f"Default: {argument.default}.")
    return " ".join(note for note in notes if note)


def _verbs() -> str:
    shared = [(name, verb(name).summary) for name in sorted(VERBS)]
    own = [(name, repl_command(name).summary) for name in sorted(REPL_COMMANDS) if name not in VERBS]
    width = max(len(name) for name, _ in (*shared, *own))
    rows = ["\n".join(f"  {name:<{width}}  {summary}" for name, summary in group) for group in (shared, own)]
    return (
        f"Commands, as on the command line\n{rows[0]}\n\nCommands of the REPL\n{rows[1]}\n\n"
        f"help COMMAND shows one of them. See also help {', help '.join(TOPICS)}.\n"
    )
