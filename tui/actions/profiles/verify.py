"""Trying a profile with one call, and what that tells of its keys."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.errors import OrdexError, message_with_hint
from tui.voucherify.errors import FeatureMissing, Forbidden, NotFound, Unauthorized, VoucherifyError

if TYPE_CHECKING:
    from tui.actions.desk import Connect
    from tui.settings.profile import Profile


@dataclass(frozen=True, slots=True)
class Verification:
    """What came of it: sentences, and what was wrong if the account cannot be used so."""

    said: tuple[str, ...]
    error: OrdexError | None = None


async def verify_account(profile: Profile, connect: Connect) -> Verification:
    """Read the newest order: one call, and one more before it where the keys buy an access token."""
    try:
        async with connect(profile) as opening:
            page = await (await opening.open()).client.list_orders(limit=1)
    except OrdexError as error:
        return Verification(tuple(_refused(profile, error)), error)
    return Verification(tuple(_accepted(profile, page.total)))


def _accepted(profile: Profile, total: int | None) -> Iterable[str]:
    there = "" if total is None else f" ({total:,} there)"
    yield f"{profile.address} accepts the keys: they may read orders{there}"
    if profile.auth == "oauth":
        yield "access tokens are given for orders, exports and async actions"
    yield "whether they may change, import or export orders is not known until it is tried"


def _refused(profile: Profile, error: OrdexError) -> Iterable[str]:
    if not isinstance(error, VoucherifyError):
        yield message_with_hint(error)
        return
    if meaning := _meaning(error):
        yield f"{profile.address} {meaning}"
    yield error.sentence


def _meaning(error: VoucherifyError) -> str:
    """What a refusal says of the keys, as far as it does."""
    if isinstance(error, Unauthorized):
        return "does not take the keys: the id or the token is wrong, or they are of another region"
    if isinstance(error, Forbidden) and "region" in str(error).lower():
        return "knows the keys, but their project is in another region"
    if isinstance(error, Forbidden):
        return "knows the keys, but they may not read orders: have that permission given to them"
    if isinstance(error, FeatureMissing):
        return "knows the keys, but the plan does not include reading orders"
    if isinstance(error, NotFound):
        return "answers, but has no orders: is it an address of Voucherify's API?"
    return ""
