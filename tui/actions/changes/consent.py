"""How a change is asked for, by what is at stake: nothing, a yes, or the profile's name typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from tui.actions.catalogue.action import Danger

if TYPE_CHECKING:
    from tui.actions.session import SessionInfo
    from tui.orders.api_object import ApiDocument


def danger_of(
    *, kind: Literal["sandbox", "production"], orders: int = 1, status_only: bool = False
) -> Danger:
    """How a change is guarded.

    Args:
        kind: of the profile.
        orders: how many orders it changes.
        status_only: whether it sets a status and nothing else, which one key takes back.
    """
    if kind == "production" or orders > 1:
        return Danger.TYPE_NAME
    return Danger.UNDOABLE if status_only else Danger.CONFIRM


def typed_words(profile: str, *, orders: int | None = None) -> str:
    """What is typed to agree: the profile's name, and how many orders where a whole set of them is meant."""
    return profile if orders is None else f"{profile} {orders}"


def require_writing(account: SessionInfo) -> None:
    """Go on only where changes may leave.

    Raises:
        ReadOnly: they may not.
    """
    from tui.voucherify.errors import ReadOnly

    if account.read_only:
        hint = ReadOnly.for_good if account.write_lock.sealed else None
        raise ReadOnly(f"The profile {account.name} only reads", hint=hint)


def is_status_only(body: ApiDocument) -> bool:
    """Whether a request sets a status and nothing else."""
    return body.keys() == {"status"}
