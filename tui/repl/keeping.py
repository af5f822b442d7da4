"""What ``name = …`` keeps: a value, a result, a number, a text or JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tui.orders.strict_json import JsonError, read_json

from .line_error import LineError
from .lines import Line, cut
from .statements import Keep
from .values import expanded, is_expression, value_of
from .vocabulary import is_verb, registry_verb

if TYPE_CHECKING:
    from .interpreter import Interpreter

RESERVED = ("ids",)


async def kept_value(interpreter: Interpreter, keep: Keep) -> Any:
    """Work out the right side; a verb there is run, and its document is the value.

    Raises:
        LineError: there is no value, or more than one word that begins with no verb.
    """
    if keep.name in RESERVED:
        raise LineError(
            f"${keep.name} is always the last list's; choose another name", text=keep.text, position=0
        )
    line = cut(keep.text, keep.start)
    if not line.words:
        raise LineError("a value is missing", text=keep.text, position=len(keep.text))
    first = line.words[0]
    if not first.quoted and is_verb(first.text):
        await interpreter.call(registry_verb(first, keep.text), line)
        return interpreter.memory.last
    _check_alone(keep, line)
    if is_expression(first):
        try:
            return value_of(first.text, interpreter.memory)
        except LineError as error:
            raise LineError(
                str(error), text=keep.text, position=first.start, length=first.end - first.start
            ) from None
    text = " ".join(expanded(first, keep.text, interpreter.memory))
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


def _check_alone(keep: Keep, line: Line) -> None:
    first = line.words[0]
    if len(line.words) > 1 or line.pipe is not None or line.redirect is not None:
        raise LineError(
            "one value is kept; quote it if it holds spaces",
            text=keep.text,
            position=first.end,
            length=len(keep.text) - first.end,
        )
