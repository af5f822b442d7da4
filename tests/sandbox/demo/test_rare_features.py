from __future__ import annotations

from tui.sandbox.demo.schedule import rare_feature


def test_every_showpiece_is_on_the_first_page() -> None:
    """The hundred newest places hold each kind at least once, and most places none."""
    shown = [rare_feature(place)[0] for place in range(100)]
    assert set(shown) == {
        "wholesale", "mismatch", "amount_only", "unlisted", "draft", "rollback", "stacked", "note", None,
    }  # fmt: skip
    assert shown.count(None) > 80


def test_times_count_from_the_newest() -> None:
    """A kind that comes again says for the how-manieth time."""
    assert rare_feature(5) == ("note", 0)
    assert rare_feature(42) == ("note", 1)
