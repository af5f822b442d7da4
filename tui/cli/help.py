"""``ordex help``: the page of a command, of the filter language, or of the limits of what Ordex keeps."""

from __future__ import annotations

import click

from .repeated_options import OnceOnly
from .verbs import write_examples

TOPICS = ("filter", "limits")


class HelpCommand(OnceOnly):
    """``ordex help`` with its examples."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples below the options."""
        write_examples(formatter, ("help filter", "help limits", "help list", "help sandbox serve"))


def _complete(context: click.Context, _: click.Parameter, typed: str) -> list[str]:
    root = context.find_root().command
    names = root.list_commands(context) if isinstance(root, click.Group) else []
    return [name for name in (*TOPICS, *names) if name.startswith(typed)]


@click.command("help", cls=HelpCommand)
@click.argument("topic", nargs=-1, metavar="[COMMAND | filter | limits]", shell_complete=_complete)
@click.pass_context
def help_(context: click.Context, topic: tuple[str, ...]) -> None:
    """Show help for a command, the filter language, or the limits of what Ordex keeps."""
    if topic == ("filter",):
        from tui.orders.filter import HELP

        click.echo(HELP, nl=False)
    elif topic == ("limits",):
        from tui.actions.retention import limits_page

        click.echo(limits_page(), nl=False)
    else:
        click.echo(_page(context.find_root(), topic))


def _page(root: click.Context, topic: tuple[str, ...]) -> str:
    context = root
    for name in topic:
        group = context.command
        if not isinstance(group, click.Group):
            raise click.UsageError(f"“{name}” is too much: {context.command_path} has no commands")
        command = group.get_command(context, name)
        if command is None:
            raise click.UsageError(f"there is no command “{name}”; ordex help lists them")
        context = click.Context(command, info_name=name, parent=context)
    return context.get_help()
