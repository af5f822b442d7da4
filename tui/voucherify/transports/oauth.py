"""OAuth access tokens: requested when first needed, renewed before they expire.

``POST /v1/oauth/token`` exchanges the keys for a token of fifteen minutes
(``docs/voucherify-api.md#authentication``). The exchange changes nothing in the account, so a session that
only reads makes it too.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable, Mapping
from urllib.parse import urlencode

import httpx

from tui.terminal.redaction import keep_secret
from tui.voucherify.addresses import Address
from tui.voucherify.errors import NotJson, TimedOut, Unreachable, VoucherifyError
from tui.voucherify.limits import STREAM
from tui.voucherify.request_context import current_request
from tui.voucherify.response_parsing import parse_document

from .credentials import check_origin

SCOPES = ("orders", "exports", "async-actions")
"""What Ordex asks for: an export is created by the first, polled and brought down by the second, and the
third is for imports."""

EARLY = 0.1
"""The last part of a token's lifetime, in which it is replaced rather than used."""

_PATH = "/v1/oauth/token"
_FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
_TEXT = re.compile(r"[\x21-\x7e]{1,8192}")


class AccessToken:
    """The session's current token, if any. It has no readable representation.

    ``clock`` gives seconds that only grow; ``number`` counts the tokens that there were.
    """

    __slots__ = ("_clock", "_good_until", "_text", "number")

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._text = ""
        self._good_until = 0.0
        self.number = 0

    def __bool__(self) -> bool:
        return bool(self._text) and self._clock() < self._good_until

    def __repr__(self) -> str:
        return "***"

    def headers(self) -> Mapping[str, str]:
        """The authorisation headers."""
        return {"Authorization": f"Bearer {self._text}"}

    def take(self, response: httpx.Response) -> None:
        """Store the token of an exchange.

        Raises:
            NotJson: it brought no token.
        """
        try:
            told = parse_document(response)
        except VoucherifyError:
            told = None
        told = told if isinstance(told, dict) else {}
        text, seconds = told.get("access_token"), told.get("expires_in")
        if isinstance(seconds, bool) or not isinstance(seconds, int | float) or seconds <= 0:
            raise NotJson("The service does not say how long its access token lives", sent=False)
        if not isinstance(text, str) or not _TEXT.fullmatch(text):
            raise NotJson("The service's answer holds no access token", sent=False)
        keep_secret(text)
        self._text = text
        self.number += 1
        self._good_until = self._clock() + seconds * (1 - EARLY)

    def forget(self) -> None:
        """Discard the token."""
        self._text = ""


class OAuth(httpx.AsyncBaseTransport):
    """Ensures a valid token before each request, and replaces one that was rejected.

    A 401 ends the token at hand: the request was not processed, so it goes once more with a new one. What the
    service answers to the exchange itself, a 429 too, is the answer to the request that needed it.

    Args:
        inner: what sends a request with the token.
        exchange: what sends a request for one with the keys; both read their answers whole, within a bound.
        address: the account's; nothing is asked for on behalf of another.
        token: what ``inner`` puts on its requests.

    Raises:
        Unreachable: there is no token because the service failed; the request itself did not leave.
        ForeignOrigin: the request goes elsewhere; not a byte of it leaves, nor is a token asked for.
    """

    def __init__(
        self,
        inner: httpx.AsyncBaseTransport,
        exchange: httpx.AsyncBaseTransport,
        address: Address,
        token: AccessToken,
    ) -> None:
        self._inner = inner
        self._exchange = exchange
        self._address = address
        self._token = token
        self._asking = asyncio.Lock()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request with a valid token."""
        check_origin(request, self._address)
        for last in (False, True):
            refused = await self._refused(request)
            if refused is not None:
                return refused
            used = self._token.number
            response = await self._inner.handle_async_request(request)
            if response.status_code != 401 or last:
                break
            await response.aclose()
            if self._token.number == used:
                self._token.forget()
        return response

    async def aclose(self) -> None:
        """Forget the token and close what is inside."""
        self._token.forget()
        await self._inner.aclose()

    async def _refused(self, request: httpx.Request) -> httpx.Response | None:
        """Get a valid token: one request asks for it, the others wait.

        Returns:
            What the service answered in place of a token.
        """
        if self._token:
            return None
        try:
            async with asyncio.timeout(current_request().bounded(None)):
                await self._asking.acquire()
        except TimeoutError:
            late = True
        else:
            late = False
        if late:
            raise TimedOut("The token that the request needs did not come in time", sent=False)
        try:
            return None if self._token else await self._ask(request)
        finally:
            self._asking.release()

    async def _ask(self, request: httpx.Request) -> httpx.Response | None:
        response = await self._send(request)
        if response.status_code >= 500:
            raise Unreachable("The service gave no access token", sent=False)
        if response.status_code != 200:
            return response
        self._token.take(response)
        return None

    async def _send(self, request: httpx.Request) -> httpx.Response:
        form = urlencode({"grant_type": "client_credentials", "scope": " ".join(SCOPES)})
        asking = httpx.Request(
            "POST",
            self._address.url + _PATH,
            headers={**_FORM, "User-Agent": request.headers.get("User-Agent", "")},
            content=form.encode("ascii"),
            extensions={name: value for name, value in request.extensions.items() if name != STREAM},
        )
        try:
            return await self._exchange.handle_async_request(asking)
        except VoucherifyError as error:
            failure = error
        # Whatever became of the exchange, the request that needs the token has not left.
        failure.sent = False
        raise failure
