"""What is to be said about the themes that were asked for and found."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .themes import ThemeSet


def theme_remarks(wanted: str | None, found: ThemeSet) -> list[str]:
    """Say that there is no theme of the wanted name, and what is wrong with each faulty file.

    Args:
        wanted: the name that was asked for; ``None`` when none was.
        found: all usable themes, and the faults of the others.
    """
    remarks = [str(fault) for fault in found.faults]
    if wanted is not None and wanted not in found.themes:
        near = get_close_matches(wanted, found.themes, n=1, cutoff=0.5)
        hint = f"did you mean “{near[0]}”?" if near else f"there are {', '.join(sorted(found.themes))}"
        remarks.insert(0, f"There is no theme “{wanted}”; {hint}")
    return remarks
