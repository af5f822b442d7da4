"""Exports of known shop systems, recognized by their headers; ``formats/`` holds a mapping of each."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from tui.jobs.importing.mapping.column_mapping import ColumnMapping
from tui.orders.strict_json import read_json


@cache
def known_exports() -> tuple[ColumnMapping, ...]:
    """The mappings of all known exports, sorted by name."""
    folder = files(__package__).joinpath("formats")
    texts = [file.read_text(encoding="utf-8") for file in folder.iterdir() if file.name.endswith(".json")]
    return tuple(
        sorted((ColumnMapping.from_document(read_json(text)) for text in texts), key=lambda m: m.name)
    )


def recognize_export(titles: Iterable[str]) -> ColumnMapping | None:
    """The known export that has these titles: the one with most titles of its own, if several fit."""
    present = set(titles)
    fitting = [known for known in known_exports() if present.issuperset(known.recognised_by)]
    return max(fitting, key=lambda known: len(known.recognised_by), default=None)
