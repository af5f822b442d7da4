"""What a mistyped name is answered with."""

from __future__ import annotations

import pytest

from tui.name_suggestions import choose_from, closest, did_you_mean, suggestion_for

KNOWN = ("amount", "Status", "total")


@pytest.mark.parametrize(
    ("name", "near"), [("amuont", "amount"), ("STATSU", "Status"), ("totl", "total"), ("zzz", None)]
)
def test_the_closest_name_is_found_in_any_case(name: str, near: str | None) -> None:
    """The known name is given as it is written."""
    assert closest(name, KNOWN) == near


def test_the_hint_is_appended_to_a_message() -> None:
    """One close name, else the hint of the caller, else nothing."""
    assert suggestion_for("amuont", KNOWN, choose_from(KNOWN)) == "; did you mean “amount”?"
    assert suggestion_for("zzz", KNOWN, choose_from(KNOWN)) == "; choose from amount, Status, total"
    assert suggestion_for("zzz", KNOWN) == ""
    assert did_you_mean("total") == "did you mean “total”?"
