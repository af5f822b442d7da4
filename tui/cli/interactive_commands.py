"""``ordex``, ``ordex open`` and ``ordex repl``: from the command line into the explorer and the REPL."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from tui.actions.exit_codes import ExitCode

from .call_tracer import refuse_tracing
from .invocation import Invocation, global_options, theme_option
from .ordex_command import OrdexCommand
from .streams import narrate


def start_explorer(invocation: Invocation, *, order_id: str | None = None, where: str | None = None) -> int:
    """Open the explorer if there is a terminal to open it on; return the exit code.

    Raises:
        click.BadParameter: ``where`` is not a valid filter.
        SettingsError: the profile is unknown or incomplete.
    """
    refuse_tracing(invocation, "in the explorer, press R to see the calls")
    dumb = os.environ.get("TERM") == "dumb"
    if dumb or not (sys.stdin.isatty() and sys.stdout.isatty()):
        why = "TERM=dumb cannot show it" if dumb else "stdin and stdout must be a terminal"
        narrate(f"ordex: the explorer needs a terminal ({why}); use “ordex list” or “ordex get ID” instead")
        return ExitCode.USAGE
    if where is not None:
        _check_filter(where)
    from .prompts import prompt_for_token

    profile = prompt_for_token(invocation.profile())
    return invocation.explore(
        profile,
        invocation.folders(),
        order_id=order_id,
        where=where,
        theme=invocation.theme,
        masks=invocation.masks,
    )


def _check_filter(where: str) -> None:
    from tui.actions.arguments.filter_and_columns import parse_filter
    from tui.actions.verb import InputError

    try:
        parse_filter(where, now=datetime.now(UTC))
    except InputError as error:
        raise click.BadParameter(str(error), param_hint="--where") from None


@click.command("open", cls=OrdexCommand, examples=("open WEB-2026-004711",))
@click.argument("order_id", metavar="ORDER_ID")
@theme_option
@global_options
@click.pass_obj
def open_order(invocation: Invocation, /, order_id: str) -> int:
    """Open the explorer at one order, by id or source_id."""
    return start_explorer(invocation, order_id=order_id)


def start_repl(
    invocation: Invocation, *, text: str | None = None, file: Path | None = None, linear: bool = False
) -> int:
    """Open the REPL; return the exit code.

    Raises:
        SettingsError: the profile is unknown or incomplete.
    """
    from .prompts import prompt_for_token

    refuse_tracing(invocation, "in the REPL, type requests to see the calls")
    profile = prompt_for_token(invocation.profile())
    invocation.report_settings_problem()
    return invocation.repl(
        profile,
        invocation.folders(),
        text=text,
        file=file,
        linear=linear or invocation.linear,
        coloured=None if invocation.color == "auto" else invocation.coloured(sys.stdout),
        masks=invocation.masks,
    )


@click.command(
    "repl",
    cls=OrdexCommand,
    examples=("repl", "repl -c 'list where status:paid limit 5 | jq .id'", "repl -f morning.ordex"),
)
@click.option(
    "-c",
    "--command",
    "texts",
    multiple=True,
    metavar="TEXT",
    help="Run these lines and exit. Can be repeated.",
)
@click.option(
    "-f",
    "--file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Run the lines of a file and exit; stop at the first that fails.",
)
@click.option(
    "--linear",
    is_flag=True,
    help="Use no colours, tables or cursor movement, for screen readers (also ORDEX_LINEAR=1).",
)
@global_options
@click.pass_obj
def repl(invocation: Invocation, /, texts: tuple[str, ...], file: Path | None, *, linear: bool) -> int:
    """Run commands at a prompt, with pipes and history."""
    if texts and file is not None:
        raise click.UsageError("use either -c or -f, not both")
    return start_repl(invocation, text="\n".join(texts) if texts else None, file=file, linear=linear)
