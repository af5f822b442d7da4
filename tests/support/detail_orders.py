"""Orders written by hand, one for each thing the detail pane shows; see ``docs/voucherify-api.md``."""

from __future__ import annotations

from typing import Any

from tui.orders.order import Order

CUSTOMER = "cust_7iUa6ICKyU6gH40dBU25kQU1"
REFERRER = "cust_nM4jqPiaXUvQdVSA6vTRUnix"


def _item(name: str, quantity: int, price: int, discount: int = 0, **more: Any) -> dict[str, Any]:
    amount = price * quantity
    taken = {"discount_amount": discount, "subtotal_amount": amount - discount} if discount else {}
    named = {"product": {"name": name, "price": price}}
    known = {"object": "order_item", "quantity": quantity, "price": price, "amount": amount}
    return {"product_id": "prod_0b1da9105c0e5e1f2a", **known, **taken, **named, **more}


def _order(**fields: Any) -> dict[str, Any]:
    base = {
        "id": "ord_0ea1e9a0ac418b4d7e",
        "source_id": "WEB-2026-10482",
        "created_at": "2026-03-14T09:26:53.589Z",
        "updated_at": None,
        "status": "CREATED",
        "customer_id": CUSTOMER,
        "referrer_id": None,
        "object": "order",
        "customer": {"id": CUSTOMER, "object": "customer"},
    }
    return base | fields


DISCOUNTED = _order(
    status="PAID",
    updated_at="2026-03-14T09:31:07.120Z",
    amount=49_600,
    discount_amount=2_500,
    items_discount_amount=4_100,
    total_discount_amount=6_600,
    total_amount=43_000,
    items=[
        _item("Espresso cup, stoneware, 90 ml", 4, 1_450, 800, sku={"sku": "CUP-90-W"}),
        _item("Hand grinder “Kyoto”", 1, 28_900, 3_300, sku={"sku": "GRD-KYOTO"}),
        _item("Filter papers, 100", 3, 690),
        _item("House blend, 1 kg", 4, 3_207, sku={"sku": "BLEND-1KG"}) | {"amount": 12_830},
    ],
    metadata={
        "channel": "web",
        "gift": True,
        "loyalty_points": 430,
        "wrapping": None,
        "delivery": {"slot": "2026-03-16T08:00:00Z", "floors": [1, 2], "note": "Ring twice\nDog is friendly"},
        "tags": ["spring", "returning"],
    },
    redemptions={
        "r_0ea1e9a0ac418b4d80": {
            "date": "2026-03-14T09:31:07.004Z",
            "related_object_type": "redemption",
            "related_object_id": "r_0ea1e9a0ac418b4d80",
            "stacked": ["r_0ea1e9a0ac418b4d81", "r_0ea1e9a0ac418b4d82"],
            "rollback_id": "rr_0ea1f3c1bb018b5000",
            "rollback_date": "2026-03-17T15:02:41.330Z",
            "rollback_stacked": ["rr_0ea1f3c1bb018b5001", "rr_0ea1f3c1bb018b5002"],
        },
        "r_0ea1e9a0ac418b4d81": {
            "date": "2026-03-14T09:31:07.004Z",
            "related_object_type": "voucher",
            "related_object_id": "SPRING-25",
            "related_object_parent_id": "r_0ea1e9a0ac418b4d80",
        },
        "r_0ea1e9a0ac418b4d82": {
            "date": "2026-03-14T09:31:07.004Z",
            "related_object_type": "promotion_tier",
            "related_object_id": "promo_2aaJ1Yz8fXbzkJNk3gq0Q1jY",
        },
        "r_0ea1f500aa018b6000": {
            "date": "2026-03-18T10:00:00.000Z",
            "related_object_type": "voucher",
            "related_object_id": "SORRY-10",
        },
    },
)

AMOUNT_ONLY = {
    key: value
    for key, value in _order(amount=12_050, total_amount=12_050, customer_id=None, source_id=None).items()
    if key != "customer"
}

FORTY_ITEMS = _order(
    status="FULFILLED",
    amount=sum((at + 1) * 350 for at in range(40)),
    total_amount=sum((at + 1) * 350 for at in range(40)),
    items=[
        _item(f"Tea sample no. {at + 1}", at + 1, 350, sku={"sku": f"TEA-{at + 1:03}"}) for at in range(40)
    ],
)

MISMATCH = _order(
    status="CANCELED",
    amount=6_000,
    total_discount_amount=500,
    discount_amount=400,
    total_amount=5_400,
    items=[_item("Blue mug", 1, 3_300), _item("Red mug", 1, 3_400)],
    referrer_id=REFERRER,
    referrer={"id": REFERRER, "object": "customer"},
)

NON_LATIN = _order(
    source_id="注文-二〇二六-〇三",
    status="PROCESSING",
    amount=9_900,
    total_amount=9_900,
    items=[
        _item("抹茶碗（まっちゃわん）", 2, 2_400),
        _item("Чайник «Самовар»", 1, 3_100),
        _item("قوري شاي مغربي", 1, 2_000),
        _item("Mug 👩‍🍳☕ édition limitée", 1, 0),
    ],
    metadata={"שם": "דוד", "emoji": "😀", "trick": "paid\u202e\u200b\x1b[2J"},
)

FAULTY = _order(
    amount="12.50",
    total_amount=1250,
    status=3,
    items=[{"object": "order_item", "quantity": "two", "price": 625, "product": {"name": "Odd one"}}],
    metadata={},
)

SAMPLES: dict[str, dict[str, Any]] = {
    "discounted": DISCOUNTED,
    "amount_only": AMOUNT_ONLY,
    "forty_items": FORTY_ITEMS,
    "mismatch": MISMATCH,
    "non_latin": NON_LATIN,
    "faulty": FAULTY,
}


def sample(name: str) -> Order:
    """One of the orders, read as the adapter would."""
    return Order.read(SAMPLES[name])
