"""Scripts: lines one after the other, to the first that fails."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.actions.exit_codes import ExitCode
from tui.actions.verb import InputError
from tui.repl.line.statements import needs_more_input
from tui.repl.line.vocabulary import rest_of_line

if TYPE_CHECKING:
    from pathlib import Path

    from .interpreter import Interpreter


@dataclass(frozen=True, slots=True)
class ScriptLine:
    """One logical line; ``number`` is the file's line on which it begins, from 1."""

    number: int
    text: str


def logical_lines(text: str) -> Iterator[ScriptLine]:
    """The lines of a script; one that ends inside quotes or brackets goes on in the next."""
    pending: list[str] = []
    begun = 0
    for number, line in enumerate(text.splitlines(), start=1):
        begun = begun if pending else number
        pending.append(line)
        joined = "\n".join(pending)
        if not needs_more_input(joined, rest_of_line):
            pending = []
            yield ScriptLine(begun, joined)
    if pending:
        yield ScriptLine(begun, "\n".join(pending))


def read_script(path: Path) -> str:
    """The text of a script.

    Raises:
        InputError: it cannot be read, or is not UTF-8 text.
    """
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"{path} is not UTF-8 text") from None
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}") from None


async def run_script(interpreter: Interpreter, text: str, *, name: str) -> ExitCode:
    """Run the lines up to the first that fails; returns its code and prints its line number.

    Raises:
        InputError: scripts run each other recursively.
    """
    from .interpreter import DEEPEST

    if interpreter.depth >= DEEPEST:
        raise InputError(f"scripts and aliases are nested {DEEPEST} levels deep; does one run itself?")
    interpreter.depth += 1
    try:
        for line in logical_lines(text):
            code = await interpreter.execute(line.text)
            if code != ExitCode.DONE:
                interpreter.output.note(f"{name}: stopped at line {line.number}")
                return code
            if interpreter.leave is not None:
                break
    finally:
        interpreter.depth -= 1
    return ExitCode.DONE
