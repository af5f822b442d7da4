"""Write ``docs/reference.md`` from the code: ``python docs/generate_reference.py``.

A test compares the file with what this script would write, so a new command, option, key, setting, column,
field or exit code is documented by running it.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from tui.actions.catalogue import in_scope
from tui.actions.catalogue.action import Scope
from tui.actions.catalogue.key_names import written
from tui.actions.exit_codes import MEANINGS
from tui.actions.retention import RULES
from tui.cli.root import ordex
from tui.jobs.exporting.export_request import FIELDS as EXPORT_FIELDS
from tui.jobs.importing.mapping.import_fields import FIELDS as IMPORT_FIELDS
from tui.orders.columns import COLUMNS, DEFAULT_COLUMNS
from tui.orders.filter import HELP
from tui.orders.filter.filter_fields import FIELDS as FILTER_FIELDS
from tui.orders.filter.filter_fields import OPERATORS
from tui.repl.commands import REPL_COMMANDS
from tui.repl.line.vocabulary import repl_command
from tui.sandbox.policies import Policies
from tui.settings.config.config_schema import SETTINGS

POLICIES = ast.parse(inspect.getsource(Policies))

TARGET = Path(__file__).with_name("reference.md")

INTRODUCTION = """# Reference

Every command, option, key, setting, column, field, exit code and sandbox policy. This page is
generated from the code by `python docs/generate_reference.py`; do not edit it. The
[manual](manual.md) explains how to use them.
"""

SCOPES = {Scope.ORDERS: "Orders", Scope.TABLE: "In the table", Scope.EVERYWHERE: "Everywhere"}

VALUES = {"text": "text", "switch": "`true` `false`", "texts": "list", "keys": "key or list"}
"""What stands for the choices of a setting that takes any value of a type."""

GLOBAL = {"profile", "demo", "read_only", "token_stdin", "debug", "har", "mask", "color", "help"}
"""Options of every command, listed once."""

Row = tuple[str, ...]


def reference() -> str:
    """The whole page."""
    sections = {
        "Commands": commands(),
        "Options of every command": global_options(),
        "Options of each command": "\n".join(command_options()),
        "Keys of the explorer": keys(),
        "Commands of the REPL": repl_commands(),
        "Settings": settings(),
        "Columns": columns(),
        "Filter language": f"The same page as `ordex help filter`.\n\n```text\n{HELP}```\n",
        "Filter fields": filter_fields(),
        "Import fields": import_fields(),
        "Export fields": export_fields(),
        "What Ordex removes": limits(),
        "Exit codes": exit_codes(),
        "Policies of the sandbox": policies(),
    }
    links = "".join(f"- [{title}](#{_anchor(title)})\n" for title in sections)
    body = "".join(f"\n## {title}\n\n{text}" for title, text in sections.items())
    return f"{INTRODUCTION}\n{links}{body}"


def commands() -> str:
    """Every command with its one line of help."""
    rows = [(_code("ordex"), "Open the explorer.")]
    rows += [(_code(_usage(context)), _help(context.command)) for context in _commands()]
    return _table(("command", "what it does"), rows)


def global_options() -> str:
    """The options that stand before or after the name of every command."""
    with click.Context(ordex, info_name="ordex") as context:
        options = [option for option in _options(ordex) if option.name in GLOBAL]
        return _options_table(context, options)


def command_options() -> Iterator[str]:
    """The options of ``ordex`` itself and of each command that has some."""
    with click.Context(ordex, info_name="ordex") as root:
        for context in (root, *_commands()):
            own = [option for option in _options(context.command) if option.name not in GLOBAL]
            if own:
                yield f"### `{context.command_path}`\n\n{_options_table(context, own)}"


def keys() -> str:
    """Every action of the explorer: its keys, what it does, and the command that does the same."""
    rows: list[Row] = []
    for scope, heading in SCOPES.items():
        rows.append((f"**{heading}**", "", "", "", ""))
        for action in in_scope(scope):
            pressed = " ".join(_code(written(key)) for key in action.keys) or "(palette)"
            command = _code(f"ordex {action.command}") if action.command else ""
            rows.append((pressed, action.title, action.help, command, _code(action.id)))
    return _table(("key", "action", "what it does", "the same as a command", "name in `keymap`"), rows)


def repl_commands() -> str:
    """The commands that only the REPL has."""
    rows = [(_code(name), repl_command(name).summary) for name in sorted(REPL_COMMANDS)]
    return _table(("command", "what it does"), rows)


def settings() -> str:
    """Every setting of ``config.toml``: values, meaning, default, and what overrides it."""
    rows = []
    for setting in SETTINGS:
        values = " ".join(map(_code, setting.choices)) or VALUES[setting.kind]
        overrides = " ".join(_code(each) for each in (setting.variable, setting.flag) if each)
        default = setting.default.replace("<", "\\<")
        rows.append((_code(setting.key.replace("*", "NAME")), values, setting.help, default, overrides))
    return _table(("setting", "values", "meaning", "default", "overridden by"), rows)


def columns() -> str:
    """The columns of the table, of ``list --columns`` and of ``list --sort``."""
    rows = [
        (
            _code(column.name),
            column.title,
            column.kind,
            "yes" if column.name in DEFAULT_COLUMNS else "",
            "server" if column.server_order else "loaded orders",
        )
        for column in COLUMNS.values()
    ]
    rows.append((_code("metadata.KEY"), "KEY", "text", "", "loaded orders"))
    return _table(("column", "title", "kind", "shown by default", "sorted by or over"), rows)


def filter_fields() -> str:
    """The fields of the filter language, with what each can be compared by."""
    rows = [
        (
            " ".join(map(_code, (field.name, *field.aliases))),
            field.help,
            field.kind.value,
            " ".join(map(_code, OPERATORS[field.kind])),
            "service" if field.export else "Ordex",
        )
        for field in FILTER_FIELDS.values()
    ]
    return _table(("field", "meaning", "kind", "operators", "in an export applied by"), rows)


def import_fields() -> str:
    """The fields that may be the titles of a CSV's columns, or the target of a mapping."""
    rows = [(_code(name), kind) for name, kind in IMPORT_FIELDS.items()]
    rows.append((_code("metadata.KEY"), "text"))
    return _table(("field", "how a cell is read"), rows)


def export_fields() -> str:
    """The fields that an export can hold."""
    rows = [(_code(name),) for name in (*EXPORT_FIELDS, "metadata", "metadata.KEY")]
    return _table(("field",), rows)


def limits() -> str:
    """What Ordex removes of what it writes for itself."""
    rows = [
        (
            rule.name.capitalize(),
            f"{rule.days} days" if rule.days else "never",
            f"{rule.least:,}" if rule.least else "–",
            f"{rule.most:,}" if rule.most else "–",
        )
        for rule in RULES
    ]
    return _table(("what", "removed after", "always kept: the newest", "kept at most"), rows)


def exit_codes() -> str:
    """Every exit code and its meaning."""
    return _table(("exit code", "meaning"), [(str(int(code)), meaning) for code, meaning in MEANINGS.items()])


def policies() -> str:
    """The sandbox's answer to each question that the API's documentation leaves open."""
    fields = next(node for node in ast.walk(POLICIES) if isinstance(node, ast.ClassDef)).body[1:]
    rows = []
    for field, why in zip(fields[::2], fields[1::2], strict=True):
        if isinstance(field, ast.AnnAssign) and field.value is not None and isinstance(why, ast.Expr):
            answers = [node.value for node in ast.walk(field.annotation) if isinstance(node, ast.Constant)]
            default = ast.literal_eval(field.value)
            others = [_code(str(answer)) for answer in answers if answer != default]
            meaning = " ".join(ast.literal_eval(why.value).replace("``", "`").split())
            rows.append((_code(ast.unparse(field.target)), _code(str(default)), " ".join(others), meaning))
    return _table(("policy", "default", "alternatives", "question and reason"), rows)


def _commands(group: click.Group = ordex, parent: click.Context | None = None) -> Iterator[click.Context]:
    """A context of each command, those of groups included."""
    context = click.Context(group, info_name="ordex" if parent is None else group.name, parent=parent)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from _commands(command, context)
        elif command is not None:
            yield click.Context(command, info_name=name, parent=context)


def _usage(context: click.Context) -> str:
    arguments = [p.make_metavar(context) for p in context.command.params if isinstance(p, click.Argument)]
    return " ".join([context.command_path, *arguments])


def _help(command: click.Command) -> str:
    return command.get_short_help_str(200)


def _options(command: click.Command) -> list[click.Option]:
    return [parameter for parameter in command.params if isinstance(parameter, click.Option)]


def _options_table(context: click.Context, options: Iterable[click.Option]) -> str:
    records = (option.get_help_record(context) for option in options)
    return _table(
        ("option", "meaning"), [(_code(name), _escape(text)) for name, text in filter(None, records)]
    )


def _anchor(title: str) -> str:
    return title.lower().replace(" ", "-")


def _code(text: str) -> str:
    return _escape(f"`{text}`")


def _escape(text: str) -> str:
    return text.replace("|", "\\|")


def _table(titles: Row, rows: Iterable[Row]) -> str:
    lines = [titles, ("---",) * len(titles), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


if __name__ == "__main__":
    TARGET.write_text(reference(), encoding="utf-8")
