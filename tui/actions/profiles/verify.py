"""Testing the keys of a profile with one API call."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.errors import OrdexError, message_with_hint
from tui.voucherify.errors import FeatureMissing, Forbidden, NotFound, Unauthorized, VoucherifyError

if TYPE_CHECKING:
    from tui.actions.verb_context import Connect
    from tui.settings.profile import Profile


@dataclass(frozen=True, slots=True)
class Verification:
    """The result: sentences for the user, and the error if the keys do not work."""

    messages: tuple[str, ...]
    error: OrdexError | None = None


async def verify_account(profile: Profile, connect: Connect) -> Verification:
    """Read the newest order: one call, after another one for the access token with OAuth."""
    try:
        async with connect(profile) as opening:
            page = await (await opening.open()).client.list_orders(limit=1)
    except OrdexError as error:
        return Verification(tuple(_refused(profile, error)), error)
    return Verification(tuple(_accepted(profile, page.total)))


def _accepted(profile: Profile, total: int | None) -> Iterable[str]:
    there = "" if total is None else f" ({total:,} there)"
    yield f"{profile.address} accepts the keys: they can read orders{there}"
    if profile.auth == "oauth":
        yield "access tokens cover orders, exports and async actions"
    yield "whether they can change, import or export orders shows when you try"


def _refused(profile: Profile, error: OrdexError) -> Iterable[str]:
    if not isinstance(error, VoucherifyError):
        yield message_with_hint(error)
        return
    if meaning := _meaning(error):
        yield f"{profile.address} {meaning}"
    yield error.sentence


def _meaning(error: VoucherifyError) -> str:
    """What an error means for the keys; empty if nothing."""
    if isinstance(error, Unauthorized):
        return "rejects the keys: the id or token is wrong, or they belong to another region"
    if isinstance(error, Forbidden) and "region" in str(error).lower():
        return "knows the keys, but their project is in another region"
    if isinstance(error, Forbidden):
        return "knows the keys, but they cannot read orders: ask for that permission"
    if isinstance(error, FeatureMissing):
        return "knows the keys, but the plan does not include reading orders"
    if isinstance(error, NotFound):
        return "answers, but has no orders: is it an address of Voucherify's API?"
    return ""
