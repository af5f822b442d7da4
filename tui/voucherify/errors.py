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
    ├── NoAnswer                 nothing usable came back
    │   ├── Unreachable          no connection: not one byte of the request was sent
    │   ├── CutOff               the connection broke after the request went out
    │   ├── TimedOut             no whole answer within the deadline
    │   ├── NotJson              the answer is not what this API speaks
    │   ├── TooLarge             the answer is larger than the cap
    │   └── Redirected           a redirect; the API has none, so it is not followed
    ├── NoExportFile             an export is said to be done, and has no file
    └── Refused                  stopped here, before anything left
        ├── ReadOnly             the profile only reads
        ├── ForeignOrigin        the address is not the profile's, so no key may go there
        ├── Unsendable           the request cannot be put into HTTP or JSON as it is
        └── BadAddress           the base URL is not one that keys may be sent to

Each has ``hint``: what the user can do, in their words. ``str(error)`` never holds a URL's query, a header
or a body, so it is safe to show and log once made visible.
"""

from __future__ import annotations

from typing import Any, ClassVar

from tui.errors import Category, OrdexError

ADDRESS = "the account's address (VOUCHERIFY_API_BASE_URL, or the url of its profile)"
"""Where an account's address is set, for hints."""


class VoucherifyError(OrdexError):
    """Base class of the errors of this package.

    ``sent`` tells whether the service may have processed the request: ``False`` only when it certainly
    did not.
    """

    title = "Something went wrong"
    category = Category.SERVICE
    sent: bool = True

    def __init__(self, message: str = "", *, hint: str | None = None, sent: bool | None = None) -> None:
        super().__init__(message, hint=hint)
        if sent is not None:
            self.sent = sent

    @property
    def sentence(self) -> str:
        """What happened, with the title where the message alone does not say it."""
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
    hint = "Correct what the message names and try again."
    category = Category.INPUT


class Unauthorized(ApiError):
    """401: the keys are missing, wrong or revoked."""

    title = "The keys were not accepted"
    hint = (
        "Check the profile's id and token, and that its address is the project's; ordex doctor looks at all."
    )
    category = Category.NOT_AUTHORISED


class FeatureMissing(ApiError):
    """402: the plan does not include this."""

    title = "The plan does not include this"
    hint = "Ask the owner of the Voucherify account which plan includes it."
    category = Category.NOT_AUTHORISED


class Forbidden(ApiError):
    """403: the keys may not do this, or the project lives in another region."""

    title = "These keys may not do this"
    hint = "Ask for a role that may, or check that the region's URL is the project's."
    category = Category.NOT_AUTHORISED


class NotFound(ApiError):
    """404: no such resource in this project."""

    title = "Not found"
    hint = "Check the id or source_id, and that this is the right project."
    category = Category.NOT_FOUND

    @property
    def sentence(self) -> str:
        """The details alone: they say what was not found."""
        return f"{self.details.rstrip('.')}." if self.details else super().sentence


class Duplicate(ApiError):
    """409: another resource holds the identifier."""

    title = "Already taken"
    hint = "Another resource holds this identifier; use another one, or update that resource."
    category = Category.CONFLICT


class RateLimited(ApiError):
    """429: too many calls.

    ``retry_at`` is the epoch second (of this machine's clock) from which calls are taken again, if told;
    ``limit_type`` is the service's ``X-Rate-Limit-Type``, ``api_calls_cycle`` when the plan's calls of the
    whole billing cycle are used up.
    """

    title = "The rate limit is reached"
    hint = "Wait until calls are taken again; a sandbox project has 100 calls an hour."
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
    hint = "Usually passes by itself; try again in a moment."
    sent = True


class NoAnswer(VoucherifyError):
    """No usable response."""

    title = "No usable answer"


class Unreachable(NoAnswer):
    """No connection could be made; the request did not leave."""

    title = "The service cannot be reached"
    hint = f"Check the network, VPN or proxy, and {ADDRESS}."
    sent = False


class CutOff(NoAnswer):
    """The connection broke after the request went out; whether it was processed is not known."""

    title = "The connection was cut"
    hint = "Try again; a change that was sent is checked before it is sent a second time."


class TimedOut(NoAnswer):
    """No whole answer within the deadline."""

    title = "The service took too long"
    hint = "Try again; the network or the service is slow."


class NotJson(NoAnswer):
    """The answer is not JSON, or not of the form that the API documents."""

    title = "The answer is not from this API"
    hint = f"A proxy or login page may be in between; check {ADDRESS}."


class NoExportFile(VoucherifyError):
    """An export is said to be done, and has no file."""

    title = "The export has no file"
    hint = "Wait a moment and download it again; if it stays so, make the export again."
    sent = False


class TooLarge(NoAnswer):
    """The answer is larger than the cap and was not read to its end."""

    title = "The answer is too large"
    hint = "Ask for fewer orders at once, or use an export."


class Redirected(NoAnswer):
    """The service sent a redirect. The API has none, so it is not followed and no key goes with it."""

    title = "The service redirects elsewhere"
    hint = f"Set {ADDRESS}, to the API's own."
    sent = False


class Refused(VoucherifyError):
    """Stopped before the request was sent."""

    title = "Not sent"
    sent = False


class ReadOnly(Refused):
    """The profile is read-only."""

    title = "This profile only reads"
    category = Category.REFUSED
    hint = "Allow changes for a time (W in the explorer, unlock in the REPL), or start with --write."
    for_good: ClassVar[str] = (
        "It was asked to only read, by --read-only or its settings: start it with --write."
    )


class ForeignOrigin(Refused):
    """The address is neither the profile's nor its region's download host; no key may go there."""

    title = "This address is not the profile's"
    category = Category.REFUSED
    hint = f"The export may be of another region: check {ADDRESS}."


class Unsendable(Refused):
    """The request cannot be put into a URL, a header or JSON as it is."""

    title = "This cannot be sent"
    hint = "Correct the value that is named and try again."
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
"""Messages of the API that its details say better (``docs/voucherify-api.md#error-messages``)."""

SHOWN = 500
"""Characters of a message and of its details that an error shows."""


def _error_message(message: str, details: str | None) -> str:
    if details and (message in GENERIC or message in details):
        message = ""
    parts = (part if len(part) <= SHOWN else part[: SHOWN - 1] + "…" for part in (message, details) if part)
    return ": ".join(parts)
