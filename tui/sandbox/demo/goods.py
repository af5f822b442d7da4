"""What the shop sells: coffee, tea, and what one needs to make them. Prices in minor units."""

from __future__ import annotations

from typing import NamedTuple


class Goods(NamedTuple):
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


GOODS: tuple[Goods, ...] = (
    Goods("house-blend", "House Blend No. 4", 890, "beans", _ground(890)),
    Goods("yirgacheffe", "Ethiopia Yirgacheffe Konga", 1290, "beans", _ground(1290)),
    Goods("filter-papers", "Filter Papers, 100 sheets", 490, "brewing"),
    Goods("huila", "Colombia Huila Excelso", 1090, "beans", _ground(1090)),
    Goods("sumatra", "Sumatra Mandheling", 1150, "beans", _bag(1150)),
    Goods("decaf", "Decaf Mountain Water", 990, "beans", _ground(990)),
    Goods("espresso-nero", "Espresso Nero", 940, "beans", _bag(940)),
    Goods("oat-barista", "Oat Drink Barista, case of 6", 1440, "pantry"),
    Goods("stoneware-mug", "Stoneware Mug", 1600, "cups", (("SND", "sand", 1600), ("INK", "ink", 1600))),
    Goods("kenya-aa", "Kenya AA Nyeri", 1490, "beans", _bag(1490)),
    Goods("earl-grey", "Earl Grey with Bergamot", 780, "tea", (("T", "tin 100 g", 780),)),
    Goods("sencha", "Sencha Uji, spring harvest", 1180, "tea", (("P", "pouch 80 g", 1180),)),
    Goods("cold-brew-bags", "Cold Brew Bags, 8 pieces", 1120, "brewing"),
    Goods("descaler", "Descaler, citric, 500 ml", 650, "care"),
    Goods("v60", "Pour-over Cone 02", 2400, "brewing", (("W", "white", 2400), ("B", "black", 2600))),
    Goods("moka-pot", "Moka Pot", 3450, "brewing", (("3", "3 cups", 3450), ("6", "6 cups", 4250))),
    Goods(
        "travel-tumbler", "Travel Tumbler 350 ml", 2850, "cups", (("S", "steel", 2850), ("M", "moss", 2950))
    ),
    Goods("french-press", "French Press 1 l", 3990, "brewing"),
    Goods("honey", "Linden Honey 400 g", 860, "pantry"),
    Goods("almond-biscotti", "Almond Biscotti 200 g", 590, "pantry"),
    Goods(
        "espresso-cups",
        "Espresso Cups, set of 4",
        3200,
        "cups",
        (("W", "white", 3200), ("C", "celadon", 3400)),
    ),
    Goods("milk-jug", "Milk Jug", 1950, "barista", (("350", "350 ml", 1950), ("600", "600 ml", 2300))),
    Goods("hand-grinder", "Hand Grinder, steel burrs", 8900, "grinders"),
    Goods("scale", "Brewing Scale with Timer", 5400, "barista"),
    Goods(
        "gooseneck", "Gooseneck Kettle 0.9 l", 6900, "kettles", (("S", "steel", 6900), ("B", "black", 7400))
    ),
    Goods("matcha-set", "Matcha Set: Bowl, Whisk, Scoop", 4950, "tea"),
    Goods("tamper", "Tamper 58 mm, walnut", 3600, "barista"),
    Goods("tea-towel", "Linen Tea Towel", 1450, "kitchen", (("N", "natural", 1450), ("I", "indigo", 1450))),
    Goods(
        "cutting-board", "Oak Cutting Board", 4200, "kitchen", (("S", "small", 4200), ("L", "large", 6200))
    ),
    Goods("chef-knife", "Chef's Knife 20 cm", 8400, "kitchen"),
    Goods("cast-iron-pan", "Cast-iron Pan", 5900, "kitchen", (("24", "24 cm", 5900), ("28", "28 cm", 7200))),
    Goods("enamel-pot", "Enamel Pot with Lid 3 l", 6400, "kitchen"),
    Goods("sourdough-basket", "Proofing Basket, rattan", 1980, "kitchen"),
    Goods("spice-mill", "Spice Mill, beech", 2750, "kitchen"),
    Goods("glass-jars", "Storage Jars, set of 3", 2300, "kitchen"),
    Goods("electric-grinder", "Electric Grinder, 40 settings", 18900, "grinders"),
    Goods("kettle-variable", "Electric Kettle, variable heat", 11900, "kettles"),
    Goods("espresso-machine", "Espresso Machine “Piccola”", 64900, "machines"),
    Goods("subscription", "Coffee Subscription, 3 months", 4900, "gifts"),
    Goods("workshop", "Home Barista Workshop, one seat", 7500, "gifts"),
)
"""In order of popularity: what comes first sells most."""
