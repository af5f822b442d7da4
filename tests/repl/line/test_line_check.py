"""Faults while typing."""

from __future__ import annotations

import pytest

from tui.actions.verbs import verb
from tui.repl.line.line_check import find_problem


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("list", None),
        ("lisst", None),
        ("lisst ", "unknown command “lisst”"),
        ("list foo", None),
        ("list foo ", "unexpected word"),
        ("list where foo>3 ", "foo"),
        ("list where foo>3", None),
        ("list where status:$x ", None),
        ("list where amount > 5", "without the space"),
        ("get 'open", None),
        ("watch 5 lisst ", "unknown command “lisst”"),
        ("py this is not judged (", None),
        ("x = ", None),
        ("", None),
        ("_ x", "unexpected text"),
    ],
)
def test_faults(line: str, said: str | None) -> None:
    """A fault is told once the cursor has left it; what may still become right is not judged."""
    verb("list")
    found = find_problem(line)
    assert (found is None) if said is None else (found is not None and said in found)
