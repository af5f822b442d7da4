"""Values already seen in loaded orders, to complete what is typed. Pure: it reads orders, asks nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

from tui.orders.amounts import DECIMALS, format_amount
from tui.orders.order import Order, OrderItem, Product, Sku

from .texts import has_hidden

_NO_PRODUCT, _NO_SKU = Product.read({}), Sku.read({})

VALUES_A_KEY = 50
OFFERED = 6
"""Matches that are offered at once."""


class SeenValue(NamedTuple):
    """A value and what is said beside it, such as a product's name and price."""

    text: str
    remark: str = ""


def _nothing() -> Mapping[Any, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen, what was seen most often first.

    ``values`` are by kind: ``products``, ``skus``, ``customers``, ``sources`` (of products and SKUs) and
    ``source_ids`` (of customers). ``metadata_values`` are the texts seen under each key.
    """

    values: Mapping[str, tuple[SeenValue, ...]] = field(default_factory=_nothing)
    metadata_keys: tuple[SeenValue, ...] = ()
    metadata_values: Mapping[str, tuple[SeenValue, ...]] = field(default_factory=_nothing)


def gather_seen(orders: Iterable[Order], *, decimals: int = DECIMALS) -> Seen:
    """Gather what loaded orders hold. Values with hidden characters are not offered."""
    gathering = _Gathering(decimals)
    for order in orders:
        gathering.read(order)
    return gathering.seen()


def matches(values: Iterable[SeenValue], typed: str, *, limit: int = OFFERED) -> list[SeenValue]:
    """The values that a typed text may be the start or a part of, also of the remark; the nearest first."""
    wanted = typed.casefold()
    starting: list[SeenValue] = []
    holding: list[SeenValue] = []
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


class _Gathering:
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

    def seen(self) -> Seen:
        values = {
            kind: tuple(
                SeenValue(text, self._remarks.get((kind, text), "")) for text, _ in counts.most_common()
            )
            for kind, counts in self._counts.items()
        }
        of_key = {
            key: tuple(SeenValue(text) for text, _ in counts.most_common(VALUES_A_KEY))
            for key, counts in self._of_key.items()
        }
        keys = tuple(SeenValue(key) for key, _ in self._keys.most_common())
        return Seen(MappingProxyType(values), keys, MappingProxyType(of_key))

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
