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
from tui.voucherify.transports.wrapping import WrappingTransport

from .credentials import check_origin

SCOPES = ("orders", "exports", "async-actions")
"""What Ordex requests: ``orders`` to create an export, ``exports`` to poll and download it,
``async-actions`` for imports."""

EARLY = 0.1
"""The last part of a token's lifetime, in which it is renewed."""

_PATH = "/v1/oauth/token"
_FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
_TEXT = re.compile(r"[\x21-\x7e]{1,8192}")


class AccessToken:
    """The session's current token, if any. It has no readable representation.

    ``clock`` returns monotonic seconds; ``number`` counts the tokens so far.
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
            NotJson: the answer has no usable token.
        """
        try:
            token = parse_document(response)
        except VoucherifyError:
            token = None
        token = token if isinstance(token, dict) else {}
        text, seconds = token.get("access_token"), token.get("expires_in")
        if isinstance(seconds, bool) or not isinstance(seconds, int | float) or seconds <= 0:
            raise NotJson("The service does not state the lifetime of its access token", sent=False)
        if not isinstance(text, str) or not _TEXT.fullmatch(text):
            raise NotJson("The service's answer holds no access token", sent=False)
        keep_secret(text)
        self._text = text
        self.number += 1
        self._good_until = self._clock() + seconds * (1 - EARLY)

    def forget(self) -> None:
        """Discard the token."""
        self._text = ""


class OAuth(WrappingTransport):
    """Ensures a valid token before each request, and replaces one that was rejected.

    After a 401, the request was not processed: it is sent once more with a new token. If the service refuses
    the exchange, by a 429 too, that answer is the answer to the request.

    Args:
        inner: sends requests with the token.
        exchange: sends the token request with the keys; both read answers whole, up to a maximum size.
        address: the account's address; requests to other origins are refused.
        token: the token that ``inner`` puts on its requests.

    Raises:
        Unreachable: the service failed to issue a token; the request was not sent.
        ForeignOrigin: the request is for another origin; neither it nor a token request was sent.
    """

    def __init__(
        self,
        inner: httpx.AsyncBaseTransport,
        exchange: httpx.AsyncBaseTransport,
        address: Address,
        token: AccessToken,
    ) -> None:
        super().__init__(inner)
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
        """Forget the token and close the inner transport."""
        self._token.forget()
        await super().aclose()

    async def _refused(self, request: httpx.Request) -> httpx.Response | None:
        """Get a valid token: one request obtains it, the others wait.

        Returns:
            The service's answer if it was not a token.
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
            raise TimedOut("The token for the request did not arrive in time", sent=False)
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
        # Even if the exchange was sent, the request that needs the token was not.
        failure.sent = False
        raise failure
