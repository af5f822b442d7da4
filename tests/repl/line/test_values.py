"""Values and variables."""

from __future__ import annotations

from typing import Any

import pytest

from tui.actions.results import DocumentsResult, DoneResult, OrderResult, OrdersResult
from tui.orders.order import Order
from tui.repl.line.line_error import LineError
from tui.repl.line.values import evaluate, expand_filter, expand_word, is_expression
from tui.repl.line.words import read_word
from tui.repl.repl_state import ReplState

ORDER = {"id": "ord_1", "amount": 5, "items": [{"product_id": "p"}], "metadata": {"a b": "x", "n": None}}


@pytest.fixture
def memory() -> ReplState:
    """One order was seen last, a list before it."""
    made = ReplState(variables={"name": "Ann Lee", "o": ORDER, "n": 7, "list": ["a", "b"]})
    made.take(OrdersResult([Order.read(ORDER), Order.read({"id": "ord_2"})], ()))
    made.take(OrderResult(Order.read(ORDER)))
    return made


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("_", ORDER),
        ("_.id", "ord_1"),
        ("_.items[0].product_id", "p"),
        ('_.metadata["a b"]', "x"),
        ("_.metadata.n", None),
        ("$ids", ["ord_1", "ord_2"]),
        ("$ids[1]", "ord_2"),
        ("$o.amount", 5),
        ("$n", 7),
    ],
)
def test_paths_lead_into_values(memory: ReplState, expression: str, value: Any) -> None:
    """Names and paths stand for plain JSON values."""
    assert evaluate(expression, memory) == value


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("_.itms", "did you mean “items”"),
        ("_.items[3]", r"the last is \[0\]"),
        ("_.items.x", "is a list of 1; name one, like _.items"),
        ("_.id.x", "it has no fields"),
        ("_.", "the path is empty"),
        ("$nme", r"did you mean “\$name”"),
        ("$zzz", "assign it with zzz"),
        ("$1", "inside a alias"),
        ("_[0]", "it has no fields"),
    ],
)
def test_what_is_not_there_is_said(memory: ReplState, expression: str, message: str) -> None:
    """The message names what there is instead."""
    with pytest.raises(LineError, match=message):
        evaluate(expression, memory)


def test_there_is_no_result_at_first() -> None:
    """``_`` before any verb is a fault that says what to do."""
    with pytest.raises(LineError, match="no result yet"):
        evaluate("_", ReplState())


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("_", ["ord_1"]),
        ("_.items[0].product_id", ["p"]),
        ("$ids", ["ord_1", "ord_2"]),
        ("$name", ["Ann Lee"]),
        ("x-$n", ["x-7"]),
        ("note=$name", ["note=Ann Lee"]),
        ("${o.amount}x", ["5x"]),
        ("${_.id}", ["ord_1"]),
        ("$list,c", ["a,b,c"]),
        ("'$name'", ["$name"]),
        ("\\$name", ["$name"]),
        ('"$name!"', ["Ann Lee!"]),
        ('{"a":$name,"b":"$n"}', ['{"a":"Ann Lee","b":"$n"}']),
        ("US$100", ["US$100"]),
        ("$=x", ["$=x"]),
        ("_x", ["_x"]),
    ],
)
def test_words_are_filled(memory: ReplState, typed: str, words: list[str]) -> None:
    """Inside words, quotes and JSON a value is written as it has to be there."""
    assert expand_word(read_word(typed, 0), typed, memory) == words


def test_a_list_of_documents_is_no_word(memory: ReplState) -> None:
    """One of them has to be named."""
    memory.last = [ORDER, ORDER]
    with pytest.raises(LineError, match="list of 2 documents"):
        expand_word(read_word("_", 0), "_", memory)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("customer:$o", "customer:ord_1"),
        ("customer:$name", 'customer:"Ann Lee"'),
        ('customer:"$name"', 'customer:"Ann Lee"'),
        ("customer:$evil", 'customer:"a\\" or id:\\"b"'),
        ("source_id$=x", "source_id$=x"),
        ("id:$list", 'id:"a,b"'),
    ],
)
def test_filters_are_filled_with_quotes(memory: ReplState, raw: str, text: str) -> None:
    """A value stays one value in a filter, whatever it holds."""
    memory.variables["evil"] = 'a" or id:"b'
    assert expand_filter(raw, memory) == text


def test_results_become_values() -> None:
    """Each kind of result leaves its documents; one without leaves the last one."""
    memory = ReplState()
    memory.take(DocumentsResult([{"id": "exp_1", "status": "IN_PROGRESS"}], ("id",)), verb="jobs")
    assert (memory.last, memory.ids, memory.jobs_running) == (
        [{"id": "exp_1", "status": "IN_PROGRESS"}],
        ["exp_1"],
        1,
    )
    memory.take(DoneResult(("nothing to do",)))
    assert memory.last[0]["id"] == "exp_1"
    memory.take(DoneResult(("done",), {"id": "ord_9"}))
    assert memory.last == {"id": "ord_9"}


def test_what_is_an_expression() -> None:
    """Quotes make a text of it."""
    assert is_expression(read_word("_[0]", 0))
    assert not is_expression(read_word("'_'", 0))
    assert not is_expression(read_word("$", 0))
