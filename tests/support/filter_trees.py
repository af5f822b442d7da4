"""Many filter trees made quickly from a seed.

Hypothesis likes deep trees of few ideas, which finds crashes; these are flat and of every idea, which finds
wrong meanings.
"""

from __future__ import annotations

from decimal import Decimal
from random import Random

from tests.support.filter_strategies import (
    FILTERED,
    IDS,
    INSTANTS,
    MINOR,
    MOMENTS,
    PARTS,
    TEXTS,
    upright,
)
from tui.orders.filter.filter_fields import OPERATORS, FieldKind, FilterableField
from tui.orders.filter.syntax.nodes import (
    And,
    FieldComparison,
    HasValue,
    MomentOperand,
    Node,
    Not,
    NumberOperand,
    Operand,
    Operator,
    Or,
    TextOperand,
    TextSearch,
)
from tui.orders.filter.syntax.operands import KNOWN_STATUSES

EXPORTABLE = [field for field in FILTERED if field.export or field.kind is FieldKind.METADATA]


def some_trees(count: int, seed: int, *, exportable: bool = False) -> list[Node]:
    """That many filters of one to six conditions; ``exportable`` of fields that an export holds."""
    random = Random(seed)
    return [_tree(random, random.choice((0, 0, 1, 1, 2)), exportable) for _ in range(count)]


def _tree(random: Random, depth: int, exportable: bool) -> Node:
    if depth:
        parts = tuple(_tree(random, depth - 1, exportable) for _ in range(random.choice((2, 2, 3))))
        node: Node = random.choice((And, Or))(parts)
    else:
        node = _leaf(random, exportable)
    return Not(node) if random.random() < 0.2 else node


def _leaf(random: Random, exportable: bool) -> Node:
    kind = random.random()
    if kind < 0.1 and not exportable:
        return TextSearch(random.choice((*TEXTS, *IDS)))
    field = random.choice(EXPORTABLE if exportable else FILTERED)
    return HasValue(field.name) if kind < 0.2 else _comparison(random, field)


def _comparison(random: Random, field: FilterableField) -> FieldComparison:
    operator = random.choice(OPERATORS[field.kind])
    most = 1 if operator in (">", ">=", "<", "<=") else random.choice((1, 1, 2))
    return FieldComparison(
        field.name, operator, tuple(_operand(random, field, operator) for _ in range(most))
    )


def _operand(random: Random, field: FilterableField, operator: Operator) -> Operand:
    if operator == ":" and field.kind not in (FieldKind.TEXT, FieldKind.STATUS) and random.random() < 0.3:
        found = upright((_scalar(random, field, ">="), _scalar(random, field, ">=")))
        if found is not None:
            return found
    return _scalar(random, field, operator)


def _scalar(random: Random, field: FilterableField, operator: Operator) -> Operand:
    if operator in ("~", "^=", "$="):
        return TextOperand(random.choice(PARTS))
    if field.kind is FieldKind.STATUS:
        return TextOperand(random.choice(KNOWN_STATUSES))
    if operator == ":" and field.kind in (FieldKind.TEXT, FieldKind.METADATA):
        return TextOperand(random.choice(IDS if field.name in ("customer", "referrer") else (*TEXTS, *IDS)))
    if field.kind is FieldKind.TIME or (field.kind is FieldKind.METADATA and random.random() < 0.5):
        known = MOMENTS if operator == ":" else (*MOMENTS, *INSTANTS)
        return MomentOperand(
            random.choice([each for each in known if each != "2026" or field.kind is FieldKind.TIME])
        )
    if field.kind is FieldKind.COUNT:
        return NumberOperand(Decimal(random.randrange(4)))
    return NumberOperand(Decimal(random.choice(MINOR)).scaleb(-2))
