from __future__ import annotations

import pytest

from tui.orders.columns import COLUMNS
from tui.orders.filter.filter_fields import FIELDS, NAMES, OPERATORS, FieldKind, lookup, nearest
from tui.orders.order import Order


@pytest.mark.parametrize("name", COLUMNS)
def test_every_column_can_be_filtered_by_its_name(name: str) -> None:
    """What is seen in the table can be asked for."""
    assert lookup(name) is not None


def test_no_two_fields_share_a_name() -> None:
    """Names and aliases are unique and small."""
    assert len(NAMES) == sum(1 + len(field.aliases) for field in FIELDS.values())
    assert all(name == name.lower() for name in NAMES)


def test_every_kind_has_operators_and_every_field_help() -> None:
    """The registry is complete."""
    assert OPERATORS.keys() == set(FieldKind)
    assert all(field.help for field in FIELDS.values())


def test_names_are_found_in_any_case_but_metadata_keys_keep_theirs() -> None:
    """Fields of the language are words, metadata keys are data."""
    found = lookup("Total_Amount")
    assert found is not None
    assert found.name == "total"
    key = lookup("META.Channel")
    assert key is not None
    assert (key.name, key.export) == ("metadata.Channel", "metadata.Channel")
    assert lookup("metadata.") is None


def test_the_nearest_name_is_found() -> None:
    """Slips of the finger are recognised, anything else is not guessed at."""
    assert nearest("amuont") == "amount"
    assert nearest("metdata.x") == "metadata.x"
    assert nearest("zzz") is None


def test_missing_fields_read_as_missing() -> None:
    """An order that holds nothing but its id has no value in any field but that."""
    bare = Order.read({"id": "ord_1"})
    assert {name for name, field in FIELDS.items() if field.read(bare) not in (None, ())} == {"id"}
