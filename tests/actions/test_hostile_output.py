"""Hostile texts through every output form that the command line and the REPL share."""

from __future__ import annotations

import json
import random

import pytest

from tests.support.hostile import HOSTILE
from tui.actions.arguments.filter_and_columns import parse_columns
from tui.actions.doctor.finding import Section, warn
from tui.actions.printing import written
from tui.actions.printing.table import painter
from tui.actions.results import DocumentsResult, DoneResult, OrderResult, OrdersResult, ReportResult, Result
from tui.orders.order import Order
from tui.terminal.visible import hidden_characters

PIECES = [
    "\x1b[2J",
    "\x9b31m",
    "\x1b]52;c;UFdO\x07",
    "\u202e",
    "\u200b",
    "\ud800",
    "\x00",
    "[/]",
    "żółw",
    "\r",
    "日本",
]


def hostile_texts() -> list[str]:
    """The known ones, and others made of dangerous pieces: 400 in all."""
    rng = random.Random(7)
    made = ["".join(rng.choices(PIECES, k=rng.randint(1, 6))) for _ in range(400 - len(HOSTILE))]
    return [text[:5000] for text in HOSTILE] + made


TEXTS = hostile_texts()
COLUMNS = parse_columns("status,id,source_id,customer,products,metadata.note")


def order(text: str) -> Order:
    """An order with the text in every place that may hold text."""
    named = {"name": text, "source_id": text}
    return Order.read(
        {
            "id": text,
            "source_id": text,
            "status": text,
            "created_at": text,
            "customer_id": text,
            "items": [{"product": named, "sku": {"sku": text}}],
            "metadata": {"note": text, text: text, "tags": [text]},
            text: text,
        }
    )


def results() -> dict[str, Result]:
    """Each kind of result, full of them."""
    orders = [order(text) for text in TEXTS]
    documents = [{"id": text, text: text} for text in TEXTS]
    return {
        "orders": OrdersResult(orders, COLUMNS),
        "documents": DocumentsResult(documents, ("id",)),
        "done": DoneResult((), {"outcome": TEXTS}),
        "report": ReportResult([Section(text, (warn(text, text, text),)) for text in TEXTS]),
        **{f"order {at}": OrderResult(one) for at, one in enumerate(orders)},
    }


@pytest.mark.parametrize("form", ["table", "json", "jsonl", "csv", "vertical", "lines"])
def test_no_output_form_lets_a_hostile_text_act(form: str) -> None:
    """400 texts in every field: nothing that acts or hides is written, and all of it can be encoded."""
    assert len(set(TEXTS)) >= 300
    for name, result in results().items():
        text = written(result, form, width=120, paint=painter(coloured=False))
        assert hidden_characters(text.replace("\n", "").replace("\t", "")) == 0, name
        assert text.encode("utf-8").decode("utf-8") == text


def test_json_reads_back_exactly_as_it_came() -> None:
    """What is escaped for the terminal's sake is the same value to a program."""
    for text in TEXTS:
        result = OrderResult(order(text))
        read = json.loads(written(result, "jsonl", width=None, paint=painter(coloured=False)))
        assert read == result.order.raw
