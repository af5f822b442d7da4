"""Translates a filter to the export filters of the API (``docs/voucherify-api.md#export-filters``).

The server's grammar is flat: one junction and one entry a field, whose conditions must all hold. What is sent
never leaves out an order that the filter wants; what is sent and the remainder together are the whole filter.

It rests on these readings of the grammar: ``$in`` compares text with its case, ``$has_value`` takes ``true``,
and a missing value meets neither. Filters do not rely on undocumented behaviour: whether ``$is_not`` lets an
order without the value through, whether an empty text is a value, and how metadata is compared. Of metadata
only ``$contains`` is sent, for texts that every reading of a text or of a list finds,
and the file is filtered again here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tui.orders.filter.syntax.nodes import (
    And,
    Everything,
    FieldComparison,
    HasValue,
    Node,
    Not,
    Or,
    TextOperand,
    TextSearch,
)

from .compiled import Filter, known_field
from .conditions import EvaluationContext, OneOf, TextMatch, Within, conditions_of
from .export_conditions import Conditions, is_caseless, is_contained, merged, time_bound, united, written
from .filter_fields import FieldKind, FilterableField

_MIXED = "an export cannot mix “or” with “and”"
_OPEN_METADATA = "how exports compare metadata is not documented"


@dataclass(frozen=True, slots=True)
class UnexportedPart:
    """A part of the filter that the API cannot evaluate: its canonical text and the reason."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class ExportFilters:
    """The part of a filter that the service can apply.

    ``filters`` is the body of ``parameters.filters`` (``None``: nothing to send), ``left`` names the parts
    that must still be checked here, ``remainder`` is the filter that checks them.
    """

    filters: dict[str, Any] | None
    left: tuple[UnexportedPart, ...]
    remainder: Filter

    @property
    def exact(self) -> bool:
        """Whether the server's answer needs no further filtering."""
        return not self.left


_Sent = tuple[dict[str, Conditions], list[tuple[Node, str]]]
"""Conditions by field, and the parts that they do not settle, each with the reason."""


@dataclass(frozen=True, slots=True)
class _Translation:
    """A part compiled: conditions by field (``None``: not at all), and why they are not the whole part."""

    fields: dict[str, Conditions] | None
    reason: str = ""


def to_export_filters(source: Filter) -> ExportFilters:
    """Compile a filter to the server's export filters, as far as they go."""
    node, setting = _pushed(source.ast, negated=False), source.setting
    junction = "or" if isinstance(node, Or) else "and"
    compiled = _alternatives(node, setting) if isinstance(node, Or) else _together(_parts(node), setting)
    fields, unsettled = compiled
    filters = {"junction": junction, **{name: {"conditions": written(c)} for name, c in fields.items()}}
    left = tuple(UnexportedPart(str(part), reason) for part, reason in unsettled)
    remainder = Filter(_joined(tuple(part for part, _ in unsettled)), setting)
    return ExportFilters(filters if fields else None, left, remainder)


def _alternatives(node: Or, setting: EvaluationContext) -> _Sent:
    piece = _either(node, setting)
    return piece.fields or {}, [(node, piece.reason)] if piece.reason else []


def _parts(node: Node) -> tuple[Node, ...]:
    if isinstance(node, Everything):
        return ()
    return node.parts if isinstance(node, And) else (node,)


def _joined(parts: tuple[Node, ...]) -> Node:
    if not parts:
        return Everything()
    return parts[0] if len(parts) == 1 else And(parts)


def _pushed(node: Node, *, negated: bool) -> Node:
    """The same filter with negations at single conditions, and groups of one kind flattened."""
    match node:
        case Not(part):
            return _pushed(part, negated=not negated)
        case And(parts) | Or(parts):
            kind = And if isinstance(node, And) is not negated else Or
            flat: list[Node] = []
            for part in (_pushed(part, negated=negated) for part in parts):
                flat += part.parts if isinstance(part, kind) else (part,)
            return kind(tuple(flat))
        case _:
            return Not(node) if negated else node


def _together(parts: tuple[Node, ...], setting: EvaluationContext) -> _Sent:
    """The conditions of parts that must all match, and the parts still to be checked here."""
    fields: dict[str, Conditions] = {}
    left: list[tuple[Node, str]] = []
    for part in parts:
        piece = _part(part, setting)
        reason = piece.reason
        for name, conditions in (piece.fields or {}).items():
            both = merged(fields.get(name, {}), conditions)
            if both is None:
                reason = reason or f"an export cannot combine such conditions on {name}"
            else:
                fields[name] = both
        if reason:
            left.append((part, reason))
    return fields, left


def _part(part: Node, setting: EvaluationContext) -> _Translation:
    """One of the parts that must all match."""
    if not isinstance(part, Or):
        return _condition(part, setting)
    piece = _either(part, setting)
    return piece if piece.fields is None or len(piece.fields) == 1 else _Translation(None, _MIXED)


def _either(node: Or, setting: EvaluationContext) -> _Translation:
    """Parts of which one must match: all of them are sent, in one entry per field, or none is."""
    fields: dict[str, Conditions] = {}
    why = ""
    for part in node.parts:
        found, unsettled = _together(_parts(part), setting)
        reasons = [reason for _, reason in unsettled]
        if not found:
            return _Translation(None, reasons[0])
        name, conditions = next(iter(found.items()))
        why = why or (reasons[0] if reasons else "") or (_MIXED if len(found) > 1 else "")
        both = united(fields[name], conditions) if name in fields else conditions
        if both is None:
            return _Translation(None, f"an export cannot combine such alternatives on {name}")
        fields[name] = both
    return _Translation(fields, why)


def _condition(part: Node, setting: EvaluationContext) -> _Translation:
    negated = isinstance(part, Not)
    node = part.part if isinstance(part, Not) else part
    if isinstance(node, HasValue | FieldComparison):
        field = known_field(node.field)
        if field.export is None:
            return _Translation(None, f"exports cannot be filtered by {field.name}")
        if isinstance(node, HasValue):
            return _presence(field, field.export, negated)
        return _comparison(field, field.export, node, setting, negated)
    if isinstance(node, TextSearch):
        return _Translation(None, "exports have no search over several fields")
    return _Translation(None, _MIXED)


def _presence(field: FilterableField, export: str, negated: bool) -> _Translation:
    if field.kind is FieldKind.METADATA:
        return _Translation(None, _OPEN_METADATA)
    if negated:
        what = "missing or zero" if field.zero_is_missing else "missing or empty"
        return _Translation(None, f"an export cannot ask whether {field.name} is {what}")
    conditions: Conditions = {"$has_value": [True], **({"$not_in": [0]} if field.zero_is_missing else {})}
    return _Translation(
        {export: conditions}, "" if field.never_missing else "exports may treat an empty text as a value"
    )


def _comparison(
    field: FilterableField, export: str, node: FieldComparison, setting: EvaluationContext, negated: bool
) -> _Translation:
    if negated and not field.never_missing:
        return _Translation(None, f"an export may exclude orders without {field.name}")
    if field.kind is FieldKind.METADATA:
        return _metadata(export, node)
    (condition,) = conditions_of(node, field, setting)
    if isinstance(condition, OneOf):
        return _Translation({export: {"$not_in" if negated else "$in": list(condition.texts)}})
    if isinstance(condition, Within):
        return _within(field, export, condition, negated)
    return _like(field, export, condition, negated)


def _metadata(export: str, node: FieldComparison) -> _Translation:
    """A condition that lets every wanted order through, whether the service compares lists or their JSON."""
    texts = [operand.text for operand in node.operands if isinstance(operand, TextOperand)]
    if node.operator not in (":", "^=", "$=") or len(texts) < len(node.operands):
        return _Translation(None, _OPEN_METADATA)
    if not all(is_contained(text, whole=node.operator == ":") for text in texts):
        return _Translation(None, _OPEN_METADATA)
    return _Translation({export: {"$contains": texts}}, _OPEN_METADATA)


def _within(field: FilterableField, export: str, condition: Within, negated: bool) -> _Translation:
    intervals = condition.intervals
    timed = condition.unit == "time"
    if negated:  # only of the creation, which no order lacks
        return _Translation(None, f"an export cannot exclude a range of {field.name}")
    if not timed and all(interval.low == interval.high for interval in intervals):
        return _Translation({export: {"$in": [interval.low for interval in intervals]}})
    lows = [interval.low for interval in intervals if interval.low is not None]
    highs = [interval.high for interval in intervals if interval.high is not None]
    conditions: Conditions = {}
    more, less = (
        ("$more_than", "$less_than") if intervals[0].open else ("$more_than_equal", "$less_than_equal")
    )
    if len(lows) == len(intervals):
        low = int(min(lows))
        conditions["$after" if timed else more] = [time_bound(low - 1) if timed else low]
    if len(highs) == len(intervals):
        high = int(max(highs))
        conditions["$before" if timed else less] = [time_bound(high + 1) if timed else high]
    return _Translation({export: conditions}, "only the outer bounds are sent" if len(intervals) > 1 else "")


def _like(field: FilterableField, export: str, condition: TextMatch, negated: bool) -> _Translation:
    if negated:
        return _Translation(None, f"an export cannot exclude a text in {field.name}")
    caseless = all(map(is_caseless, condition.texts))
    if condition.how == "~" and not caseless:
        return _Translation(None, "exports are case-sensitive, ~ is not")
    operator = {"~": "$contains", "^=": "$starts_with", "$=": "$ends_with"}[condition.how]
    return _Translation(
        {export: {operator: list(condition.texts)}},
        "" if caseless else "exports may ignore case",
    )
