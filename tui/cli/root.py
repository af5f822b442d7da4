"""The root command, which opens the explorer unless a command is given."""

from __future__ import annotations

import os
from importlib import import_module

import click

from tui import __version__
from tui.actions.verbs import VERBS

from .invocation import Invocation, global_options, theme_option
from .ordex_command import OrdexCommand

OWN_COMMANDS: dict[str, str] = {
    "completion": "tui.cli.help_commands:completion",
    "help": "tui.cli.help_commands:help_",
    "open": "tui.cli.interactive_commands:open_order",
    "repl": "tui.cli.interactive_commands:repl",
    "sandbox": "tui.cli.sandbox_command:sandbox",
}
"""Commands that only the command line has: module and function."""


class OrdexGroup(OrdexCommand, click.Group):
    """A group that imports a command when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, sorted."""
        return sorted({*VERBS, *OWN_COMMANDS})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command; ``None`` if there is none with this name."""
        if cmd_name in VERBS:
            from tui.actions.verbs import verb

            from .verb_commands import command_of

            return command_of(verb(cmd_name))
        if cmd_name not in OWN_COMMANDS:
            return None
        module, _, name = OWN_COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command


@click.group(
    cls=OrdexGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Without a command Ordex opens the explorer. Without an account it uses the embedded sandbox.",
)
@click.version_option(__version__, message="ordex %(version)s")
@click.option(
    "--where", metavar="FILTER", help="Open the explorer with this filter, e.g. 'status:paid amount>=100'."
)
@click.option(
    "--linear",
    is_flag=True,
    help="Start the REPL without colours and tables, for screen readers (also ORDEX_LINEAR=1).",
)
@theme_option
@global_options
@click.pass_context
def ordex(context: click.Context, where: str | None, *, linear: bool) -> int:
    """Explore Voucherify orders in the terminal."""
    invocation = context.ensure_object(Invocation)
    invocation.linear = linear or os.environ.get("ORDEX_LINEAR", "0") not in ("", "0")
    if context.invoked_subcommand is not None:
        if where is not None:
            raise click.UsageError("--where before a command has no effect; put it after the command")
        return 0
    if where is None and invocation.linear:
        from .interactive_commands import start_repl

        return start_repl(invocation)
    from .interactive_commands import start_explorer

    return start_explorer(invocation, where=where)
