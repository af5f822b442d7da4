"""The filter language once more, plain and slow: each node asked of the raw document, nothing compiled."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from tui.orders.filter.syntax.moments import MomentError, resolve
from tui.orders.filter.syntax.nodes import (
    And,
    Everything,
    FieldComparison,
    HasValue,
    MomentOperand,
    Node,
    Not,
    NumberOperand,
    Operand,
    Or,
    RangeOperand,
    TextOperand,
    TextSearch,
)
from tui.orders.order import Order
from tui.orders.order_totals import order_totals

_AMOUNTS = {
    "amount": "amount",
    "total": "total_amount",
    "discount": "total_discount_amount",
    "initial_amount": "initial_amount",
    "order_discount": "discount_amount",
    "items_discount": "items_discount_amount",
}
_TIMES = {"created": "created_at", "updated": "updated_at"}
_SINGLE = {
    "status": "status",
    "id": "id",
    "source_id": "source_id",
    "customer": "customer_id",
    "referrer": "referrer_id",
}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def reference(node: Node, document: dict[str, Any], now: datetime) -> bool:
    """Whether the filter matches the document, two decimals to the money."""
    match node:
        case Not(part):
            return not reference(part, document, now)
        case And(parts):
            return all(reference(part, document, now) for part in parts)
        case Or(parts):
            return any(reference(part, document, now) for part in parts)
        case _:
            return _leaf(node, document, now)


def _leaf(
    node: Everything | TextSearch | HasValue | FieldComparison, document: dict[str, Any], now: datetime
) -> bool:
    match node:
        case Everything():
            return True
        case TextSearch(text):
            return any(text.casefold() in value.casefold() for value in _searched(document))
        case HasValue(field):
            return _has(field, document)
        case FieldComparison(field, operator, operands):
            values = _values(field, document)
            return any(_meets(field, v, operator, o, now) for v in values for o in operands)


def _searched(document: dict[str, Any]) -> list[str]:
    single = [_text(document.get(key)) for key in ("status", "id", "source_id", "customer_id", "referrer_id")]
    customer = document.get("customer") or {}
    single += [customer.get(key) for key in ("source_id", "name", "email")]
    several = [v for field in ("item", "redemption", "voucher", "metadata") for v in _values(field, document)]
    return [value for value in (*single, *several) if value]


def _has(field: str, document: dict[str, Any]) -> bool:
    if field in ("items", "units", "redemptions"):
        return any(value > 0 for value in _values(field, document))
    if "discount" in field:
        return any(_number(value) != 0 for value in _values(field, document))
    if field.startswith("metadata."):
        return _at_path(document, field.removeprefix("metadata.")) is not None
    return bool(_values(field, document))


def _at_path(document: dict[str, Any], key: str) -> Any:
    metadata = document.get("metadata") or {}
    found = _meaning(metadata.get(key))
    if found is not None:
        return found
    first, _, rest = key.partition(".")
    inner = _meaning(metadata.get(first)) if rest else None
    return _meaning(inner.get(rest)) if isinstance(inner, dict) else None


def _meaning(value: Any) -> Any:
    """A metadata value read from its exported text: a list, an object, a text, or ``None`` for no value."""
    text = json.dumps(value) if isinstance(value, list | dict) else _text(value)
    try:
        found = json.loads(text)
    except ValueError:
        found = text
    return found if isinstance(found, list | dict) else text or None


def _values(field: str, document: dict[str, Any]) -> list[Any]:
    """The values of a field, none for a missing one."""
    items = document.get("items", [])
    redemptions = document.get("redemptions", {})
    if field.startswith("metadata."):
        found = _at_path(document, field.removeprefix("metadata."))
        elements = found if isinstance(found, list) else [found]
        return [_text(v) for v in elements if not isinstance(v, list | dict) and _text(v)]
    products = [v for i in items for v in (i.get("product_id"), i.get("product", {}).get("name")) if v]
    skus = [v for i in items for v in (i.get("sku_id"), i.get("sku", {}).get("sku")) if v]
    several: dict[str, list[Any]] = {
        "items": [len(items)] if "items" in document else [],
        "units": [sum(item.get("quantity", 0) for item in items)] if "items" in document else [],
        "redemptions": [len(redemptions)] if "redemptions" in document else [],
        "product": products,
        "sku": skus,
        "item": products + skus,
        "redemption": list(redemptions),
        "voucher": [
            e["related_object_id"]
            for e in redemptions.values()
            if "related_object_id" in e and e["related_object_type"] != "redemption"
        ],
        "metadata": _leaves(document.get("metadata", {})),
        "mismatch": list(order_totals(Order.read(document)).mismatches),
        "problems": list(Order.read(document).problems),
    }
    if field in several:
        return several[field]
    value = document.get({**_AMOUNTS, **_TIMES, **_SINGLE}[field])
    return [_text(value)] if _text(value) else []


def _leaves(value: Any, *, outer: bool = True) -> list[str]:
    if isinstance(value, dict):
        parts = [_meaning(part) for part in value.values()] if outer else list(value.values())
        return [leaf for part in parts for leaf in _leaves(part, outer=False)]
    if isinstance(value, list):
        return [leaf for part in value for leaf in _leaves(part, outer=False)]
    return [_text(value)] if _text(value) else []


def _text(value: Any) -> str:
    """A value as JavaScript writes it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e21:
        return str(int(value))
    return re.sub(r"e-0(\d)", r"e-\1", repr(value)) if isinstance(value, float) else str(value)


def _meets(field: str, value: Any, operator: str, operand: Operand, now: datetime) -> bool:
    if isinstance(operand, TextOperand):
        return _meets_text(field, value, operator, operand.text, now)
    if isinstance(operand, RangeOperand):
        return _meets(field, value, ">=", operand.low, now) and _meets(field, value, "<=", operand.high, now)
    if isinstance(operand, MomentOperand):
        return _meets_moment(value, operator, operand, now)
    return _meets_number(field, value, operator, operand)


def _meets_text(field: str, value: str, operator: str, text: str, now: datetime) -> bool:
    if operator == "~":
        return text.casefold() in _text(value).casefold()
    if operator == "^=":
        return _text(value).startswith(text)
    if operator == "$=":
        return _text(value).endswith(text)
    if field == "status":
        text = text.upper()
    if not field.startswith("metadata."):
        return bool(value == text)
    if value == text or (_number(text) is not None and _number(value) == _number(text)):
        return True
    return "-" in text[1:] and _is_date(text) and _meets_moment(value, ":", MomentOperand(text), now)


def _is_date(text: str) -> bool:
    try:
        return not resolve(text, _EPOCH).pointlike and text[:4].isdigit()
    except MomentError:
        return False


def _number(text: str) -> Decimal | None:
    try:
        found = json.loads(text, parse_int=Decimal, parse_float=Decimal)
    except ValueError:
        return None
    return found if isinstance(found, Decimal) else None


def _meets_number(field: str, value: Any, operator: str, operand: NumberOperand) -> bool:
    found = _number(value) if isinstance(value, str) else Decimal(value)
    if found is None:
        return False
    if field in _AMOUNTS:
        found = found / 100
    wanted = operand.value
    compared = {
        ":": found == wanted,
        ">": found > wanted,
        ">=": found >= wanted,
        "<": found < wanted,
        "<=": found <= wanted,
    }
    return compared[operator]


def _meets_moment(value: Any, operator: str, operand: MomentOperand, now: datetime) -> bool:
    if not re.match(r"\d{4}-\d\d-\d\d", value):
        return False
    try:
        found = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return False
    if found.tzinfo is None:
        found = found.replace(tzinfo=UTC)
    found = found.replace(microsecond=found.microsecond // 1000 * 1000)
    span = resolve(operand.text, now)
    start, end = (_EPOCH + timedelta(milliseconds=at) for at in (span.start, span.end))
    compared = {
        ":": start <= found < end,
        ">": found >= end,
        ">=": found >= start,
        "<": found < start,
        "<=": found < end,
    }
    return compared[operator]
