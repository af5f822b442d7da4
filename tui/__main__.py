"""The program: ``ordex``, and ``python -m tui`` which is the same.

The only module above the front ends, so the only one that may put one into another's hands. It imports next
to nothing, so that the explorer's first frame is on the screen before anything else is read in.
"""

from __future__ import annotations

import gc
import os
import sys

from tui.cli.shortcut import is_plain, plain_profile
from tui.terminal import (
    first_frame,
    started_by,  # noqa: F401 - it notes who that is when it is imported
)

TYPE_CHECKING = False
"""Type checkers know the name; importing ``typing`` for it would keep the first frame waiting."""

if TYPE_CHECKING:
    from pathlib import Path

    from tui.app.session import Place, ToProfile, ToRepl
    from tui.orders.privacy import Masks

    Ended = int | ToRepl | ToProfile
    from tui.settings.folders import Folders
    from tui.settings.profile import Profile
    from tui.voucherify.write_lock import WriteLock

PRODUCT = "Ordex"

OBJECTS_A_COLLECTION = 100_000
"""New objects after which the youngest are looked through for garbage; Python's own is 700."""


def main() -> None:
    """Run ``ordex`` and exit with its code."""
    # Starting makes many objects and little garbage: looking for it took a fifth of the explorer's
    # processor time until the first paint.
    gc.set_threshold(OBJECTS_A_COLLECTION)
    code = _open_plainly(sys.argv[1:])
    if code is not None:
        sys.exit(code)
    from tui.cli.running import run

    run(explore=_explore, repl=_repl)


def _open_plainly(arguments: list[str]) -> int | None:
    """The explorer without the command line's parser; ``None`` when that has to be asked after all."""
    if not is_plain(arguments):
        return None
    try:
        first_frame.show(PRODUCT)
        from tui.settings.folders import find_folders

        folders = find_folders(os.environ)
        profile = plain_profile(arguments, folders)
        if profile is None:
            return None
        return _explore(profile, folders, masks=_masks(profile, on="--mask" in arguments))
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - told, with an exit code
        first_frame.withdraw()
        from tui.cli.running import failed

        return failed(error)
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
    write_lock: WriteLock | None = None,
) -> int:
    from tui.app.session import Place, ToProfile
    from tui.wiring import lock_of

    masks = masks or _masks(profile)
    lock = write_lock or lock_of(profile)
    place = Place(order_id=order_id, where=where or "")
    while True:
        ended = _in_explorer(profile, folders, place, theme, masks, lock)
        if isinstance(ended, int):
            return ended
        if isinstance(ended, ToProfile):
            former, profile, place = profile, _typed_token(ended.profile, profile), Place()
            masks.follow(profile.masking)
            lock = lock if profile is former else lock_of(profile)
            continue
        from tui.repl.opening import open_repl

        leave = open_repl(profile, folders, first=ended.orders, masks=masks, write_lock=lock)
        if leave.by_signal:
            return leave.code
        place = ended.place if leave.profile in (None, profile) else Place()
        profile, lock = leave.profile or profile, leave.write_lock or lock
        masks.follow(profile.masking)
        if leave.explore is not None:
            place = Place(order_id=leave.explore.order_id, where=leave.explore.filter)


def _masks(profile: Profile, *, on: bool = False) -> Masks:
    from tui.wiring import masks_of

    return masks_of(profile, on=on)


def _in_explorer(
    profile: Profile, folders: Folders, place: Place, theme: str | None, masks: Masks, lock: WriteLock
) -> Ended:
    try:
        first_frame.show(
            PRODUCT, f"{profile.kind.upper()} {'[R]' if lock.read_only else '[RW]'}  {profile.name}"
        )
        from tui.app.opening import open_explorer

        return open_explorer(profile, folders, place=place, theme=theme, masks=masks, write_lock=lock)
    finally:
        first_frame.withdraw()


def _typed_token(wanted: Profile, former: Profile) -> Profile:
    """The wanted profile once its token was typed, where it is kept nowhere; else the former one."""
    from tui.cli.inquiring import ask_for_token
    from tui.cli.invocation import narrate
    from tui.settings.profile import SettingsError

    try:
        return ask_for_token(wanted)
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
    from tui.repl.opening import open_repl

    masks = masks or _masks(profile)
    leave = open_repl(profile, folders, text=text, file=file, linear=linear, coloured=coloured, masks=masks)
    if leave.explore is None:
        return leave.code
    return _explore(
        leave.profile or profile,
        folders,
        order_id=leave.explore.order_id,
        where=leave.explore.filter,
        masks=masks,
        write_lock=leave.write_lock,
    )


if __name__ == "__main__":
    main()
