"""Results as they are printed, for terminals, programs and ears."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import repl_sessions
from tui.actions.arguments.filter_and_columns import parse_columns
from tui.actions.results import DocumentsResult, OrderResult, OrdersResult, Result
from tui.orders.order import Order
from tui.repl.output import Output
from tui.repl.repl_state import FORMATS

HOSTILE = (
    "\x1b[2J\x1b[H",
    "\x1b]52;c;UFdORUQ=\x07",
    "\x1b]2;title\x1b\\",
    "\x9b31m",
    "\x90q\x9c",
    "\x00\x07\x08\x0b\x0c\r\x0e\x7f",
    "line\nfeed\ttab",
    "\u202eevil\u2066",
    "\u200b\ufeff\u2060",
    "\ufdd0PAID\ufdd1x\ufdd2",
    "\ud800",
    "\U000e0041",
    "[bold]no[/] <b>x</b> %s {0}",
)
ALLOWED_BELOW_SPACE = {"\n"}


def hostile_document(text: str) -> dict[str, Any]:
    """An order that holds a text wherever one can stand, in names of fields too."""
    name = "".join(c for c in text if not "\ud800" <= c <= "\udfff")
    return {
        "id": text,
        "status": text,
        "source_id": text,
        "customer_id": text,
        "created_at": text,
        "metadata": {name: text, "nested": {name: [text]}},
        "items": [{"product_id": text, "product": {"name": text}}],
        name or "x": text,
    }


def results(text: str) -> list[Result]:
    """Each kind of result with a text everywhere."""
    document = hostile_document(text)
    order = Order.read(document)
    columns = [*parse_columns(None), *parse_columns("source_id,products,metadata.nested")]
    return [
        OrdersResult([order, order], columns),
        OrderResult(order),
        DocumentsResult([document], tuple(key for key in document if isinstance(key, str))),
    ]


def assert_harmless(text: str) -> None:
    """No character acts on a terminal."""
    assert not [c for c in text if ord(c) < 32 and c not in ALLOWED_BELOW_SPACE]
    assert not [
        c for c in text if 0x7F <= ord(c) <= 0x9F or 0x202A <= ord(c) <= 0x202E or 0xD800 <= ord(c) <= 0xDFFF
    ]


@pytest.mark.parametrize("form", [None, *FORMATS])
@pytest.mark.parametrize("linear", [False, True])
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_orders_are_harmless_in_every_form(text: str, form: str | None, linear: bool) -> None:
    """Nothing acts on the terminal, and the edge has nothing to take out of tables and records."""
    output = Output(terminal=True, linear=linear)
    for result in results(text):
        assert_harmless(output.edge.clean(output.rendered(result, form)))
    assert output.edge.hits == 0


@settings(max_examples=60)
@given(st.text(alphabet=st.characters(), max_size=20))
def test_any_order_is_harmless_in_every_form(text: str) -> None:
    """The same for any text at all."""
    output = Output(terminal=True)
    for result in results(text):
        for form in (None, *FORMATS):
            assert_harmless(output.edge.clean(output.rendered(result, form)))
    assert output.edge.hits == 0


@pytest.mark.parametrize("text", HOSTILE)
def test_programs_get_exact_data(text: str) -> None:
    """JSON for a program reads back as it was sent."""
    document = hostile_document(text)
    assert json.loads(Output().program_text(OrderResult(Order.read(document)), "json")) == document


def test_hostile_errors_are_harmless(capsys: pytest.CaptureFixture[str]) -> None:
    """Sentences are made visible whatever they repeat."""
    output = Output(terminal=True)
    for text in HOSTILE:
        output.note(f"cannot find {text}")
    assert_harmless(capsys.readouterr().err)
    assert output.edge.hits == 0


async def test_hostile_lines_are_harmless(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is typed comes back in errors and values, visibly."""
    repl = repl_sessions.interpreter(tmp_path, output=Output(terminal=True))
    for text in HOSTILE:
        for line in (
            f"{text} x",
            f"get '{text}'",
            f"list where {text}:1",
            f"x = '{text}'",
            "$x",
            f"_.{text}",
            f"help '{text}'",
        ):
            await repl.execute(line)
    out, err = capsys.readouterr()
    assert_harmless(out)
    assert_harmless(err)
    assert repl.output.edge.hits == 0


def sized(monkeypatch: pytest.MonkeyPatch, columns: int) -> Output:
    """A terminal of so many columns."""
    monkeypatch.setenv("COLUMNS", str(columns))
    return Output(terminal=True)


def test_tables_give_way_to_records(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a table does not fit, records do; a format that was asked for stays, and is made to fit."""
    result = OrdersResult([Order.read(repl_sessions.ORDERS[0])], parse_columns(None))
    wide = sized(monkeypatch, 150)
    assert wide.edge.clean(wide.rendered(result, None)).startswith("Status")
    narrow = sized(monkeypatch, 40)
    assert narrow.edge.clean(narrow.rendered(result, None)).startswith("[0]\nStatus ")
    asked_for = narrow.edge.clean(narrow.rendered(result, "table"))
    assert asked_for.startswith("Sta…")
    assert max(map(len, asked_for.splitlines())) <= 40


def test_linear_results_are_lines() -> None:
    """No table, no colour: a field and its value a line."""
    result = OrdersResult([Order.read(repl_sessions.ORDERS[1])], parse_columns("id,amount,customer"))
    linear = Output(terminal=True, linear=True, coloured=True)
    assert linear.edge.clean(linear.rendered(result, None)) == "1 of 1\nID: ord_2\nAmount: 9.00\n"
    assert linear.rendered(result, "csv").startswith("id,")


def test_data_for_programs_is_not_touched(capsys: pytest.CaptureFixture[str]) -> None:
    """Where stdout is no terminal nothing is taken out."""
    Output(terminal=False).write("a\x07b")
    assert capsys.readouterr().out == "a\x07b"
