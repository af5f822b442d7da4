from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.filter_strategies import nodes
from tui.orders.filter.syntax.error import FilterError
from tui.orders.filter.syntax.nodes import (
    And,
    Everything,
    FieldComparison,
    HasValue,
    MomentOperand,
    Node,
    Not,
    NumberOperand,
    Or,
    RangeOperand,
    TextOperand,
    TextSearch,
)
from tui.orders.filter.syntax.parser import DEEPEST, parse_node


def parsed(text: str, decimals: int = 2) -> Node:
    """The tree of a text."""
    return parse_node(text, decimals=decimals)


def refused(text: str, decimals: int = 2) -> FilterError:
    """The error of a text that is no filter."""
    with pytest.raises(FilterError) as caught:
        parsed(text, decimals)
    return caught.value


def outcome(text: str) -> Node | FilterError:
    """The tree of a text, or its error."""
    try:
        return parsed(text)
    except FilterError as error:
        return error


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("", Everything()),
        ("  \n", Everything()),
        ("shoes", TextSearch("shoes")),
        ('"red shoes"', TextSearch("red shoes")),
        (r'"say \"hi\" \\"', TextSearch('say "hi" \\')),
        ("status:PAID", FieldComparison("status", ":", (TextOperand("paid"),))),
        ("Created_At>=2026-01", FieldComparison("created", ">=", (MomentOperand("2026-01"),))),
        ("amount >= 100", FieldComparison("amount", ">=", (NumberOperand(Decimal(100)),))),
        (
            "amount:10..20, 30",
            FieldComparison(
                "amount",
                ":",
                (
                    RangeOperand(NumberOperand(Decimal(10)), NumberOperand(Decimal(20))),
                    NumberOperand(Decimal(30)),
                ),
            ),
        ),
        ("customer: a , b", FieldComparison("customer", ":", (TextOperand("a"), TextOperand("b")))),
        ("status!=paid", Not(FieldComparison("status", ":", (TextOperand("paid"),)))),
        ("customer!~x", Not(FieldComparison("customer", "~", (TextOperand("x"),)))),
        ("has:discount", HasValue("discount")),
        ("has:discount,customer_id", Or((HasValue("discount"), HasValue("customer")))),
        ("-a", Not(TextSearch("a"))),
        ("NOT a", Not(TextSearch("a"))),
        ("a b or c", Or((And((TextSearch("a"), TextSearch("b"))), TextSearch("c")))),
        ("a AND (b or c)", And((TextSearch("a"), Or((TextSearch("b"), TextSearch("c")))))),
        ("meta.Key:x", FieldComparison("metadata.Key", ":", (TextOperand("x"),))),
        (r'metadata."a \"b\"".c:x', FieldComparison('metadata.a "b".c', ":", (TextOperand("x"),))),
        (
            "metadata.n:1..2",
            FieldComparison(
                "metadata.n", ":", (RangeOperand(NumberOperand(Decimal(1)), NumberOperand(Decimal(2))),)
            ),
        ),
        (
            "metadata.d:2026..2026-03",
            FieldComparison(
                "metadata.d", ":", (RangeOperand(MomentOperand("2026"), MomentOperand("2026-03")),)
            ),
        ),
        ('metadata.n:"1..2"', FieldComparison("metadata.n", ":", (TextOperand("1..2"),))),
        ("created<2026-01-01t10:00z", FieldComparison("created", "<", (MomentOperand("2026-01-01T10:00Z"),))),
        ('"or"', TextSearch("or")),
        ("e@mail.example", TextSearch("e@mail.example")),
    ],
)
def test_a_text_becomes_its_tree(text: str, node: Node) -> None:
    """The grammar, rule by rule."""
    assert parsed(text) == node


@pytest.mark.parametrize(
    ("text", "fault", "suggestion"),
    [
        ("staus:paid", "staus", "status"),
        ("meta_data.x:1", "meta_data.x", "metadata.x"),
        ("status:payd", "payd", "paid"),
        ("amount=>10", "=>", ">="),
        ("created:>2026-01-01", ":>", ">"),
        ("created:<=2026", ":<=", "<="),
        ("created:-7d", ":-7d", ">=-7d"),
        ("created>7d", "7d", "-7d"),
        ("created>yestrday", "yestrday", "yesterday"),
        ("amount:5..1", "5..1", "1..5"),
        ("has>discount", ">", ":"),
        ("has:discont", "discont", "discount"),
        ("shoe*", "shoe*", "shoe"),
        ("amount~10", "~", ":"),
    ],
)
def test_a_slip_is_pointed_at_and_mended(text: str, fault: str, suggestion: str) -> None:
    """The error marks the fault, proposes what to write, and with it the text is a filter."""
    error = refused(text)
    assert text[error.position : error.position + error.length] == fault
    assert error.suggestion == suggestion
    mended = error.mended()
    assert mended is not None
    assert isinstance(parsed(mended), FieldComparison | HasValue | TextSearch)


@pytest.mark.parametrize(
    ("text", "position", "words"),
    [
        ("(a", 0, "never closed"),
        ("a)", 1, "closes nothing"),
        ("()", 0, "empty"),
        ('x "red', 2, "quote is never closed"),
        ('x ""', 2, "nothing between these quotes"),
        ("a or", 4, "missing after “or”"),
        ("or a", 0, "between two conditions"),
        ("- a", 0, "right after the minus"),
        ("not", 0, "right after"),
        ("status:", 6, "value is missing"),
        ("customer:a,", 10, "value is missing"),
        ("customer:,a", 9, "value is missing"),
        ("status: or a", 8, "value is missing before “or”"),
        (">5", 0, "field is missing"),
        ("x:1", 0, "no field"),
        ("http://x", 0, "put quotes around"),
        ('foo"bar"', 3, "put a space"),
        ("customer:a(b)", 10, "put a space"),
        ("amount>1,000", 7, "without commas"),
        ("amount:1,000", 7, "one number or several"),
        ("amount:1.0055", 7, "more than 2 decimals"),
        ("amount:ten", 7, "not an amount"),
        ("amount:" + "9" * 5000, 7, "too long"),
        ("amount:..5", 7, "two ends"),
        ("amount>1..5", 7, "a range needs :"),
        ("items:2.5", 6, "whole number"),
        ("created:2026-02-30", 8, "the days 01 to 28"),
        ("created>-200y", 8, "100 years"),
        ("customer:cu*", 9, "no wildcards"),
        ("status>paid", 6, "takes : ~"),
        ("metadata.x>abc", 11, "neither a number nor a date"),
        ("metadata.x:1..2026-01-01", 11, "“1” is not a date"),
        ('customer~""', 9, "nothing to look for"),
        ('metadata.x^=""', 12, "nothing to look for"),
        ("(" * (DEEPEST + 1) + "a", DEEPEST, "inside each other"),
        ("-" * 10_000 + "a", DEEPEST, "inside each other"),
    ],
)
def test_a_text_that_is_no_filter_is_refused_with_the_reason(text: str, position: int, words: str) -> None:
    """The error points at the character and says what is wrong."""
    error = refused(text)
    assert error.position == position
    assert words in error.message


def test_money_follows_the_decimals_of_the_account() -> None:
    """An account without decimals refuses cents, one with three takes mills."""
    assert parsed("amount:1.005", decimals=3) == FieldComparison(
        "amount", ":", (NumberOperand(Decimal("1.005")),)
    )
    assert "more than 0 decimals" in refused("amount:1.5", decimals=0).message


@settings(max_examples=500, deadline=None)
@given(nodes)
def test_the_canonical_text_is_read_back(node: Node) -> None:
    """Parsing what a tree prints gives the tree."""
    assert parsed(str(node)) == node


_PIECES = (
    *("status", "amount", "created", "metadata.", "has", ":", ">=", "<", "~", "^=", "!", "=", "..", ",", "*"),
    *(
        "(",
        ")",
        '"',
        "\\",
        "-",
        "not",
        " or ",
        " ",
        "paid",
        "10",
        "-7d",
        "2026-13",
        "é",
        "\u202e",
        "\x00",
        "\n",
    ),
)


@settings(max_examples=1000, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=14).map("".join) | st.text(max_size=40))
def test_any_text_is_a_filter_or_a_pointed_error(text: str) -> None:
    """Nothing else comes out, the position lies in the text, and a filter has a stable canonical text."""
    found = outcome(text)
    if isinstance(found, FilterError):
        assert 0 <= found.position <= len(text)
        assert found.length >= 1
        assert found.position + found.length <= max(len(text), found.position + 1)
        assert found.message
        assert found.pointed().count("\n") == 2
    else:
        assert parsed(str(found)) == found
