"""``unlock`` and ``lock``: allow changes on a read-only profile for a limited time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.actions.account_status import AccountStatus, why_read_only
from tui.actions.exit_codes import ExitCode
from tui.actions.prompts import Confirmation
from tui.actions.verb import Argument
from tui.repl.line.vocabulary import CommandCall, ReplCommand

if TYPE_CHECKING:
    from tui.actions.session import Session
    from tui.repl.interpreter import Interpreter

USUAL = 15
LONGEST = 60
"""Minutes."""


async def unlock(interpreter: Interpreter, call: CommandCall) -> ExitCode:
    """Ask for the profile's name, and allow changes for so many minutes.

    Raises:
        SettingsError: the session cannot be opened.
    """
    account = await interpreter.connection.open()
    lock, minutes = account.write_lock, call.given["minutes"]
    if lock.sealed:
        interpreter.output.note(why_read_only(sealed=True))
        return ExitCode.REFUSED
    if not account.read_only and lock.seconds_left is None:
        return _print_rights(interpreter, account)
    if lock.can_reopen and account.kind != "production":
        lock.reopen()
        return _print_rights(interpreter, account)
    question = Confirmation(
        AccountStatus.of(account),
        f"Allow changes for {minutes} minute{'' if minutes == 1 else 's'}?",
        typed=account.name,
        instead="start with --write",
    )
    if not await interpreter.person.ask(question):
        interpreter.output.note("not confirmed; the profile stays read-only")
        return ExitCode.REFUSED
    lock.open_for(minutes * 60)
    return _print_rights(interpreter, account)


async def lock(interpreter: Interpreter, _: CommandCall) -> ExitCode:
    """Refuse changes from now on.

    Raises:
        SettingsError: the session cannot be opened.
    """
    account = await interpreter.connection.open()
    account.write_lock.close()
    return _print_rights(interpreter, account)


def _print_rights(interpreter: Interpreter, account: Session) -> ExitCode:
    interpreter.output.note(AccountStatus.of(account).spoken)
    return ExitCode.DONE


UNLOCK = ReplCommand(
    name="unlock",
    summary="Allow changes for some minutes.",
    help=(
        "Allow changes on a read-only profile, for 15 minutes by default. Asks for the profile's name. "
        "The prompt shows the time left. Switching profiles with use locks again; explore keeps the time "
        "left."
    ),
    run=unlock,
    arguments=(
        Argument(
            "minutes",
            "number",
            "Minutes.",
            positional=True,
            default=USUAL,
            minimum=1,
            maximum=LONGEST,
            metavar="[MINUTES]",
        ),
    ),
    examples=("unlock", "unlock 5"),
)
LOCK = ReplCommand(
    name="lock",
    summary="Refuse changes.",
    help="Refuse changes from now on, even if the session was started with --write.",
    run=lock,
    examples=("lock",),
)
