"""The program: ``ordex``, and ``python -m tui`` which is the same.

The only module above the front ends, so the only one that may put one into another's hands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.running import run

if TYPE_CHECKING:
    from pathlib import Path

    from tui.settings.folders import Folders
    from tui.settings.profile import Profile


def main() -> None:
    """Run ``ordex`` and exit with its code."""
    run(explore=_explore, repl=_repl)


def _explore(
    profile: Profile,
    folders: Folders,
    *,
    order_id: str | None = None,
    where: str | None = None,
    theme: str | None = None,
) -> int:
    from tui.app.opening import open_explorer

    return open_explorer(profile, folders, order_id=order_id, where=where, theme=theme)


def _repl(
    profile: Profile,
    folders: Folders,
    *,
    text: str | None = None,
    file: Path | None = None,
    linear: bool = False,
    coloured: bool | None = None,
) -> int:
    from tui.repl.opening import open_repl

    leave = open_repl(profile, folders, text=text, file=file, linear=linear, coloured=coloured)
    if leave.explore is None:
        return leave.code
    return _explore(
        leave.profile or profile, folders, order_id=leave.explore.order_id, where=leave.explore.where
    )


if __name__ == "__main__":
    main()
