"""``ordex help`` and ``ordex completion``."""

from __future__ import annotations

import click

from .ordex_command import OrdexCommand

TOPICS = ("filter", "limits")

SHELLS = {
    "bash": "source <(ordex completion bash)          # in ~/.bashrc",
    "zsh": "source <(ordex completion zsh)           # in ~/.zshrc, after compinit",
    "fish": "ordex completion fish | source           # in ~/.config/fish/config.fish",
}
"""The line that enables completion in each shell, and the file for it."""


def _complete_topic(context: click.Context, _: click.Parameter, typed: str) -> list[str]:
    root = context.find_root().command
    names = root.list_commands(context) if isinstance(root, click.Group) else []
    return [name for name in (*TOPICS, *names) if name.startswith(typed)]


@click.command(
    "help",
    cls=OrdexCommand,
    examples=("help filter", "help limits", "help list", "help sandbox serve"),
)
@click.argument("topic", nargs=-1, metavar="[COMMAND | filter | limits]", shell_complete=_complete_topic)
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
            raise click.UsageError(f"{context.command_path} has no command “{name}”")
        command = group.get_command(context, name)
        if command is None:
            raise click.UsageError(f"there is no command “{name}”; ordex help lists them")
        context = click.Context(command, info_name=name, parent=context)
    return context.get_help()


class CompletionCommand(OrdexCommand):
    """``ordex completion``, with the line that enables it in each shell."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the line for each shell, then the examples."""
        with formatter.section("Add to your shell's start-up file"):
            formatter.write_dl([(shell, line.split("  #")[0]) for shell, line in SHELLS.items()])
        super().format_epilog(ctx, formatter)


@click.command("completion", cls=CompletionCommand, examples=tuple(f"completion {shell}" for shell in SHELLS))
@click.argument("shell", type=click.Choice(tuple(SHELLS)))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the completion script for a shell."""
    from click.shell_completion import get_completion_class

    script = get_completion_class(shell)
    if script is None:
        raise click.ClickException(f"there is no completion for {shell}")
    click.echo(script(context.find_root().command, {}, "ordex", "_ORDEX_COMPLETE").source())
