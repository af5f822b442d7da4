"""One call to an account, and what it tells of the keys."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support.loopback import Exchange, loopback
from tests.support.sandbox import an_order, running_sandbox
from tui.actions.profiles.save import ProfileDraft
from tui.actions.profiles.verify import Verification, verify_account
from tui.actions.session import PendingSession
from tui.settings.folders import find_folders
from tui.settings.profile import Profile
from tui.settings.secret import Secret
from tui.wiring import open_session

TOKEN = "canary-of-a-profile"


def profile(folder: Path, url: str, token: str = TOKEN, **fields: Any) -> Profile:
    """An account at this address."""
    proposal = ProfileDraft("shop", {"url": url, "secret": "file", **fields}, None, Secret(token))
    return proposal.profile(folder / "config.toml", {})


async def tried(folder: Path, url: str, **fields: Any) -> Verification:
    """What comes of trying it."""
    folders = find_folders({"ORDEX_HOME": str(folder)})
    return await verify_account(
        profile(folder, url, **fields), lambda found: PendingSession(lambda: open_session(found, folders))
    )


@pytest.mark.parametrize("auth", ["keys", "oauth"])
async def test_keys_that_are_taken_may_read(tmp_path: Path, auth: str) -> None:
    """More is not claimed, but for the scopes of an access token."""
    with running_sandbox(orders=[an_order(1), an_order(2)]) as served:
        found = await tried(tmp_path, served.url, token=served.app_token, app_id=served.app_id, auth=auth)
    assert found.error is None
    assert found.messages[0].endswith("accepts the keys: they can read orders (2 there)")
    assert found.messages[-1] == "whether they can change, import or export orders shows when you try"
    assert ("access tokens cover" in " ".join(found.messages)) is (auth == "oauth")


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (
            401,
            {"message": "Unauthorized", "key": "unauthorized"},
            "rejects the keys: the id or token",
        ),
        (
            403,
            {"message": "Missing permission", "key": "missing_required_permission"},
            "knows the keys, but they cannot read orders",
        ),
        (
            403,
            {"message": "Forbidden", "details": "Project is bound to different region"},
            "is in another region",
        ),
        (402, {"message": "Feature not available"}, "the plan does not include reading orders"),
        (404, {"message": "Not found"}, "is it an address of Voucherify's API?"),
        (400, {"message": "Bad request"}, "The request is not valid"),
    ],
)
async def test_a_refusal_is_told_by_what_it_means(
    tmp_path: Path, status: int, body: dict[str, Any], said: str
) -> None:
    """Wrong keys, a missing permission, another region; the keys are sent once, and are in no word of it."""

    async def refuse(exchange: Exchange) -> None:
        await exchange.answer(status, {"code": status, **body})

    async with loopback(refuse) as server:
        found = await tried(tmp_path, server.url, app_id="app-1")
        assert [seen.target.partition("?")[0] for seen in server.seen] == ["/v1/orders"]
    assert found.error is not None
    assert said in " ".join(found.messages)
    assert TOKEN not in " ".join(found.messages)


async def test_an_account_that_is_not_there_is_told(tmp_path: Path) -> None:
    """The network's error in a sentence."""
    async with loopback(Exchange.reset) as server:  # type: ignore[arg-type]
        url = server.url
    found = await tried(tmp_path, url, app_id="app-1")
    assert found.error is not None
    assert found.messages


def test_an_account_is_tried_without_leave_to_change(tmp_path: Path) -> None:
    """Whatever kind it is."""
    assert profile(tmp_path, "http://127.0.0.1:1", app_id="app-1").read_only
