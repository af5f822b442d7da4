"""Questions that orders cannot answer, which would otherwise match nothing without a word.

``docs/voucherify-api.md#order-responses``: an answer embeds ``{id, object}`` of the customer and of the
referrer and no more, and it names no currency.
"""

from __future__ import annotations

import re

from .nodes import And, Comparison, Node, Not, Or, Words

ADVICE = "find the id (cust_…) in Voucherify and write customer:ID"

ONLY_IDS = f"orders carry only the customer's id, so a name or e-mail address matches none; {ADVICE}"
"""What to add where such a filter matches nothing."""

_PERSONS = ("customer", "referrer")
_DETAILS = frozenset({"email", "e-mail", "mail", "phone", "name"})
_NAME = re.compile(r"(customer|referrer)[._](?!id\Z).+\Z", re.IGNORECASE | re.DOTALL)
_NOT_AN_ID = re.compile(r"[@\s]|\+\d")


def why_unanswerable(name: str) -> str | None:
    """The reason to refuse a field that no order has: ``customer.email``, ``phone``, ``currency``."""
    if name.lower() == "currency":
        return "orders carry no currency; compare amount alone, or a metadata key that holds it"
    if name.lower() in _DETAILS or _NAME.match(name):
        return f"orders carry only the customer's id, so there is no {name} to compare; {ADVICE}"
    return None


def why_no_id(field: str, text: str) -> str | None:
    """The reason to refuse a text that cannot be a customer's id: an e-mail address, a name, a number."""
    if field not in _PERSONS or not _NOT_AN_ID.search(text):
        return None
    return f"orders carry only the {field}'s id, and “{text}” is none; {ADVICE.replace('customer', field)}"


def may_ask_for_customer(node: Node) -> bool:
    """Whether a filter that matches nothing may have been meant for a customer's name or address."""
    match node:
        case Words():
            return True
        case Comparison(field):
            return field in _PERSONS
        case Not(part):
            return may_ask_for_customer(part)
        case And(parts) | Or(parts):
            return any(map(may_ask_for_customer, parts))
        case _:
            return False
