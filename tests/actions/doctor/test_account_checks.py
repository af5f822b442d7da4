"""One call to each account, and what is said of it."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.utils import formatdate
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from tests.support.clients import mocked
from tests.support.sandbox import an_order, running_sandbox
from tui.actions.doctor.account_checks import ask_accounts, online_section
from tui.actions.doctor.finding import CheckResult
from tui.actions.exit_codes import ExitCode
from tui.actions.session import PendingSession
from tui.settings.folders import Folders
from tui.settings.profile import Profile
from tui.settings.profile_lookup import resolve_profile
from tui.settings.setting_errors import SettingsError
from tui.settings.tokens.prompted_token import PromptedToken, TokenPromptRequired
from tui.wiring import open_session

KEYS = {"VOUCHERIFY_APP_ID": "app", "VOUCHERIFY_APP_TOKEN": "canary-token"}


def account(**environ: str) -> Profile:
    """The profile of the environment."""
    return resolve_profile({**KEYS, **environ}, name="environment")


async def told(answer: httpx.Response) -> list[CheckResult]:
    """The findings about an account that answers so."""

    @asynccontextmanager
    async def connect(_: Profile) -> AsyncIterator[Any]:
        async with mocked(lambda _: answer, tries=1) as client:

            async def opened() -> Any:
                return SimpleNamespace(client=client)

            yield SimpleNamespace(open=opened)

    return list(online_section(await ask_accounts([account()], connect)).findings)


def orders(**headers: str) -> httpx.Response:
    """A page of no orders."""
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Response(200, json={"object": "list", "orders": [], "total": 0}, headers=headers)


async def test_a_sound_account_is_reached() -> None:
    """With what it says of calls; a clock that is right is not worth a word."""
    found = await told(
        orders(Date=formatdate(usegmt=True), X_Rate_Limit_Limit="2000", X_Rate_Limit_Remaining="1998")
    )
    assert [finding.level for finding in found] == ["ok", "ok"]
    assert found[0].text.startswith("reached; the keys are valid, in ")
    assert found[1].text == "1,998 of 2,000 calls are left in this period"


@pytest.mark.parametrize(("seconds", "way"), [(600, "behind"), (-600, "ahead of")])
async def test_a_wrong_clock_is_warned_of(seconds: float, way: str) -> None:
    """Which way, and by how much."""
    found = await told(orders(Date=formatdate(time.time() + seconds, usegmt=True)))
    assert found[-1].level == "warn"
    assert f" s {way} the service's" in found[-1].text


async def test_a_date_that_is_none_is_no_clock() -> None:
    """Whatever stands there."""
    assert [finding.level for finding in await told(orders(Date="yesterday"))] == ["ok"]


async def test_keys_that_are_not_taken_fail() -> None:
    """With the code that commands end with, and what to do."""
    refused = httpx.Response(401, json={"code": 401, "key": "unauthorized", "message": "Unauthorized"})
    (found,) = await told(refused)
    assert (found.level, found.code) == ("fail", ExitCode.NOT_AUTHORISED)
    assert found.to_do


async def test_an_account_that_cannot_be_opened_fails() -> None:
    """Its settings are to blame."""

    @asynccontextmanager
    async def connect(_: Profile) -> AsyncIterator[Any]:
        raise SettingsError("the keyring is locked")
        yield

    (found,) = online_section(await ask_accounts([account()], connect)).findings
    assert (found.text, found.code) == ("the keyring is locked", ExitCode.USAGE)


async def test_an_account_whose_token_is_typed_is_no_failure() -> None:
    """Nobody is asked for it here."""

    @asynccontextmanager
    async def connect(profile: Profile) -> AsyncIterator[Any]:
        raise TokenPromptRequired(PromptedToken(profile.name, "https://api.voucherify.io", "app", "X"))
        yield

    (found,) = online_section(await ask_accounts([account()], connect)).findings
    assert (found.level, "type at each start" in found.text) == ("ok", True)


async def test_the_sandbox_in_this_program_is_not_asked() -> None:
    """There is nothing to reach."""
    asked = await ask_accounts([resolve_profile({}, demo=True)], lambda _: pytest.fail("it was opened"))
    assert online_section(asked).findings[0].level == "ok"


async def test_one_call_is_made(tmp_path: Path) -> None:
    """Over a real connection, as the command line makes it."""
    folders = Folders(tmp_path, tmp_path, tmp_path)
    with running_sandbox(orders=map(an_order, range(3))) as served:
        profile = account(
            VOUCHERIFY_API_BASE_URL=served.url,
            VOUCHERIFY_APP_ID=served.app_id,
            VOUCHERIFY_APP_TOKEN=served.app_token,
        )
        (asked,) = await ask_accounts(
            [profile], lambda chosen: PendingSession(lambda: open_session(chosen, folders))
        )
    assert asked.error is None
    assert asked.call is not None
    assert (asked.call.number, asked.call.status) == (1, 200)
