"""Questions about customers that orders cannot answer: they carry only the customer's id.

``voucherify-api.md`` 1.3: an answer embeds ``{id, object}`` of the customer and of the referrer and no more.
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


def is_detail(name: str) -> bool:
    """Whether a field of that name would be a detail of a customer: ``customer.email``, ``phone``."""
    return name.lower() in _DETAILS or bool(_NAME.match(name))


def why_not_asked(name: str) -> str:
    """The reason to refuse a field that would be a detail of a customer."""
    return f"orders carry only the customer's id, so there is no {name} to compare; {ADVICE}"


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
