"""The program: ``ordex`` or ``python -m tui``.

It runs the command line, the explorer and the REPL, and switches between them. It imports almost nothing at
first, so that the first frame of the explorer is on the screen before anything else is loaded.
"""

from __future__ import annotations

import gc
import os
import sys

from tui.cli.fast_start import can_start_fast, fast_start_profile
from tui.terminal import (
    first_frame,
    parent_pid,  # noqa: F401 - imported early to record the parent process
)

TYPE_CHECKING = False
"""Known to type checkers by its name; importing ``typing`` would delay the first frame."""

if TYPE_CHECKING:
    from pathlib import Path

    from tui.app.navigation import StartPlace, SwitchProfile, SwitchToRepl
    from tui.orders.order import Order
    from tui.orders.privacy import Masks
    from tui.repl.repl_state import ExplorerPlace as ReplPlace
    from tui.repl.repl_state import SavedReplState

    Ended = int | SwitchToRepl | SwitchProfile
    from tui.settings.folders import Folders
    from tui.settings.profile import Profile
    from tui.voucherify.write_lock import WriteLock

PRODUCT = "Ordex"

GC_THRESHOLD = 100_000
"""New objects that trigger a garbage collection of the youngest generation; Python's default is 700."""


def main() -> None:
    """Run ``ordex`` and exit with its code."""
    # Start-up creates many objects and little garbage: collecting it took a fifth of the processor time
    # until the first paint.
    gc.set_threshold(GC_THRESHOLD)
    code = _start_fast(sys.argv[1:])
    if code is not None:
        sys.exit(code)
    from tui.cli.runner import run

    run(explore=_explore, repl=_repl)


def _start_fast(arguments: list[str]) -> int | None:
    """Run the explorer without click's parser; ``None`` if the parser is needed."""
    if not can_start_fast(arguments):
        return None
    try:
        first_frame.show(PRODUCT)
        from tui.settings.folders import find_folders

        folders = find_folders(os.environ)
        profile = fast_start_profile(arguments, folders)
        if profile is None:
            return None
        return _explore(profile, folders, masks=_masks(profile, on="--mask" in arguments))
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - reported, with an exit code
        first_frame.withdraw()
        from tui.cli.runner import report_error

        return report_error(error)
    finally:
        first_frame.withdraw()


def _explore(
    profile: Profile,
    folders: Folders,
    *,
    order_id: str | None = None,
    where: str | None = None,
    theme: str | None = None,
    masks: Masks | None = None,
) -> int:
    from tui.app.navigation import StartPlace
    from tui.wiring import lock_of

    place = StartPlace(order_id=order_id, where=where or "")
    return _run_front_ends(profile, folders, place, theme, masks or _masks(profile), lock_of(profile))


def _run_front_ends(
    profile: Profile,
    folders: Folders,
    place: StartPlace,
    theme: str | None,
    masks: Masks,
    lock: WriteLock,
    *,
    state: SavedReplState | None = None,
    linear: bool = False,
) -> int:
    """Run the explorer and switch to the REPL and back, until the user quits.

    ``state`` is the state of the REPL that opened the explorer: quitting the explorer returns to it.
    """
    from tui.app.navigation import StartPlace, SwitchProfile
    from tui.wiring import lock_of

    is_from_repl = state is not None
    while True:
        ended = _in_explorer(profile, folders, place, theme, masks, lock)
        if not isinstance(ended, int):
            from tui.app.startup.garbage_collection import free_closed_screens

            free_closed_screens()
        if isinstance(ended, SwitchProfile):
            former, profile, place = profile, _with_token(ended.profile, profile), StartPlace()
            masks.follow(profile.masking)
            if profile is not former:
                lock = lock_of(profile)
                if state is not None:
                    state.memory.forget()
            continue
        is_over = isinstance(ended, int)
        first: tuple[Order, ...] = ()
        if isinstance(ended, int):
            if ended or not is_from_repl:
                return ended
            place = StartPlace()
        else:
            first, place = ended.orders, ended.place
        from tui.repl.run_repl import open_repl

        leave = open_repl(
            profile, folders, first=first, linear=linear, masks=masks, write_lock=lock, state=state
        )
        if leave.by_signal or (is_over and leave.explore is None):
            return leave.code
        place = place if leave.profile in (None, profile) else StartPlace()
        profile, lock = leave.profile or profile, leave.write_lock or lock
        masks.follow(profile.masking)
        is_from_repl, state = leave.explore is not None, leave.state or state
        if leave.explore is not None:
            place = _place(leave.explore)


def _place(wanted: ReplPlace) -> StartPlace:
    """Where the explorer opens from the REPL: on the listed orders, if there are any."""
    from tui.app.navigation import ExplorerState, StartPlace
    from tui.orders.orders_snapshot import OrdersSnapshot

    if wanted.orders:
        return StartPlace(
            state=ExplorerState(OrdersSnapshot.of_orders(wanted.orders, "orders of the last list"))
        )
    return StartPlace(order_id=wanted.order_id, where=wanted.where or "")


def _masks(profile: Profile, *, on: bool = False) -> Masks:
    from tui.wiring import masks_of

    return masks_of(profile, on=on)


def _in_explorer(
    profile: Profile, folders: Folders, place: StartPlace, theme: str | None, masks: Masks, lock: WriteLock
) -> Ended:
    try:
        first_frame.show(
            PRODUCT, f"{profile.kind.upper()} {'[R]' if lock.read_only else '[RW]'}  {profile.name}"
        )
        from tui.app.startup.launch import open_explorer

        return open_explorer(profile, folders, place=place, theme=theme, masks=masks, write_lock=lock)
    finally:
        first_frame.withdraw()


def _with_token(wanted: Profile, former: Profile) -> Profile:
    """The new profile, after prompting for its token if none is stored; the former one if that fails."""
    from tui.cli.prompts import prompt_for_token
    from tui.cli.streams import narrate
    from tui.settings.setting_errors import SettingsError

    try:
        return prompt_for_token(wanted)
    except SettingsError as error:
        narrate(f"ordex: {error}")
    except KeyboardInterrupt:
        narrate(f"ordex: staying on {former.name}")
    return former


def _repl(
    profile: Profile,
    folders: Folders,
    *,
    text: str | None = None,
    file: Path | None = None,
    linear: bool = False,
    coloured: bool | None = None,
    masks: Masks | None = None,
) -> int:
    from tui.repl.run_repl import open_repl

    masks = masks or _masks(profile)
    leave = open_repl(profile, folders, text=text, file=file, linear=linear, coloured=coloured, masks=masks)
    if leave.explore is None:
        return leave.code
    from tui.wiring import lock_of

    profile = leave.profile or profile
    is_conversation = text is None and file is None and sys.stdin.isatty()
    return _run_front_ends(
        profile,
        folders,
        _place(leave.explore),
        None,
        masks,
        leave.write_lock or lock_of(profile),
        state=leave.state if is_conversation else None,
        linear=linear,
    )


if __name__ == "__main__":
    main()
