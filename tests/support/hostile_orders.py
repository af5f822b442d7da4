"""Accounts whose orders attack, for a sandbox to serve."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from tests.support.hostile import CONTROLS, ESCAPES, MARKUP, UNICODE, hostile_document
from tests.support.sandbox import an_order

GROUPS = (MARKUP, ESCAPES, CONTROLS, UNICODE)
"""The known texts by the kind of their attack."""


def one_of_each(texts: Iterable[str]) -> list[dict[str, Any]]:
    """For each text an order that holds it in every text field; the sandbox sorts by the times."""
    return [
        {**hostile_document(number, text), "created_at": an_order(number)["created_at"], "updated_at": None}
        for number, text in enumerate(texts)
    ]


def gathered(groups: Iterable[Sequence[str]] = GROUPS) -> list[dict[str, Any]]:
    """Newest of all, an order for each group of texts that holds all of them, and one huge one."""
    return [
        *(_gathering(1000 + number, texts) for number, texts in enumerate(groups)),
        an_order(999, metadata={"long": "\x1b[31m" * 20_000, "wide": "漢" * 100_000}, status="x" * 100_000),
    ]


def _gathering(number: int, texts: Sequence[str]) -> dict[str, Any]:
    items = [item for text in texts for item in hostile_document(number, text)["items"]]
    return an_order(
        number,
        source_id="\x1b[5;10r" + texts[0],
        status="".join(texts)[:200],
        customer={"id": texts[0], "name": texts[-1], "object": "customer"},
        customer_id=texts[0],
        referrer_id=texts[1],
        items=items,
        metadata={text: [text, {text: text}] for text in texts},
        redemptions={text: {"date": text, "stacked": [text]} for text in texts},
    )
