"""``mappings``: list, show and delete the saved mappings of foreign CSVs."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from tui.actions.catalogue import of_verb
from tui.actions.printing.formats import FORMATS
from tui.actions.results import DocumentsResult, DoneResult, Result
from tui.actions.verb import Argument, InputError, Verb, typed_arguments
from tui.actions.verb_context import VerbContext
from tui.terminal.pluralize import pluralize

if TYPE_CHECKING:
    from tui.jobs.importing.mapping.mapping_store import MappingStore

LISTED = ("name", "columns", "left_out", "written", "export", "problem")
SHOWN = ("column", "field", "kind", "values")


@dataclass(frozen=True)
class MappingsArguments:
    """Values of the arguments of ``mappings``, by their names."""

    what: Literal["list", "show", "delete"] = "list"
    name: str | None = None


async def run(context: VerbContext, given: Mapping[str, Any]) -> Result:
    """List the mappings, show one, or delete one. Makes no API call.

    Raises:
        InputError: no mapping was named.
        ImportRefused: no mapping has this name.
    """
    from tui.jobs.importing.mapping.mapping_store import MappingStore

    arguments = typed_arguments(MappingsArguments, given)
    store, what, name = MappingStore(context.folders.mappings), arguments.what, arguments.name
    if what == "list":
        if name is not None:
            text = f"ordex mappings list takes no name; ordex mappings show {name}"
            raise InputError(text, argument="name")
        return await asyncio.to_thread(_list, store)
    if name is None:
        raise InputError(f"name the mapping: ordex mappings {what} NAME", argument="name")
    if what == "show":
        return await asyncio.to_thread(_show, store, name)
    await asyncio.to_thread(store.delete, name)
    return DoneResult((f"the mapping “{name}” is deleted",), {"outcome": "deleted", "name": name})


def _list(store: MappingStore) -> Result:
    from tui.jobs.importing.import_errors import ImportRefused

    rows: list[dict[str, Any]] = []
    for name in store.loadable():
        try:
            mapping = store.load(name)
        except ImportRefused as refused:
            rows.append({"name": name, "problem": str(refused)})
            continue
        filled = sum(column.path is not None for column in mapping.columns)
        left_out = len(mapping.columns) - filled
        row = {"name": name, "columns": filled, "left_out": left_out, "written": mapping.dialect.describe()}
        rows.append({**row, "export": mapping.title} if mapping.title else row)
    text = (
        f"{pluralize(len(store.names()), 'saved mapping')}, {len(rows) - len(store.names())} of known exports"
    )
    return DocumentsResult(rows, LISTED, (text,))


def _show(store: MappingStore, name: str) -> Result:
    mapping = store.load(name)
    rows: list[dict[str, Any]] = [
        {
            "column": column.header,
            "field": column.path,
            "kind": column.kind if column.path else None,
            **({"values": dict(column.values)} if column.values else {}),
        }
        for column in mapping.columns
    ]
    text = f"“{name}”: {mapping.dialect.describe()}, amounts with {mapping.decimals} decimals"
    return DocumentsResult(rows, SHOWN, (text,))


VERB = Verb(
    name="mappings",
    summary=of_verb("mappings").help,
    help=(
        "List or show mappings, those you saved and those that come with Ordex, or delete one you saved. "
        "A mapping assigns the columns of a CSV to fields and sets how the file is read. “import "
        "--save-mapping NAME” saves one as a JSON file in Ordex's config folder; “import --mapping NAME” "
        "uses it."
    ),
    run=run,
    arguments=(
        Argument(
            "what",
            "choice",
            "What to do.",
            positional=True,
            default="list",
            choices=("list", "show", "delete"),
            metavar="[list|show|delete]",
        ),
        Argument("name", "mapping", "Name of the mapping.", positional=True, metavar="[NAME]"),
    ),
    examples=("mappings", "mappings show shop", "mappings delete shop"),
    formats=FORMATS,
)
