"""``ordex repl``: from the command line to the prompt."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from .call_watch import refuse_watching
from .invocation import Invocation, global_options
from .repeated_options import OnceOnly
from .verbs import write_examples


def converse(
    invocation: Invocation, *, text: str | None = None, file: Path | None = None, linear: bool = False
) -> int:
    """Open the REPL; return the exit code.

    Raises:
        SettingsError: the account is not known or not complete.
    """
    from .inquiring import ask_for_token

    refuse_watching(invocation, "in the REPL requests shows the calls")
    profile = ask_for_token(invocation.profile())
    invocation.say_settings_problem()
    return invocation.repl(
        profile,
        invocation.folders(),
        text=text,
        file=file,
        linear=linear or invocation.linear,
        coloured=None if invocation.color == "auto" else invocation.coloured(sys.stdout),
        masks=invocation.masks,
    )


class ReplCommand(OnceOnly):
    """``ordex repl`` with its examples."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples below the options."""
        write_examples(
            formatter,
            ("repl", "repl -c 'list where status:paid limit 5 | jq .id'", "repl -f morning.ordex"),
        )


@click.command("repl", cls=ReplCommand)
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
        raise click.UsageError("-c and -f are two scripts; give one")
    return converse(invocation, text="\n".join(texts) if texts else None, file=file, linear=linear)
