"""One call to each account: whether it answers and accepts the keys, its rate limit and its clock."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from tui.actions.exit_codes import exit_code
from tui.errors import OrdexError
from tui.settings.profile import Profile
from tui.settings.setting_errors import SettingsError
from tui.settings.tokens.prompted_token import TokenPromptRequired
from tui.terminal.pluralize import pluralize
from tui.voucherify.errors import VoucherifyError

from .finding import CheckResult, Section, fail, ok, warn

if TYPE_CHECKING:
    from tui.actions.verb_context import Connect
    from tui.voucherify.calls.call_log import ApiCall

SKEWED = 60.0
"""Seconds by which the clocks may differ without a warning."""


@dataclass(frozen=True, slots=True)
class AccountCheck:
    """The result of the call to an account: the recorded call, if any, and the error."""

    name: str
    call: ApiCall | None = None
    error: OrdexError | None = None


async def ask_accounts(profiles: Iterable[Profile], connect: Connect) -> tuple[AccountCheck, ...]:
    """Read the newest order of each account, concurrently. The embedded sandbox is skipped."""
    asked = (_ask(profile, connect) for profile in profiles if profile.base_url is not None)
    return tuple(await asyncio.gather(*asked))


def online_section(asked: Sequence[AccountCheck]) -> Section:
    """The findings about the accounts."""
    if not asked:
        return Section("Online", (ok("accounts", "no server to check; the sandbox runs in this process"),))
    return Section("Online", tuple(finding for each in asked for finding in _findings(each)))


async def _ask(profile: Profile, connect: Connect) -> AccountCheck:
    try:
        async with connect(profile) as opening:
            account = await opening.open()
            error: VoucherifyError | None = None
            try:
                await account.client.list_orders(limit=1)
            except VoucherifyError as failure:
                error = failure
            calls = account.client.calls.snapshot()
            return AccountCheck(profile.name, calls[-1] if calls else None, error)
    except OrdexError as failure:
        return AccountCheck(profile.name, error=failure)


def _findings(asked: AccountCheck) -> Iterable[CheckResult]:
    if isinstance(asked.error, TokenPromptRequired):
        yield ok(asked.name, "not checked: it needs the token that you type at each start")
    elif asked.error is not None:
        yield _failed(asked.name, asked.error)
    else:
        yield ok(asked.name, "reached; the keys are valid" + _took(asked.call))
    if asked.call is None:
        return
    rate = asked.call.rate
    if rate.remaining is not None:
        calls = pluralize(rate.remaining, "call")
        if rate.limit is not None:
            calls = f"{rate.remaining:,} of {pluralize(rate.limit, 'call')}"
        are = "is" if rate.remaining == 1 else "are"
        yield ok(asked.name, f"{calls} {are} left in this period")
    ahead = clock_ahead(asked.call)
    if ahead is not None and abs(ahead) > SKEWED:
        way = "behind" if ahead > 0 else "ahead of"
        yield warn(
            asked.name,
            f"the clock of this machine is {abs(ahead):,.0f} s {way} the service's",
            "let the system set its clock; times here are wrong by as much",
        )


def clock_ahead(call: ApiCall) -> float | None:
    """Seconds by which the service's clock is ahead of this machine's; ``None`` if unknown."""
    date_header = {name.lower(): value for name, value in call.response_headers}.get("date")
    try:
        moment = parsedate_to_datetime(date_header).timestamp() if date_header else None
    except (ValueError, OverflowError, OSError):
        moment = None
    return None if moment is None else moment - (call.started_at + call.seconds)


def _failed(name: str, error: OrdexError) -> CheckResult:
    code = exit_code(error)
    if isinstance(error, SettingsError):
        return fail(name, str(error), "see also ordex config check", code)
    if not isinstance(error, VoucherifyError):
        return fail(name, str(error), error.hint, code)
    return fail(name, error.sentence, error.hint or "try again later", code)


def _took(call: ApiCall | None) -> str:
    return "" if call is None else f", in {call.seconds:.2f} s"
