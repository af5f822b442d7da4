"""Which exported columns a filter reads, for filtering a file of the server's afterwards."""

from __future__ import annotations

from dataclasses import dataclass

from .fields import Kind, lookup
from .language import Filter
from .nodes import And, Comparison, Everything, Has, Node, Not, Or


@dataclass(frozen=True, slots=True)
class Needs:
    """``columns`` are fields that an export can hold; ``beyond`` are parts that no export can answer.

    A metadata key with dots may be a path into a nested object, which the column of its first part holds.
    """

    columns: frozenset[str]
    beyond: tuple[str, ...]


def needs_of(filter_: Filter) -> Needs:
    """What a filter reads (exportable fields: ``docs/voucherify-api.md#export-files``)."""
    columns: set[str] = set()
    beyond: list[str] = []
    for leaf in _leaves(filter_.ast):
        name = leaf.field if isinstance(leaf, Comparison | Has) else None
        field = lookup(name) if name else None
        if field is not None and field.kind is Kind.METADATA:
            head, dot, _ = field.name.removeprefix("metadata.").partition(".")
            columns.update({field.name, f"metadata.{head}"} if dot and head else {field.name})
        elif field is None or field.export is None:
            beyond.append(str(leaf))
        else:
            columns.add(field.export)
    return Needs(frozenset(columns), tuple(beyond))


def _leaves(node: Node) -> list[Node]:
    if isinstance(node, Everything):
        return []
    if isinstance(node, Not):
        return _leaves(node.part)
    if isinstance(node, And | Or):
        return [leaf for part in node.parts for leaf in _leaves(part)]
    return [node]
