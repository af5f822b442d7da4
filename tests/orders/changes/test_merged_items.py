"""The order of lines after a merge."""

from __future__ import annotations

import pytest

from tui.orders.changes.item_matching import Label
from tui.orders.changes.merge import merged_sequence


def keyed(names: str) -> dict[Label, str]:
    """Lines that are nothing but their names."""
    return {("product_id", name, 0): name for name in names}


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "merged"),
    [
        ("abc", "abc", "cab", "cab"),
        ("abc", "cab", "abc", "cab"),
        ("abc", "cab", "cab", "cab"),
        ("abc", "xabc", "abcy", "xabcy"),
        ("abc", "abxc", "abyc", "abxyc"),
        ("abc", "abyc", "abxc", "abxyc"),
        ("abc", "abzc", "abzc", "abzc"),
        ("abc", "ac", "bac", "ac"),
        ("ab", "xa", "by", "xy"),
        ("abc", "acb", "bac", None),
    ],
)
def test_lines_stand_where_they_were_put(base: str, mine: str, theirs: str, merged: str | None) -> None:
    """Who sorted decides the order; added lines stay behind their neighbours; two sorts do not mix."""
    sequence = merged_sequence(keyed(base), keyed(mine), keyed(theirs))
    assert sequence == (None if merged is None else list(keyed(merged)))


def test_a_line_that_one_side_changed_is_not_taken_out() -> None:
    """The other side removed it: it is kept for the conflict to be seen."""
    line = ("product_id", "a", 0)
    assert merged_sequence({line: 1}, {}, {line: 2}) == [line]
    assert merged_sequence({line: 1}, {line: 2}, {}) == [line]
    assert merged_sequence({line: 1}, {}, {line: 1}) == []
