"""Access tokens: got with the keys, good for their scopes and for their time."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.sandbox.conftest import Caller
from tests.support.sandbox import APP_ID
from tui.sandbox.http.authentication import MOST_TOKENS

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


async def asked(call: Caller, form: str = "grant_type=client_credentials&scope=orders") -> httpx.Response:
    """An answer to the request for a token."""
    return await call("POST", "/v1/oauth/token", form.encode(), headers=FORM)


def bearing(token: str) -> dict[str, Any]:
    """Headers with the token in place of the keys."""
    return {"X-App-Id": "", "X-App-Token": "", "Authorization": f"Bearer {token}"}


async def test_keys_are_exchanged_for_a_token(call: Caller) -> None:
    """The answer has the documented members, and the token lists orders without any key."""
    told = (await asked(call, "grant_type=client_credentials&scope=orders+exports")).json()
    assert told.pop("access_token")
    assert told == {
        "client_id": APP_ID,
        "expires_at": int(call.clock().timestamp()) + 900,
        "expires_in": 900,
        "scope": "orders exports",
        "token_type": "Bearer",
    }
    token = (await asked(call)).json()["access_token"]
    assert (await call("GET", "/v1/orders", headers=bearing(token))).status_code == 200


@pytest.mark.parametrize(
    ("scope", "path", "status"),
    [
        ("orders", "/v1/orders/nobody", 404),
        ("orders", "/v1/exports", 403),
        ("exports", "/v1/orders", 403),
        ("async-actions", "/v1/async-actions", 200),
        ("api", "/v1/exports", 200),
        ("exports+async-actions", "/v1/exports", 200),
    ],
)
async def test_a_token_is_good_for_its_scopes(call: Caller, scope: str, path: str, status: int) -> None:
    """Another path is a missing permission, which is told as documented."""
    token = (await asked(call, f"grant_type=client_credentials&scope={scope}")).json()["access_token"]
    answer = await call("GET", path, headers=bearing(token))
    assert answer.status_code == status
    if status == 403:
        assert answer.json()["key"] == "missing_required_permission"


async def test_a_token_ends(call: Caller) -> None:
    """By its time, and by being revoked."""
    first = (await asked(call)).json()["access_token"]
    call.clock.advance(899)
    assert (await call("GET", "/v1/orders", headers=bearing(first))).status_code == 200
    call.clock.advance(1)
    assert (await call("GET", "/v1/orders", headers=bearing(first))).status_code == 401
    second = (await asked(call)).json()["access_token"]
    revoked = await call("POST", "/v1/oauth/token/revoke", f"token={second}".encode(), headers=FORM)
    assert revoked.status_code == 204
    assert (await call("GET", "/v1/orders", headers=bearing(second))).status_code == 401


async def test_a_token_gets_no_token(call: Caller) -> None:
    """Only the keys do."""
    token = (await asked(call, "grant_type=client_credentials&scope=api")).json()["access_token"]
    headers = {**FORM, **bearing(token)}
    answer = await call("POST", "/v1/oauth/token", b"grant_type=client_credentials", headers=headers)
    assert answer.status_code == 401


@pytest.mark.parametrize(
    ("form", "key"),
    [
        ("grant_type=password", "invalid_grant_type"),
        ("scope=orders", "invalid_grant_type"),
        ("grant_type=client_credentials&scope=orders+vouchers", "invalid_scope"),
        ("grant_type=client_credentials&scope=%C3%A9", "invalid_scope"),
    ],
)
async def test_a_request_for_what_is_not_given(call: Caller, form: str, key: str) -> None:
    """400 with the API's name of the reason."""
    answer = await asked(call, form)
    assert (answer.status_code, answer.json()["key"]) == (400, key)


async def test_a_project_has_so_many_tokens(call: Caller) -> None:
    """One more ends the oldest."""
    tokens = [(await asked(call)).json()["access_token"] for _ in range(MOST_TOKENS + 1)]
    assert (await call("GET", "/v1/orders", headers=bearing(tokens[0]))).status_code == 401
    assert (await call("GET", "/v1/orders", headers=bearing(tokens[1]))).status_code == 200
