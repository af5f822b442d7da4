"""Errors between Ordex and Voucherify.

    VoucherifyError
    ├── ApiError                 the service answered with an error body (docs/voucherify-api.md#errors)
    │   ├── InvalidRequest       400
    │   ├── Unauthorized         401
    │   ├── FeatureMissing       402
    │   ├── Forbidden            403
    │   ├── NotFound             404
    │   ├── Duplicate            409
    │   ├── RateLimited          429
    │   └── ServerError          5xx
    ├── NoAnswer                 no usable response
    │   ├── Unreachable          no connection: not one byte of the request was sent
    │   ├── CutOff               the connection broke after the request was sent
    │   ├── TimedOut             no complete response within the deadline
    │   ├── NotJson              the response is not of this API
    │   ├── TooLarge             the response is larger than the limit
    │   └── Redirected           a redirect; the API has none, so it is not followed
    ├── NoExportFile             the service reports an export as done, but it has no file
    └── Refused                  refused by Ordex, before anything was sent
        ├── ReadOnly             the profile is read-only
        ├── ForeignOrigin        the address is not the profile's, so no key may go there
        ├── Unsendable           the request cannot be put into HTTP or JSON as it is
        └── BadAddress           the base URL is not one that keys may be sent to

Each has a ``hint``: what the user can do. ``str(error)`` never holds a URL's query, a header
or a body, so it is safe to show and log once made visible.
"""

from __future__ import annotations

from typing import Any, ClassVar

from tui.errors import Category, OrdexError

ADDRESS = "the account's address (VOUCHERIFY_API_BASE_URL, or the url of its profile)"
"""Where an account's address is set, for hints."""


class VoucherifyError(OrdexError):
    """Base class of the errors of this package.

    ``sent`` is whether the service may have processed the request: ``False`` only when it certainly
    did not.
    """

    title = "The request failed"
    category = Category.SERVICE
    sent: bool = True

    def __init__(self, message: str = "", *, hint: str | None = None, sent: bool | None = None) -> None:
        super().__init__(message, hint=hint)
        if sent is not None:
            self.sent = sent

    @property
    def sentence(self) -> str:
        """What happened: the title and the message, or the title alone."""
        return self.title if str(self) in ("", self.title) else f"{self.title}: {self}"


class ApiError(VoucherifyError):
    """An error body of the service: ``{code, key?, message, details?, request_id?, …}``."""

    title = "The service refused the request"
    hint = "Read the details; if they do not help, quote the request id to Voucherify's support."
    sent = False

    def __init__(
        self,
        status: int,
        *,
        key: str | None = None,
        message: str = "",
        details: str | None = None,
        request_id: str | None = None,
        body: dict[str, Any] | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(_error_message(message, details) or f"HTTP {status}", hint=hint)
        self.status = status
        self.key = key
        self.message = message
        self.details = details
        self.request_id = request_id
        self.body = body or {}


class InvalidRequest(ApiError):
    """400: the request does not fit the API."""

    title = "The request is not valid"
    hint = "Correct the value in the message and try again."
    category = Category.INPUT


class Unauthorized(ApiError):
    """401: the keys are missing, wrong or revoked."""

    title = "The keys were not accepted"
    hint = "Check the profile's id, token and address; ordex doctor checks all three."
    category = Category.NOT_AUTHORISED


class FeatureMissing(ApiError):
    """402: the plan does not include this."""

    title = "The plan does not include this"
    hint = "Ask the owner of the Voucherify account which plan includes it."
    category = Category.NOT_AUTHORISED


class Forbidden(ApiError):
    """403: the keys may not do this, or the project lives in another region."""

    title = "These keys have no permission for this"
    hint = "Ask for a role with this permission, or check that the URL belongs to the project's region."
    category = Category.NOT_AUTHORISED


class NotFound(ApiError):
    """404: no such resource in this project."""

    title = "Not found"
    hint = "Check the id or source_id, and the project."
    category = Category.NOT_FOUND

    @property
    def sentence(self) -> str:
        """The details alone, which name what was not found."""
        return f"{self.details.rstrip('.')}." if self.details else super().sentence


class Duplicate(ApiError):
    """409: another resource holds the identifier."""

    title = "Already taken"
    hint = "Another resource holds this identifier; use another one, or update that resource."
    category = Category.CONFLICT


class RateLimited(ApiError):
    """429: too many calls.

    ``retry_at`` is when the service accepts calls again, in epoch seconds of this machine's clock, if known;
    ``limit_type`` is the service's ``X-Rate-Limit-Type``, ``api_calls_cycle`` when the calls of the whole
    billing cycle are used up.
    """

    title = "The rate limit is reached"
    hint = "Wait for the next period; a sandbox project has 100 calls an hour."
    category = Category.RATE_LIMIT

    def __init__(
        self,
        status: int = 429,
        *,
        retry_at: float | None = None,
        limit_type: str | None = None,
        **body: Any,
    ) -> None:
        super().__init__(status, **body)
        self.retry_at = retry_at
        self.limit_type = limit_type


class ServerError(ApiError):
    """5xx: the service failed. It may have processed the request before it did."""

    title = "Voucherify failed to answer"
    hint = "This is usually temporary; try again in a moment."
    sent = True


class NoAnswer(VoucherifyError):
    """No usable response."""

    title = "No usable response"


class Unreachable(NoAnswer):
    """No connection could be made; the request was not sent."""

    title = "The service cannot be reached"
    hint = f"Check the network, VPN or proxy, and {ADDRESS}."
    sent = False


class CutOff(NoAnswer):
    """The connection broke after the request was sent; it is unknown whether it was processed."""

    title = "The connection was lost"
    hint = "Try again; Ordex checks whether a change arrived before it sends it a second time."


class TimedOut(NoAnswer):
    """No complete response within the deadline."""

    title = "The service took too long"
    hint = "Try again; the network or the service is slow."


class NotJson(NoAnswer):
    """The answer is not JSON, or not of the form that the API documents."""

    title = "The response is not from this API"
    hint = f"A proxy or login page may be in between; check {ADDRESS}."


class NoExportFile(VoucherifyError):
    """The service reports an export as done, but it has no file."""

    title = "The export has no file"
    hint = "Wait a moment and download it again; if that does not help, export again."
    sent = False


class TooLarge(NoAnswer):
    """The response is larger than the limit; the rest was not read."""

    title = "The response is too large"
    hint = "Ask for fewer orders at once, or use an export."


class Redirected(NoAnswer):
    """The service sent a redirect. The API has none, so it is not followed and no key goes with it."""

    title = "The service redirects to another address"
    hint = f"Set {ADDRESS} to the address of the API."
    sent = False


class Refused(VoucherifyError):
    """Stopped before the request was sent."""

    title = "Not sent"
    sent = False


class ReadOnly(Refused):
    """The profile is read-only."""

    title = "This profile is read-only"
    category = Category.REFUSED
    hint = "Allow changes for some minutes (W in the explorer, unlock in the REPL), or start with --write."
    for_good: ClassVar[str] = "--read-only or the settings make it read-only: start it with --write."


class ForeignOrigin(Refused):
    """The address is neither the profile's nor its region's download host; no key may go there."""

    title = "This address is not the profile's"
    category = Category.REFUSED
    hint = f"The export may belong to another region: check {ADDRESS}."


class Unsendable(Refused):
    """The request cannot be put into a URL, a header or JSON as it is."""

    title = "The request cannot be sent"
    hint = "Correct this value and try again."
    category = Category.INPUT


class BadAddress(Refused):
    """The base URL is not one that keys may be sent to."""

    title = "The base URL cannot be used"
    category = Category.INPUT
    hint = "Use https:// and the host of the region, for example https://api.voucherify.io."


BY_STATUS: dict[int, type[ApiError]] = {
    400: InvalidRequest,
    401: Unauthorized,
    402: FeatureMissing,
    403: Forbidden,
    404: NotFound,
    409: Duplicate,
    429: RateLimited,
}
"""Which error an HTTP status is; other 4xx are ``ApiError``, 5xx are ``ServerError``."""

GENERIC = frozenset({
    "Resource not found", "Invalid payload", "Invalid query params", "Unauthorized", "Payment required",
    "Missing permission", "Duplicated resource found", "HTTP Method Not Allowed",
})  # fmt: skip
"""Messages of the API that its details explain better (``docs/voucherify-api.md#error-messages``)."""

SHOWN = 500
"""Characters of a message and of its details that an error shows."""


def _error_message(message: str, details: str | None) -> str:
    if details and (message in GENERIC or message in details):
        message = ""
    parts = (part if len(part) <= SHOWN else part[: SHOWN - 1] + "…" for part in (message, details) if part)
    return ": ".join(parts)
