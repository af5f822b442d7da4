"""``use``: another account."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tui.actions.exit_codes import ExitCode
from tui.actions.prompts import PromptCancelled, ask_for_token
from tui.actions.verb import Argument
from tui.repl.line.vocabulary import CommandCall, ReplCommand

if TYPE_CHECKING:
    from tui.repl.interpreter import Interpreter


async def use(interpreter: Interpreter, call: CommandCall) -> ExitCode:
    """Switch to another profile; results of the former account are dropped.

    Raises:
        SettingsError: the profile is not known or not complete.
    """
    from tui.settings.profile_lookup import switch_profile

    name: str | None = call.given["profile"]
    current = interpreter.connection.profile
    if name is not None and name != current.name:
        found = switch_profile(current, name, os.environ, interpreter.folders.config_file)
        try:
            await ask_for_token(found, interpreter.person.inquire)
        except PromptCancelled:
            interpreter.output.note(f"the session stays on {current.name}")
            return ExitCode.INTERRUPTED
        await interpreter.connection.use(found)
        interpreter.memory.forget()
        masks = interpreter.output.masks
        masks.follow(found.masking)
        for document in interpreter.memory.documents():
            masks.learn(document)
    standing = interpreter.connection.standing
    interpreter.output.note(f"{standing.words} · {standing.address} · {standing.spoken_rights}")
    return ExitCode.DONE


USE = ReplCommand(
    name="use",
    summary="Switch to another profile.",
    help="Switch to another profile. Without an argument, show the current one.",
    run=use,
    arguments=(Argument("profile", "profile", "Name of the profile.", positional=True),),
    examples=("use sandbox", "use"),
)
