"""The README's tables, written from the registry: ``python -m tui.cli.cheat_sheet README.md``.

Keys, settings, commands and exit codes each stand between a pair of comments, such as ``<!-- keys -->`` and
``<!-- /keys -->``; whatever is between them is replaced.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import click

from tui.actions.action import Scope
from tui.actions.catalogue import in_scope
from tui.actions.exit_codes import MEANINGS
from tui.actions.keys import written
from tui.settings.registry import SETTINGS

from .root import ordex

HEADINGS = {Scope.ORDERS: "Orders", Scope.TABLE: "In the table", Scope.EVERYWHERE: "Everywhere"}

GLOBAL = {"profile", "demo", "read_only", "token_stdin", "debug", "har", "mask", "color"}
"""Options of every command."""


def keys_table() -> str:
    """Every action: its keys, what it does, and the same typed behind ``ordex``."""
    rows = []
    for scope, heading in HEADINGS.items():
        rows.append((f"**{heading}**", "", ""))
        for action in in_scope(scope):
            keys = " ".join(_code(written(key)) for key in action.keys) or "(palette)"
            command = _code(f"ordex {action.command}") if action.command else ""
            rows.append((keys, f"{action.title}: {action.help}", command))
    return _table(("key", "what it does", "the same as a command"), rows)


def commands_table() -> str:
    """Every command with its options, as ``--help`` has them."""
    rows = [(_code("ordex"), "The explorer.", _options(ordex))]
    with click.Context(ordex, info_name="ordex") as root:
        rows += _command_rows(ordex, root)
    return _table(("command", "what it does", "options"), rows)


def exit_codes_table() -> str:
    """Every exit code and its meaning."""
    return _table(("exit code", "meaning"), [(str(int(code)), meaning) for code, meaning in MEANINGS.items()])


def settings_table() -> str:
    """Every setting: what it can be, what it means, what it is when nobody says it, and what wins over it."""
    rows = []
    for setting in SETTINGS:
        values = " ".join(map(_code, setting.choices)) or KINDS[setting.kind]
        wins = " ".join(_code(each) for each in (setting.variable, setting.flag) if each)
        default = setting.default.replace("<", "\\<")
        rows.append((_code(setting.key.replace("*", "NAME")), values, setting.help, default, wins))
    return _table(("setting", "values", "meaning", "default", "wins over it"), rows)


KINDS = {"text": "text", "switch": "`true` `false`", "texts": "list", "keys": "key or list"}
"""What is written in the place of a setting's choices."""

TABLES = {
    "keys": keys_table,
    "settings": settings_table,
    "commands": commands_table,
    "exit codes": exit_codes_table,
}


def with_tables(text: str) -> str:
    """The text with each table between its comments written anew.

    Raises:
        ValueError: a pair of comments is not there.
    """
    for name, table in TABLES.items():
        opening, closing = f"<!-- {name} -->", f"<!-- /{name} -->"
        before, found, rest = text.partition(opening)
        _, closed, after = rest.partition(closing)
        if not (found and closed):
            raise ValueError(f"{opening} … {closing} is not in the text")
        text = f"{before}{opening}\n{table()}{closing}{after}"
    return text


def _command_rows(group: click.Group, context: click.Context) -> list[tuple[str, str, str]]:
    rows = []
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is None:
            continue
        with click.Context(command, info_name=name, parent=context) as inner:
            if isinstance(command, click.Group):
                rows += _command_rows(command, inner)
                continue
            arguments = [p.make_metavar(inner) for p in command.params if isinstance(p, click.Argument)]
            typed = " ".join([inner.command_path, *arguments])
            rows.append((_code(typed), command.get_short_help_str(200), _options(command)))
    return rows


def _options(command: click.Command) -> str:
    """The command's own options; the global ones are told once, below the table."""
    everywhere = set() if command is ordex else GLOBAL
    options = [p for p in command.params if isinstance(p, click.Option) and p.name not in everywhere]
    return _code(" ".join(max(option.opts, key=len) for option in options)) if options else ""


def _code(text: str) -> str:
    return f"`{text}`".replace("|", "\\|")


def _table(titles: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [titles, ("---",) * len(titles), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def main() -> None:
    """Write the tables of the file that is named."""
    path = Path(sys.argv[1])
    path.write_text(with_tables(path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
