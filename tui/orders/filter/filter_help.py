"""The help page about the filter language, generated from its fields."""

from __future__ import annotations

from .filter_fields import FIELDS, FieldKind

EXAMPLES: dict[str, tuple[tuple[str, str], ...]] = {
    "Words: searched in ids, customer, products and metadata, ignoring case": (
        ("shoes", "orders with “shoes” somewhere"),
        ('"red shoes" summer', "the phrase and the word"),
    ),
    "field:value is exact and case-sensitive; commas mean any of; .. is a range": (
        ("status:paid,fulfilled", "one of two statuses (upper or lower case)"),
        ("customer:cust_1", "orders of that customer"),
        ("amount:10..20", "from 10.00 to 20.00, both included"),
        ("amount:12, 50", "12.00 or 50.00; numbers in a list need the space, since 12,50 could be 12.50"),
        ("created:2026-03", "within March 2026 (UTC)"),
        ("created:today", "today; also yesterday, this-week, last-month …"),
        ("metadata.channel:web,app", "a metadata key; dots lead into nested values"),
        ('metadata."gift note":yes', "a key with a space"),
    ),
    "Comparisons: > >= < <=, != is not, ~ contains in any case, ^= begins with, $= ends with": (
        ("amount>=100", "100.00 or more; write amounts as usual"),
        ("created>=2026-01-01 created<2026-02-01T12:00+02:00", "between two moments"),
        ("created>=-7d", "the last seven days; also m, h, w, mo, y"),
        ("updated<yesterday", "last changed before yesterday"),
        ("items>10", "more than ten items"),
        ("source_id^=ORD-2026-", "begins with"),
        ('product~"running shoe"', "a product's name or id contains"),
        ("metadata.score>=4.5", "a number in metadata"),
    ),
    "has: there is a value; - or not excludes; or and parentheses combine": (
        ("has:discount", "there is a discount"),
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
    kinds = {
        FieldKind.AMOUNT: " (money)",
        FieldKind.COUNT: " (a whole number)",
        FieldKind.TIME: " (a date or time)",
    }
    rows = [(names[field.name], field.help + kinds.get(field.kind, "")) for field in FIELDS.values()]
    return _lines((*rows, ("metadata.KEY, meta.KEY", "one metadata value: text, number or date")))


def _page() -> str:
    parts = ["Filters. All conditions must match; an empty filter matches every order."]
    for rule, rows in EXAMPLES.items():
        parts.append("\n".join([rule, *_lines(rows)]))
    parts.append("\n".join(["Fields", *_fields()]))
    parts.append(
        "A missing value matches no comparison, so -field:value includes orders without a value. null and\n"
        "empty text are missing values. Dates without a zone are UTC; relative dates count from the moment\n"
        'you apply the filter. Quote values with spaces, commas or parentheses; in quotes, \\" is a quote.'
    )
    parts.append(
        "A metadata value means what its text in an exported file means: 5 equals the text 5, 2.50 equals\n"
        "2.5, 007 is text, a list matches if any element matches, and dates compare as times. So a filter\n"
        "selects the same orders in the explorer, in list and in an export."
    )
    parts.append(
        "Orders contain only the customer's id: you cannot filter by the customer's name or e-mail address."
    )
    return "\n\n".join(parts) + "\n"


HELP: str = _page()
"""The page, plain text."""
