"""Which fields are personal by their names, wherever they stand.

See ``docs/voucherify-api.md#order-requests``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

Kind = Literal["value", "name", "tree", ""]
"""``value``: what stands there is personal. ``name``: so are its words. ``tree``: everything below it is."""

PEOPLE = frozenset({"customer", "referrer"})
"""Objects that are persons."""

CODES = frozenset({"country", "country_code", "state", "state_code"})
"""Parts of an address that may be codes of two letters."""

OF_PEOPLE = frozenset({"name", "email", "phone", "description", "birthday", "birthdate", "address"})
"""Fields of a person, beside those that are personal anywhere."""

GOODS = frozenset({"product", "sku", "items", "campaign", "voucher"})
"""Objects whose ``name`` is that of a thing."""

IDENTIFIERS = frozenset({"id", "source_id"})
"""Fields of a person that name them to machines only: personal where that was chosen."""

ORDER_IDENTIFIERS = frozenset({"customer_id", "referrer_id"})
"""The same on an order; its own ``source_id`` is one too."""

_WORDS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+|[^\W\d_]+")
_WHO = "first|last|full|family|given|middle|maiden|sur|customer|contact|recipient|receiver|buyer|client"
_ROLE = f"{_WHO}|billing|shipping|delivery|holder|owner|person"
_NAME = re.compile(
    rf"(?:.*_)?(?:{_ROLE})_?names?|(?:.*_)?(?:recipient|receiver|buyer|contact_person)|surname"
)
_VALUE = re.compile(
    r"(?:.*_)?(?:e_?mails?|mail)(?:_?address(?:es)?)?"
    r"|(?:.*_)?(?:phones?|mobile|telephone|tel|cell|cellphone|fax|msisdn|whatsapp)(?:_?(?:number|no|nr))?"
    r"|(?:.*_)?(?:birth_?day|birth_?date|date_of_birth|dob)"
    r"|(?:.*_)?(?:street|city|town|house_?number|post_?code|postal_?code|zip|zip_?code)(?:_(?:line_)?\d)?"
)
_TREE = re.compile(r"(?:.*_)?address(?:es)?(?:_(?:line_)?\d)?")


@lru_cache(maxsize=4096)
def kind_of(key: str) -> Kind:
    """What a field of this name holds, in any object: ``billingEmail``, ``phone_number``."""
    words = "_".join(word.lower() for word in _WORDS.findall(key[:100]))
    if _VALUE.fullmatch(words):
        return "value"
    if _TREE.fullmatch(words):
        return "tree"
    return "name" if _NAME.fullmatch(words) else ""
