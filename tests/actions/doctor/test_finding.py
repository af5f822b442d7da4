"""How a report ends, and what it comes to."""

from __future__ import annotations

from tui.actions.doctor.finding import Section, exit_code_of, fail, ok, summary, warn
from tui.actions.exit_codes import ExitCode

GOOD = Section("a", (ok("x", "is so"),))
DOUBTFUL = Section("b", (warn("y", "may be", "see to it"),))
BAD = Section("c", (fail("k", "no keys", "get some", ExitCode.NOT_AUTHORISED), fail("n", "cut off", "wait")))


def test_it_ends_well_when_nothing_fails() -> None:
    """A warning is no failure."""
    assert exit_code_of([GOOD, DOUBTFUL]) is ExitCode.DONE


def test_it_ends_with_the_code_of_the_first_failure() -> None:
    """The code that a command would end with that needs what fails."""
    assert exit_code_of([GOOD, DOUBTFUL, BAD]) is ExitCode.NOT_AUTHORISED


def test_it_says_in_a_sentence_what_it_comes_to() -> None:
    """Failures before warnings, each counted."""
    assert summary([GOOD]) == "nothing is wrong"
    assert summary([GOOD, DOUBTFUL]) == "1 warning"
    assert summary([BAD, DOUBTFUL]) == "2 failures, 1 warning"
