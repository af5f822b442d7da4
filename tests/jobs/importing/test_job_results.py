"""Results of import jobs, mapped back to rows."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.jobs.importing.sending.job_results import NO_REASON, counts_fit, read_job_result

IDS = ("a", "b", None, "d")


def result(
    *failed: tuple[str | None, str], done: int | None = None, count: int | None = None
) -> dict[str, Any]:
    """A result as the service words it."""
    made: dict[str, Any] = {"failed": [{"source_id": name, "reason": reason} for name, reason in failed]}
    return made | {
        key: value for key, value in (("done_count", done), ("failed_count", count)) if value is not None
    }


@pytest.mark.parametrize(
    ("told", "failed", "doubtful"),
    [
        (result(done=4, count=0), {}, ()),
        (result(("b", "no"), done=3, count=1), {1: "no"}, ()),
        (result((None, "no"), done=3, count=1), {}, (0, 1, 2, 3)),
        (result(("b", "no"), (None, "x"), (None, "y"), (None, "z"), done=0, count=4),
         {0: "x", 1: "no", 2: "y", 3: "z"}, ()),
        (result(("b", "no"), done=2, count=2), {1: "no"}, (0, 2, 3)),
        (result(done=0, count=4), dict.fromkeys(range(4), NO_REASON), ()),
        (result(("b", ""), done=3), {1: NO_REASON}, ()),
        ({"failed": {"source_id": "a", "reason": "alone"}, "done_count": 3}, {0: "alone"}, ()),
        (result(("stranger", "no"), done=3, count=1), {}, (0, 1, 2, 3)),
        (result(("stranger", "no"), done=4, count=0), {}, (0, 1, 2, 3)),
        (result(("stranger", "no"), ("b", "no"), done=2, count=2), {1: "no"}, (0, 2, 3)),
        (result(*[("stranger", "no")] * 4, done=0, count=4), {}, (0, 1, 2, 3)),
        (result(done=0, count=0), {}, (0, 1, 2, 3)),
        (result(done=0, count=3), {}, (0, 1, 2, 3)),
        (result(("b", "no"), done=4, count=4), {1: "no"}, (0, 2, 3)),
    ],
)  # fmt: skip
def test_failures_find_their_rows_or_are_doubtful(
    told: dict[str, Any], failed: dict[int, str], doubtful: tuple[int, ...]
) -> None:
    """By name where there is one, all of the rest where the numbers say so, else it is asked again."""
    outcome = read_job_result(IDS, told)
    assert (outcome.failed, outcome.doubtful) == (failed, doubtful)


@given(st.lists(st.booleans(), min_size=1, max_size=20), st.data())
def test_no_failure_is_taken_for_a_success(rows: list[bool], data: st.DataObject) -> None:
    """However many of the failed rows are named, a failed row is failed or doubtful, never imported."""
    names = [f"s-{at}" for at in range(len(rows))]
    failed = [at for at, ok in enumerate(rows) if not ok]
    named = {at for at in failed if data.draw(st.booleans())}
    told = result(
        *((names[at] if at in named else None, "no") for at in failed),
        done=len(rows) - len(failed),
        count=len(failed),
    )
    outcome = read_job_result(names, told)
    for at in failed:
        assert at in outcome.failed or at in outcome.doubtful
    for at in outcome.failed:
        assert at in failed
    assert outcome.named == named


def test_counts_tell_one_job_from_another() -> None:
    """A job of as many rows fits; one that does not count does not."""
    assert counts_fit(4, result(done=3, count=1))
    assert not counts_fit(4, result(done=3, count=0))
    assert not counts_fit(4, None)
