"""The products and SKUs of the demo shop, and which of them sell. Prices in minor units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from tui.orders.times import format_api_time
from tui.sandbox.identifiers import IdentifierGenerator

from .schedule import MINUTE_MS
from .seeded_random import WeightedChoice


class ProductTemplate(NamedTuple):
    """One product: its source id, name, price, category, and its variants as (code, name, price)."""

    source_id: str
    name: str
    price: int
    category: str
    variants: tuple[tuple[str, str, int], ...] = ()


def _bag(price: int) -> tuple[tuple[str, str, int], ...]:
    return (("250", "250 g, whole bean", price), ("1000", "1 kg, whole bean", price * 7 // 2))


def _ground(price: int) -> tuple[tuple[str, str, int], ...]:
    return (*_bag(price), ("250G", "250 g, ground for filter", price))


GOODS: tuple[ProductTemplate, ...] = (
    ProductTemplate("house-blend", "House Blend No. 4", 890, "beans", _ground(890)),
    ProductTemplate("yirgacheffe", "Ethiopia Yirgacheffe Konga", 1290, "beans", _ground(1290)),
    ProductTemplate("filter-papers", "Filter Papers, 100 sheets", 490, "brewing"),
    ProductTemplate("huila", "Colombia Huila Excelso", 1090, "beans", _ground(1090)),
    ProductTemplate("sumatra", "Sumatra Mandheling", 1150, "beans", _bag(1150)),
    ProductTemplate("decaf", "Decaf Mountain Water", 990, "beans", _ground(990)),
    ProductTemplate("espresso-nero", "Espresso Nero", 940, "beans", _bag(940)),
    ProductTemplate("oat-barista", "Oat Drink Barista, case of 6", 1440, "pantry"),
    ProductTemplate(
        "stoneware-mug", "Stoneware Mug", 1600, "cups", (("SND", "sand", 1600), ("INK", "ink", 1600))
    ),
    ProductTemplate("kenya-aa", "Kenya AA Nyeri", 1490, "beans", _bag(1490)),
    ProductTemplate("earl-grey", "Earl Grey with Bergamot", 780, "tea", (("T", "tin 100 g", 780),)),
    ProductTemplate("sencha", "Sencha Uji, spring harvest", 1180, "tea", (("P", "pouch 80 g", 1180),)),
    ProductTemplate("cold-brew-bags", "Cold Brew Bags, 8 pieces", 1120, "brewing"),
    ProductTemplate("descaler", "Descaler, citric, 500 ml", 650, "care"),
    ProductTemplate(
        "v60", "Pour-over Cone 02", 2400, "brewing", (("W", "white", 2400), ("B", "black", 2600))
    ),
    ProductTemplate("moka-pot", "Moka Pot", 3450, "brewing", (("3", "3 cups", 3450), ("6", "6 cups", 4250))),
    ProductTemplate(
        "travel-tumbler", "Travel Tumbler 350 ml", 2850, "cups", (("S", "steel", 2850), ("M", "moss", 2950))
    ),
    ProductTemplate("french-press", "French Press 1 l", 3990, "brewing"),
    ProductTemplate("honey", "Linden Honey 400 g", 860, "pantry"),
    ProductTemplate("almond-biscotti", "Almond Biscotti 200 g", 590, "pantry"),
    ProductTemplate(
        "espresso-cups",
        "Espresso Cups, set of 4",
        3200,
        "cups",
        (("W", "white", 3200), ("C", "celadon", 3400)),
    ),
    ProductTemplate(
        "milk-jug", "Milk Jug", 1950, "barista", (("350", "350 ml", 1950), ("600", "600 ml", 2300))
    ),
    ProductTemplate("hand-grinder", "Hand Grinder, steel burrs", 8900, "grinders"),
    ProductTemplate("scale", "Brewing Scale with Timer", 5400, "barista"),
    ProductTemplate(
        "gooseneck", "Gooseneck Kettle 0.9 l", 6900, "kettles", (("S", "steel", 6900), ("B", "black", 7400))
    ),
    ProductTemplate("matcha-set", "Matcha Set: Bowl, Whisk, Scoop", 4950, "tea"),
    ProductTemplate("tamper", "Tamper 58 mm, walnut", 3600, "barista"),
    ProductTemplate(
        "tea-towel", "Linen Tea Towel", 1450, "kitchen", (("N", "natural", 1450), ("I", "indigo", 1450))
    ),
    ProductTemplate(
        "cutting-board", "Oak Cutting Board", 4200, "kitchen", (("S", "small", 4200), ("L", "large", 6200))
    ),
    ProductTemplate("chef-knife", "Chef's Knife 20 cm", 8400, "kitchen"),
    ProductTemplate(
        "cast-iron-pan", "Cast-iron Pan", 5900, "kitchen", (("24", "24 cm", 5900), ("28", "28 cm", 7200))
    ),
    ProductTemplate("enamel-pot", "Enamel Pot with Lid 3 l", 6400, "kitchen"),
    ProductTemplate("sourdough-basket", "Proofing Basket, rattan", 1980, "kitchen"),
    ProductTemplate("spice-mill", "Spice Mill, beech", 2750, "kitchen"),
    ProductTemplate("glass-jars", "Storage Jars, set of 3", 2300, "kitchen"),
    ProductTemplate("electric-grinder", "Electric Grinder, 40 settings", 18900, "grinders"),
    ProductTemplate("kettle-variable", "Electric Kettle, variable heat", 11900, "kettles"),
    ProductTemplate("espresso-machine", "Espresso Machine “Piccola”", 64900, "machines"),
    ProductTemplate("subscription", "Coffee Subscription, 3 months", 4900, "gifts"),
    ProductTemplate("workshop", "Home Barista Workshop, one seat", 7500, "gifts"),
)
"""In order of popularity, the best seller first."""


Document = dict[str, Any]
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Article:
    """What can lie in a basket: a product, and its SKU where it has variants."""

    product: Document
    sku: Document | None

    @property
    def price(self) -> int:
        """The price of one piece, in minor units; a SKU's own price goes before its product's."""
        price: int = (self.sku or self.product)["price"]
        return price


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything on sale. ``selling`` gives articles as often as they are bought."""

    products: list[Document]
    skus: list[Document]
    articles: list[Article]
    selling: WeightedChoice[Article]


def iso(at_ms: int) -> str:
    """Unix milliseconds as the API writes a time."""
    return format_api_time(_EPOCH + timedelta(milliseconds=at_ms))


def create_products(mint: IdentifierGenerator, opening_ms: int) -> Catalogue:
    """Put the goods into the catalogue, one after the other in the hours before the shop opens."""
    products: list[Document] = []
    skus: list[Document] = []
    selling: list[tuple[Article, int]] = []
    at_ms = opening_ms - (len(GOODS) + 1) * 7 * MINUTE_MS
    for rank, goods in enumerate(GOODS):
        at_ms += 7 * MINUTE_MS
        product = _product(goods, mint, at_ms)
        products.append(product)
        variants = [
            _sku(goods, product, number, mint, at_ms + 9_000 * (number + 1))
            for number in range(len(goods.variants))
        ]
        skus.extend(variants)
        of_product = [Article(product, sku) for sku in variants] or [Article(product, None)]
        selling.extend((article, 1 + 9_000 // (8 + rank) ** 2 // len(of_product)) for article in of_product)
    return Catalogue(products, skus, [article for article, _ in selling], WeightedChoice(selling))


def _product(goods: ProductTemplate, mint: IdentifierGenerator, at_ms: int) -> Document:
    product = {
        "id": mint.timed("prod_", at_ms),
        "source_id": goods.source_id,
        "name": goods.name,
        "price": goods.price,
        "attributes": ["variant"],
        "metadata": {"category": goods.category, "fragile": goods.category in ("cups", "kettles")},
        "created_at": iso(at_ms),
        "object": "product",
    }
    if not goods.variants:
        del product["attributes"]
    return product


def _sku(
    goods: ProductTemplate, product: Document, number: int, mint: IdentifierGenerator, at_ms: int
) -> Document:
    code, name, price = goods.variants[number]
    return {
        "id": mint.timed("sku_", at_ms),
        "source_id": f"{goods.source_id.upper()}-{code}",
        "product_id": product["id"],
        "sku": f"{goods.name}, {name}",
        "price": price,
        "metadata": {"variant": name},
        "created_at": iso(at_ms),
        "object": "sku",
    }
