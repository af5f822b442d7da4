"""What the explorer is given: where to open, and its ways to the disk, the clipboard and the desktop."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.widget import Widget

from tui.app.feedback.notifications import CopyText, DesktopSequence
from tui.app.navigation import StartPlace
from tui.app.panels.detail_pane import DetailFactory
from tui.app.session import OpenAccount

from .view_state_controller import LastVisit

if TYPE_CHECKING:
    from tui.actions.session import SessionInfo
    from tui.app.changing.change_services import OpenChangeServices
    from tui.app.startup.switchable_profiles import SwitchableProfiles
    from tui.app.type_ahead_guard import Clock


def order_detail() -> Widget:
    """The detail pane, imported when it is first needed."""
    from tui.app.panels.detail.order_detail import OrderDetail

    return OrderDetail()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplorerSettings:
    """Settings of the explorer besides its session; each part has a working default.

    Args:
        place: where to open.
        expected: the account before its session is open, for the header.
        preview: documents of the newest orders, shown until the first page is read.
        last_visit: the view to restore, and how to save the next one; else nothing is restored or saved.
        detail: makes the detail pane.
        copy_text: the way to the clipboard; else the terminal is asked (OSC 52).
        desktop_sequence: the way to desktop notifications; else the terminal rings.
        open_changes: opens the journal; else nothing can be changed.
        open_account: opens the jobs; else there are no imports and exports.
        profiles: the accounts to switch to.
        clock: the clock of dialogs, for tests.
    """

    place: StartPlace = StartPlace()  # noqa: RUF009 (frozen)
    expected: SessionInfo | None = None
    preview: Sequence[Mapping[str, Any]] = ()
    last_visit: LastVisit | None = None
    detail: DetailFactory = order_detail
    copy_text: CopyText | None = None
    desktop_sequence: DesktopSequence | None = None
    open_changes: OpenChangeServices | None = None
    open_account: OpenAccount | None = None
    profiles: SwitchableProfiles | None = None
    clock: Clock = time.monotonic
