"""One page about the filter language, written from its own registry."""

from __future__ import annotations

from .fields import FIELDS, Kind

EXAMPLES: dict[str, tuple[tuple[str, str], ...]] = {
    "Words are looked for in ids, customer, products and metadata, in any case": (
        ("shoes", "orders with “shoes” somewhere"),
        ('"red shoes" summer', "both the phrase and the word"),
    ),
    "field:value is exact and minds the case; commas mean any of; .. is a range": (
        ("status:paid,fulfilled", "one of two statuses (a status in any case)"),
        ("customer:cust_1", "that customer"),
        ("amount:10..20", "from 10.00 to 20.00, both included"),
        ("amount:12, 50", "12.00 or 50.00; numbers in a list need the space, since 12,50 could be 12.50"),
        ("created:2026-03", "within March 2026 (UTC)"),
        ("created:today", "today; yesterday, this-week, last-month and such too"),
        ("metadata.channel:web,app", "a metadata key; dots lead into nested values"),
        ('metadata."gift note":yes', "a key with a space"),
    ),
    "Comparisons: > >= < <=, != is not, ~ contains in any case, ^= begins with, $= ends with": (
        ("amount>=100", "100.00 or more; money as people write it"),
        ("created>=2026-01-01 created<2026-02-01T12:00+02:00", "between two moments"),
        ("created>=-7d", "the last seven days; also m, h, w, mo, y"),
        ("updated<yesterday", "not changed since the day before yesterday"),
        ("items>10", "more than ten lines"),
        ("source_id^=ORD-2026-", "begins with"),
        ('product~"running shoe"', "a product's name or id contains"),
        ("metadata.score>=4.5", "a number in metadata"),
    ),
    "has: there is a value; - or not leaves out; or and parentheses combine": (
        ("has:discount", "something was taken off"),
        ("-has:customer", "no customer"),
        ("-status:canceled", "not canceled, orders without a status included"),
        ("status!=canceled", "the same"),
        ("(status:paid or status:fulfilled) -voucher:SUMMER26", "paid or fulfilled, without that voucher"),
        ("not (amount<10 or has:problems)", "neither"),
    ),
}
"""Examples with their meaning, by the rule that they show."""


def _lines(rows: tuple[tuple[str, str], ...]) -> list[str]:
    width = max(len(text) for text, _ in rows)
    return [f"  {text:<{width}}  {meaning}" for text, meaning in rows]


def _fields() -> list[str]:
    names = {field.name: ", ".join((field.name, *field.aliases)) for field in FIELDS.values()}
    kinds = {Kind.AMOUNT: " (money)", Kind.COUNT: " (a whole number)", Kind.TIME: " (a date or time)"}
    rows = [(names[field.name], field.help + kinds.get(field.kind, "")) for field in FIELDS.values()]
    return _lines((*rows, ("metadata.KEY, meta.KEY", "one metadata value, read as text, number or date")))


def _page() -> str:
    parts = ["Filters. Conditions side by side must all match; an empty filter matches every order."]
    for rule, rows in EXAMPLES.items():
        parts.append("\n".join([rule, *_lines(rows)]))
    parts.append("\n".join(["Fields", *_fields()]))
    parts.append(
        "A missing value matches no comparison, so -field:value keeps the orders without one. null and an\n"
        "empty text are missing values. Dates without a zone are UTC; relative dates count from the moment\n"
        'that the filter is used. Quote what holds spaces, commas or parentheses; in quotes \\" is one.'
    )
    parts.append(
        "A metadata value means what its text in an exported file says: 5 and the text 5 are alike, 2.50 is\n"
        "2.5, 007 is a text, of a list any element may match, a date is compared as a time. So a filter\n"
        "selects the same orders in the explorer, in list and in an export."
    )
    parts.append("Orders carry only the customer's id: no filter can ask for the name or the e-mail address.")
    return "\n\n".join(parts) + "\n"


HELP: str = _page()
"""The page, plain text."""
