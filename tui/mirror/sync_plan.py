"""What a synchronisation is going to do, and what it did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tui.terminal.pluralize import pluralize

from .copy_folder import Manifest


@dataclass(frozen=True, slots=True)
class SyncPlan:
    """What a synchronisation is about to do: ``how``, the orders, the calls still to come, and why."""

    how: Literal["list", "export", "changes by list", "changes by export"]
    orders: int
    calls: int
    reason: str = ""

    def describe(self) -> str:
        """One line for people."""
        calls = f"{'about ' if 'export' in self.how else ''}{pluralize(self.calls, 'more call')}"
        if self.how == "changes by list":
            return f"reading changes page by page: at most {calls}"
        if self.how == "changes by export":
            return f"reading changes by an export: {calls}"
        why = f"copying all orders again, since {self.reason}; " if self.reason else ""
        means = "page by page" if self.how == "list" else "by an export, without items and redemptions"
        return f"{why}{pluralize(self.orders, 'order')} {means}: {calls}"


@dataclass(frozen=True, slots=True)
class SyncResult:
    """What a synchronisation did: orders that it wrote, calls, and why it copied all orders again."""

    manifest: Manifest
    written: int
    calls: int
    reason: str = ""
