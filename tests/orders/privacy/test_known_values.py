"""Finding known values in texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.orders.privacy.known_values import CHUNK, KnownValues, fold, merged
from tui.orders.privacy.masker import BLANKS


def known(*values: str) -> KnownValues:
    """Values that were met."""
    met = KnownValues()
    for value in values:
        met.add(value)
    return met


def found(text: str, *values: str) -> list[str]:
    """What is found of the values in a text."""
    return [text[start:end] for start, end in merged(known(*values).spans(text))]


@given(
    st.lists(st.text(st.characters(categories=["L", "N", "P", "Zs"]), min_size=4, max_size=30), max_size=20),
    st.text(max_size=40),
    st.text(max_size=40),
    st.integers(0, 19),
)
def test_every_longer_value_is_found_wherever_it_is(
    values: list[str], before: str, after: str, which: int
) -> None:
    """Whatever stands around it, and in any case: no value of four characters or more is missed."""
    if not values:
        return
    value = values[which % len(values)].strip(BLANKS)
    if len(value) < 4 or value.isdigit():
        return
    met = known(*values)
    for spelling in (value, value.upper(), value.lower()):
        if fold(spelling) != fold(value):
            continue
        text = f"{before}{spelling}{after}"
        at = len(before)
        assert any(start <= at and at + len(value) <= end for start, end in merged(met.spans(text)))


@given(st.lists(st.text(min_size=1, max_size=12), max_size=10), st.text(max_size=60))
def test_only_values_are_found(values: list[str], text: str) -> None:
    """What is found is a value, or where it touches another one, values."""
    met = known(*values)
    for start, end in met.spans(text):
        piece = fold(text)[start:end]
        assert piece in met or fold(text)[end : end + 1] == "…"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Al wants it", "Al"),
        ("(Li)", "Li"),
        ("给李雷打电话", "李雷"),
        ("customer_ada@example.com", "ada@example.com"),
        ("id 48600", "48600"),
        ("the 🦄🦄🦄🦄 shop", "🦄🦄🦄🦄"),
    ],
)
def test_short_values_are_found_as_words(text: str, value: str) -> None:
    """A short value stands alone, except where a script sets no spaces."""
    assert found(text, value) == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [("Always", "Al"), ("148600", "48600"), ("486001", "48600"), ("items: 12", "12"), ("1010 calls", "1010")],
)
def test_short_values_and_numbers_are_not_found_in_others(text: str, value: str) -> None:
    """A part of another word or number is none of it, and a small number may be any."""
    assert found(text, value) == []


def test_a_text_that_is_a_value_is_found_whatever_it_is() -> None:
    """Where a value stands alone it is known however short it is."""
    assert found(" 12 ", "12") == ["12"]
    assert found("?", "?") == ["?"]


def test_a_beginning_before_the_sign_of_a_cut_is_found() -> None:
    """What was cut before it could be masked is masked as far as it is there."""
    assert found("note: Ada Lovel… · 3 items", "Ada Lovelace") == ["Ada Lovel"]
    assert found("Ada… and Ada Lovelace", "Ada Lovelace") == ["Ada Lovelace"]


def test_a_long_value_is_known_by_its_parts() -> None:
    """Also the beginning of it is found, at a boundary of parts."""
    value = " ".join(f"word{number}" for number in range(500))
    assert found(f"<{value}>", value) in ([value], [value.strip()])
    assert found(value[:CHUNK], value)


def test_touching_spans_are_one() -> None:
    """Two values side by side are masked as one."""
    assert merged([(3, 5), (0, 3), (8, 9), (4, 6)]) == [(0, 6), (8, 9)]
