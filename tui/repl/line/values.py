"""Values in a line: ``_`` the last result, ``$ids`` the ids of the last list, ``$name`` a variable.

A path leads into a value: ``_.items[0].product_id``, ``_[3]``, ``$order.metadata.channel``. Inside a word
``${…}`` holds a value with a path; ``$name`` alone needs no braces.
"""

from __future__ import annotations

import json
import re
from typing import Any

from tui.name_suggestions import suggestion_for
from tui.repl.line.line_error import LineError
from tui.repl.line.words import Word
from tui.repl.repl_state import ReplState
from tui.terminal.pluralize import pluralize

_EXPRESSION = re.compile(r"(_|\$(?:[A-Za-z]\w*|[1-9](?!\d)|\*))(?=[.\[]|\Z)")
_INSIDE = re.compile(r"\$(?:\{([^{}]*)\}|([A-Za-z]\w*|[1-9](?!\d)|\*))")
_PLAIN_IN_FILTER = re.compile(r"[\w.@+/-]+\Z")


def is_expression(word: Word) -> bool:
    """Whether the whole word is an expression."""
    return not word.quoted and _EXPRESSION.match(word.text) is not None


def evaluate(expression: str, memory: ReplState) -> Any:
    """The JSON value of an expression.

    Raises:
        LineError: the name or the path does not exist.
    """
    found = _EXPRESSION.match(expression)
    if found is None:
        raise _fault(expression, 0, "not a value; write _, _.path, $ids or $name")
    value = _root(expression, found.group(1), memory)
    return _followed(value, expression, found.end())


def expand_word(word: Word, line: str, memory: ReplState) -> list[str]:
    """Expand a word into words: usually one, several for a list.

    A document expands to its id.

    Raises:
        LineError: the value cannot be a word; the error points into ``line``.
    """
    try:
        if is_expression(word):
            return _as_arguments(word.text, evaluate(word.text, memory))
        return ["".join(_filled(piece.text, piece.kind, memory) for piece in word.pieces)]
    except LineError as error:
        raise LineError(str(error), text=line, position=word.start, length=word.end - word.start) from None


def expand_filter(raw: str, memory: ReplState) -> str:
    """A filter's text with its ``$names`` replaced, quoted as the filter language does.

    Raises:
        LineError: a name does not exist; the error points into the filter.
    """

    def replaced(match: re.Match[str]) -> str:
        text = _text(_inside(match, memory))
        inside_quotes = raw.count('"', 0, match.start()) % 2 == 1
        escaped = text.replace("\\", "\\\\").replace('"', '\\"')
        return escaped if inside_quotes or _PLAIN_IN_FILTER.match(text) else f'"{escaped}"'

    return _INSIDE.sub(replaced, raw)


def as_text(value: Any) -> str:
    """A value for programs: text unchanged, anything else as JSON."""
    from tui.actions.printing.formats import json_text

    return value if isinstance(value, str) else json_text(value, indent=2)


def as_display(value: Any) -> str:
    """A value for display: a text that looks like another type of value is quoted."""
    from tui.orders.json_values import display_value

    return display_value(value) if isinstance(value, str) else as_text(value)


def _filled(text: str, kind: str, memory: ReplState) -> str:
    if kind == "literal" or "$" not in text:
        return text
    write = json.dumps if kind == "json" else _text
    return _INSIDE.sub(lambda match: write(_inside(match, memory)), text)


def _inside(match: re.Match[str], memory: ReplState) -> Any:
    expression = match.group(1) if match.group(1) is not None else "$" + match.group(2)
    if not expression.startswith(("_", "$")):
        expression = "$" + expression
    return evaluate(expression, memory)


def _text(value: Any) -> str:
    if isinstance(value, dict) and isinstance(value.get("id"), str):
        return str(value["id"])
    if isinstance(value, list) and all(isinstance(element, str | int | float) for element in value):
        return ",".join(_text(element) for element in value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _as_arguments(expression: str, value: Any) -> list[str]:
    if not isinstance(value, list):
        return [_text(value)]
    if any(isinstance(element, dict | list) for element in value):
        raise _fault(
            expression,
            0,
            f"{expression} is a list of {len(value):,} documents; name one, like {expression}[0]",
        )
    return [_text(element) for element in value]


def _root(expression: str, name: str, memory: ReplState) -> Any:
    if name == "_":
        if memory.result is None and memory.last is None:
            raise _fault(expression, 0, "there is no result yet; run a command such as list")
        return memory.last
    plain = name[1:]
    if plain == "ids":
        return memory.ids
    if plain == "*" or plain.isdigit():
        return _parameter(expression, plain, memory)
    if plain in memory.variables:
        return memory.variables[plain]
    otherwise = f"assign it with {plain} = …, or write \\$ for a dollar sign"
    known = [f"${variable}" for variable in (*memory.variables, "ids")]
    raise _fault(expression, 0, f"there is no ${plain}{suggestion_for(name, known, otherwise)}")


def _parameter(expression: str, name: str, memory: ReplState) -> Any:
    given = memory.parameters
    if given is None:
        raise _fault(expression, 0, f"${name} is only defined inside a alias")
    if name == "*":
        return list(given)
    if int(name) > len(given):
        raise _fault(expression, 0, f"the alias needs ${name}, but got {pluralize(len(given), 'argument')}")
    return given[int(name) - 1]


def _followed(value: Any, expression: str, at: int) -> Any:
    rest = expression[at:]
    if not rest:
        return value
    from tui.orders.paths import PathError, format_path, parse_path

    try:
        path = parse_path(rest.removeprefix("."))
    except PathError as error:
        raise _fault(expression, at, str(error)) from None
    for depth, part in enumerate(path):
        where = (
            expression[:at] + ("." if depth and isinstance(path[0], str) else "") + format_path(path[:depth])
        )
        value = _step(value, part, where, expression)
    return value


def _step(value: Any, part: str | int, where: str, expression: str) -> Any:
    if isinstance(value, dict) and isinstance(part, str):
        if part in value:
            return value[part]
        fields = f"it has {', '.join(list(value)[:12]) or 'no fields'}"
        raise _fault(expression, 0, f"there is no “{part}” in {where}{suggestion_for(part, value, fields)}")
    if isinstance(value, list) and isinstance(part, int):
        if part < len(value):
            return value[part]
        known = f"the last is [{len(value) - 1}]" if value else "it is empty"
        raise _fault(expression, 0, f"there is no [{part}] in {where}; {known}")
    if isinstance(value, list):
        raise _fault(expression, 0, f"{where} is a list of {len(value):,}; name one, like {where}[0]")
    raise _fault(
        expression,
        0,
        f"{where} is {as_text(value) if not isinstance(value, dict) else 'a document'}; it has no fields",
    )


def _fault(expression: str, position: int, message: str) -> LineError:
    return LineError(message, text=expression, position=position, length=len(expression) - position)
