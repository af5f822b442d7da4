"""``mask``: turn the masking of personal data on or off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.actions.catalogue import CATALOGUE
from tui.actions.exit_codes import ExitCode
from tui.actions.verb import Argument
from tui.repl.line.vocabulary import CommandCall, ReplCommand

if TYPE_CHECKING:
    from tui.repl.interpreter import Interpreter

ALWAYS = "masks stay on: the settings of this profile always mask it"


async def mask(interpreter: Interpreter, call: CommandCall) -> ExitCode:
    """Turn masks on or off; results read earlier are masked too."""
    masks, wanted = interpreter.output.masks, call.given["state"]
    if wanted == "on" and not masks.on:
        masks.put_on()
        for document in interpreter.memory.documents():
            masks.learn(document)
    elif wanted == "off" and not masks.take_off():
        interpreter.output.note(ALWAYS)
        return ExitCode.REFUSED
    interpreter.output.note("masks are on" if masks.on else "masks are off")
    return ExitCode.DONE


MASK = ReplCommand(
    name="mask",
    summary=CATALOGUE["mask"].help,
    help=(
        "Mask names, e-mail addresses, phone numbers, addresses and what the profile's settings name, in "
        "results, messages, pipes and files. Equal values have equal masks. Filters and requests use the "
        "real values. Without an argument, show whether masks are on. Python is not available while they "
        "are."
    ),
    run=mask,
    arguments=(Argument("state", "choice", "on or off.", positional=True, choices=("on", "off")),),
    examples=("mask on", "mask"),
)
