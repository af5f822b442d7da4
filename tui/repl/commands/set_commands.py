"""``set`` and ``format``: how this session shows things."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.actions.exit_codes import ExitCode
from tui.actions.verb import Argument, InputError
from tui.repl.line.vocabulary import CommandCall, ReplCommand
from tui.repl.repl_state import FORMATS

if TYPE_CHECKING:
    from tui.repl.interpreter import Interpreter

AUTO = "auto"
SWITCHES = {
    "pager": "a pager for results that are taller than the screen",
    "timing": "the time of each command",
    "vi": "vi keys at the prompt",
}


async def set_format(interpreter: Interpreter, call: CommandCall) -> ExitCode:
    """Choose the output format, or show it."""
    chosen: str | None = call.given["form"]
    if chosen is not None:
        interpreter.preferences.form = None if chosen == AUTO else chosen
    interpreter.output.note(f"format {interpreter.preferences.form or AUTO}")
    return ExitCode.DONE


async def set_switch(interpreter: Interpreter, call: CommandCall) -> ExitCode:
    """Turn a feature on or off, or show what is on."""
    name, value = call.given["name"], call.given["value"]
    preferences = interpreter.preferences
    if name is not None and value is None:
        raise InputError(f"{name} is on or off: set {name} on", argument="set")
    if name is not None:
        setattr(preferences, name, value == "on")
    width = max(map(len, SWITCHES))
    for switch, about in SWITCHES.items():
        state = "on " if getattr(preferences, switch) else "off"
        interpreter.output.note(f"{switch:{width}}  {state}  {about}")
    return ExitCode.DONE


FORMAT = ReplCommand(
    name="format",
    summary="Choose the output format.",
    help=(
        "Choose the output format for the following commands. auto shows a table, or records if the table"
        " is too wide. A format in a line overrides it: list format csv."
    ),
    run=set_format,
    arguments=(Argument("form", "choice", "The format.", positional=True, choices=(*FORMATS, AUTO)),),
    examples=("format vertical", "format auto"),
)
SET = ReplCommand(
    name="set",
    summary="Turn pager, timing or vi keys on or off.",
    help="Turn a feature on or off for this session. Without arguments, show what is on.",
    run=set_switch,
    arguments=(
        Argument("name", "choice", "Feature.", positional=True, choices=tuple(SWITCHES)),
        Argument("value", "choice", "on or off.", positional=True, choices=("on", "off")),
    ),
    examples=("set", "set pager off"),
)
