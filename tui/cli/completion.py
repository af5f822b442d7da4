"""``ordex completion``: the script that teaches a shell to complete Ordex's words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from .repeated_options import OnceOnly
from .verbs import write_examples

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tui.actions.verb import Argument

SHELLS = {
    "bash": "source <(ordex completion bash)          # in ~/.bashrc",
    "zsh": "source <(ordex completion zsh)           # in ~/.zshrc, after compinit",
    "fish": "ordex completion fish | source           # in ~/.config/fish/config.fish",
}
"""Each shell, and how its script is put to use."""


class CompletionCommand(OnceOnly):
    """``ordex completion`` with how to use what it prints."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what goes into a shell's start-up file below the options."""
        with formatter.section("Add to your shell's start-up file"):
            formatter.write_dl([(shell, line.split("  #")[0]) for shell, line in SHELLS.items()])
        write_examples(formatter, tuple(f"completion {shell}" for shell in SHELLS))


@click.command("completion", cls=CompletionCommand)
@click.argument("shell", type=click.Choice(tuple(SHELLS)))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the completion script for a shell."""
    from click.shell_completion import get_completion_class

    made = get_completion_class(shell)
    if made is None:
        raise click.ClickException(f"there is no completion for {shell}")
    click.echo(made(context.find_root().command, {}, "ordex", "_ORDEX_COMPLETE").source())


def candidates(argument: Argument, typed: str, given: Mapping[str, Any]) -> list[str]:
    """What could stand where an argument is being typed; empty where the shell or click knows better.

    ``given`` has the arguments that are named already.
    """
    if argument.kind in ("setting", "value"):
        return [name for name in _settings(argument, given) if name.startswith(typed)]
    from tui.orders.columns import COLUMNS

    if argument.kind in ("profile", "mapping"):
        return profiles(typed) if argument.kind == "profile" else mappings(typed)
    if argument.kind == "column_map":
        from tui.actions.jobs.column_completion import column_maps, titles_of

        return list(column_maps(typed, titles_of(given.get("file"))))

    if argument.kind == "column":
        return [name for name in COLUMNS if name.startswith(typed)]
    if argument.kind == "columns":
        before, comma, last = typed.rpartition(",")
        taken = before.split(",")
        return [before + comma + name for name in COLUMNS if name.startswith(last) and name not in taken]
    return []


def _settings(argument: Argument, given: Mapping[str, Any]) -> Sequence[str]:
    import os

    from tui.actions.config_service import config_or_empty, setting_choices, setting_keys
    from tui.settings.folders import find_folders

    folders = find_folders(os.environ)
    config = config_or_empty(folders)
    if argument.kind == "setting":
        return tuple(setting_keys(config))
    return setting_choices(given.get("key") or "", folders, config)


def themes(typed: str) -> list[str]:
    """The names of the themes, the user's own included."""
    import os

    from tui.settings.folders import find_folders
    from tui.settings.themes import load_themes

    known = load_themes(find_folders(os.environ).themes).themes
    return [name for name in known if name.startswith(typed)]


def mappings(typed: str) -> list[str]:
    """The names of the saved mappings."""
    import os

    from tui.jobs.importing.mapping.mapping_store import MappingStore
    from tui.settings.folders import find_folders

    names = MappingStore(find_folders(os.environ).mappings).names()
    return [name for name in names if name.startswith(typed)]


def profiles(typed: str) -> list[str]:
    """The names of the profiles there are."""
    import os

    from tui.settings.folders import find_folders
    from tui.settings.profile import BUILT_IN
    from tui.settings.profile_lookup import profile_names
    from tui.settings.setting_errors import SettingsError

    try:
        names = profile_names(find_folders(os.environ).config_file)
    except SettingsError:
        names = BUILT_IN
    return [name for name in names if name.startswith(typed)]
