"""Suggestions for input fields: values that occur in loaded orders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

from tui.orders.amounts import DECIMALS, format_amount
from tui.orders.order import Order, OrderItem, Product, Sku

from .form_fields import has_hidden

_NO_PRODUCT, _NO_SKU = Product.read({}), Sku.read({})

VALUES_A_KEY = 50
OFFERED = 6
"""Most suggestions shown at once."""


class FieldSuggestion(NamedTuple):
    """A value and a remark, such as the name and price of a product."""

    text: str
    remark: str = ""


def _nothing() -> Mapping[Any, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Values of loaded orders, the most frequent first.

    ``values`` are by kind: ``products``, ``skus``, ``customers``, ``sources`` (of products and SKUs) and
    ``source_ids`` (of customers). ``metadata_values`` are the texts by key.
    """

    values: Mapping[str, tuple[FieldSuggestion, ...]] = field(default_factory=_nothing)
    metadata_keys: tuple[FieldSuggestion, ...] = ()
    metadata_values: Mapping[str, tuple[FieldSuggestion, ...]] = field(default_factory=_nothing)


def collect_suggestions(orders: Iterable[Order], *, decimals: int = DECIMALS) -> Suggestions:
    """Collect the values of loaded orders, except values with hidden characters."""
    gathering = _Collector(decimals)
    for order in orders:
        gathering.read(order)
    return gathering.seen()


def matches(values: Iterable[FieldSuggestion], typed: str, *, limit: int = OFFERED) -> list[FieldSuggestion]:
    """The suggestions that start with or contain a typed text, also in their remark; the best first."""
    wanted = typed.casefold()
    starting: list[FieldSuggestion] = []
    holding: list[FieldSuggestion] = []
    for value in values:
        text = value.text.casefold()
        if text == wanted:
            continue
        if text.startswith(wanted):
            starting.append(value)
        elif wanted in text or wanted in value.remark.casefold():
            holding.append(value)
        if len(starting) >= limit:
            break
    return [*starting, *holding][:limit]


class _Collector:
    def __init__(self, decimals: int) -> None:
        self._decimals = decimals
        self._counts: dict[str, Counter[str]] = {}
        self._remarks: dict[tuple[str, str], str] = {}
        self._keys: Counter[str] = Counter()
        self._of_key: dict[str, Counter[str]] = {}

    def read(self, order: Order) -> None:
        for person in (order.customer, order.referrer):
            if person is not None:
                self._add("customers", person.id, person.name or person.email or "")
                self._add("source_ids", person.source_id, person.name or "")
        self._add("customers", order.customer_id)
        for item in order.items:
            self._read_item(item)
        self._add_metadata(order.metadata)

    def _read_item(self, item: OrderItem) -> None:
        product, sku = item.product or _NO_PRODUCT, item.sku or _NO_SKU
        price = format_amount(item.price, decimals=self._decimals)
        name = product.name or ""
        of_product, of_sku = _remark(name, price), _remark(sku.sku or name, price)
        self._add("products", item.product_id or product.id, of_product)
        self._add("skus", item.sku_id or sku.id, of_sku)
        self._add("sources", item.source_id, of_sku)
        self._add("sources", product.source_id, of_product)
        self._add("sources", sku.source_id, of_sku)
        self._add_metadata(item.metadata)

    def seen(self) -> Suggestions:
        values = {
            kind: tuple(
                FieldSuggestion(text, self._remarks.get((kind, text), "")) for text, _ in counts.most_common()
            )
            for kind, counts in self._counts.items()
        }
        of_key = {
            key: tuple(FieldSuggestion(text) for text, _ in counts.most_common(VALUES_A_KEY))
            for key, counts in self._of_key.items()
        }
        keys = tuple(FieldSuggestion(key) for key, _ in self._keys.most_common())
        return Suggestions(MappingProxyType(values), keys, MappingProxyType(of_key))

    def _add(self, kind: str, text: str | None, remark: str = "") -> None:
        if not text or has_hidden(text):
            return
        self._counts.setdefault(kind, Counter())[text] += 1
        if remark and not has_hidden(remark):
            self._remarks.setdefault((kind, text), remark)

    def _add_metadata(self, metadata: dict[str, Any] | None) -> None:
        for key, value in (metadata or {}).items():
            if not key or has_hidden(key):
                continue
            self._keys[key] += 1
            if isinstance(value, str) and value and len(value) <= 100 and not has_hidden(value):
                counts = self._of_key.setdefault(key, Counter())
                if value in counts or len(counts) < 20 * VALUES_A_KEY:
                    counts[value] += 1


def _remark(name: str, price: str) -> str:
    return "  ".join(part for part in (name, price) if part)
