"""``ordex`` and ``ordex open``: from the command line into the explorer."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from typing import Any

import click

from tui.actions.exit_codes import ExitCode

from .call_watch import refuse_watching
from .invocation import Invocation, global_options, narrate, theme_option
from .repeated_options import OnceOnly
from .verbs import write_examples


def explore(invocation: Invocation, *, order_id: str | None = None, where: str | None = None) -> int:
    """Open the explorer if there is a terminal to open it on; return the exit code.

    Raises:
        click.BadParameter: ``where`` is not a filter.
        SettingsError: the account is not known or not complete.
    """
    refuse_watching(invocation, "in the explorer R shows the calls")
    dumb = os.environ.get("TERM") == "dumb"
    if dumb or not (sys.stdin.isatty() and sys.stdout.isatty()):
        why = "TERM=dumb cannot show it" if dumb else "stdin and stdout must be a terminal"
        narrate(f"ordex: the explorer needs a terminal ({why}); use “ordex list” or “ordex get ID” instead")
        return ExitCode.USAGE
    if where is not None:
        _check(where)
    from .inquiring import ask_for_token

    profile = ask_for_token(invocation.profile())
    return invocation.explore(
        profile,
        invocation.folders(),
        order_id=order_id,
        where=where,
        theme=invocation.theme,
        masks=invocation.masks,
    )


def _check(where: str) -> None:
    from tui.actions.arguments.filter_and_columns import parse_filter
    from tui.actions.verb import InputError

    try:
        parse_filter(where, now=datetime.now(UTC))
    except InputError as error:
        raise click.BadParameter(str(error), param_hint="--where") from None


class OpenCommand(OnceOnly):
    """``ordex open`` with its example."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the example below the options."""
        write_examples(formatter, ("open WEB-2026-004711",))


@click.command("open", cls=OpenCommand)
@click.argument("order_id", metavar="ORDER_ID")
@theme_option
@global_options
@click.pass_obj
def open_order(invocation: Invocation, /, **given: Any) -> int:
    """Open the explorer at one order, by id or source_id."""
    return explore(invocation, order_id=given["order_id"])
