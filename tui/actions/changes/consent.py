"""Which confirmation a change needs: none, yes or no, or typing the profile's name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from tui.actions.catalogue.action import Danger

if TYPE_CHECKING:
    from tui.actions.session import SessionInfo
    from tui.orders.api_object import ApiDocument


def danger_of(
    *, kind: Literal["sandbox", "production"], orders: int = 1, status_only: bool = False
) -> Danger:
    """The confirmation that a change needs.

    Args:
        kind: the kind of the profile.
        orders: the number of orders that change.
        status_only: whether only a status changes, which one key reverts.
    """
    if kind == "production" or orders > 1:
        return Danger.TYPE_NAME
    return Danger.UNDOABLE if status_only else Danger.CONFIRM


def text_to_type(profile: str, *, orders: int | None = None) -> str:
    """The text to type: the profile's name, and the number of orders where many change at once."""
    return profile if orders is None else f"{profile} {orders}"


def require_write_access(account: SessionInfo) -> None:
    """Check that the session may send changes.

    Raises:
        ReadOnly: the session may not.
    """
    from tui.voucherify.errors import ReadOnly

    if account.read_only:
        hint = ReadOnly.for_good if account.write_lock.sealed else None
        raise ReadOnly(f"The profile {account.name} is read-only", hint=hint)


def is_status_only(body: ApiDocument) -> bool:
    """Whether a request sets only the status."""
    return body.keys() == {"status"}
