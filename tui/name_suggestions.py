"""Suggestions of names for mistyped ones."""

from __future__ import annotations

from collections.abc import Iterable


def closest(name: str, known: Iterable[str], *, cutoff: float = 0.6) -> str | None:
    """The known name that a mistyped one is most like, upper and lower case aside.

    Args:
        name: the mistyped name.
        known: the names that exist.
        cutoff: how much alike they must be, from 0 (any name) to 1 (only the same).
    """
    from difflib import get_close_matches

    candidates: dict[str, str] = {}
    for candidate in known:
        candidates.setdefault(candidate.lower(), candidate)
    found = get_close_matches(name.lower(), candidates, n=1, cutoff=cutoff)
    return candidates[found[0]] if found else None


def did_you_mean(suggestion: str) -> str:
    """The question that offers a name."""
    return f"did you mean “{suggestion}”?"


def suggestion_for(name: str, known: Iterable[str], otherwise: str = "") -> str:
    """``; did you mean “status”?``, to append to the message about an unknown name.

    Args:
        name: the unknown name.
        known: the names that exist.
        otherwise: the hint where none of them is close, such as the list of all.
    """
    near = closest(name, known)
    hint = otherwise if near is None else did_you_mean(near)
    return f"; {hint}" if hint else ""


def choose_from(known: Iterable[str]) -> str:
    """The hint that lists all names."""
    return f"choose from {', '.join(known)}"
