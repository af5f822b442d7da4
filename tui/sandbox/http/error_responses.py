"""The error bodies of the API (``docs/voucherify-api.md#error-messages``), each made in one place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


class ErrorResponse(Exception):
    """A request that is answered with an error body.

    Args:
        status: the HTTP status, also ``code`` of the body.
        message: ``message`` of the body.
        key: ``key`` of the body, if that error has one.
        details: ``details`` of the body.
        resource: ``(resource_id, resource_type)`` of the body.
        traced: whether the body names the request; the recorded 401 and the documented 405 and 429 do not.
        headers: headers that belong to this answer.
    """

    def __init__(
        self,
        status: int,
        message: str,
        *,
        key: str | None = None,
        details: str | None = None,
        resource: tuple[str, str] | None = None,
        traced: bool = True,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(details or message)
        self.status = status
        self.message = message
        self.key = key
        self.details = details
        self.resource = resource
        self.traced = traced
        self.headers = headers or {}

    def body(self, request_id: str) -> dict[str, Any]:
        """The error body, keys in the order of the recorded ones."""
        body: dict[str, Any] = {"code": self.status}
        if self.key is not None:
            body["key"] = self.key
        body["message"] = self.message
        if self.details is not None:
            body["details"] = self.details
        if self.traced:
            body["request_id"] = request_id
        if self.resource is not None:
            body["resource_id"], body["resource_type"] = self.resource
        return body


def invalid_payload(details: str) -> ErrorResponse:
    """400: the body does not fit."""
    return ErrorResponse(400, "Invalid payload", key="invalid_payload", details=details)


def invalid_query(details: str) -> ErrorResponse:
    """400: the query does not fit."""
    return ErrorResponse(400, "Invalid query params", key="invalid_query_params", details=details)


def page_over_limit(limit: int) -> ErrorResponse:
    """400: past the last page that is listed."""
    return ErrorResponse(
        400,
        f"Listing resource above {limit} page is not supported",
        key="page_over_limit",
        details=f"Property .page cannot be higher than {limit}",
    )


def invalid_order(details: str) -> ErrorResponse:
    """400: the order contradicts itself."""
    return ErrorResponse(400, "Invalid order", key="invalid_order", details=details)


def invalid_export_fields(allowed: Iterable[str]) -> ErrorResponse:
    """400: a column that this export does not have."""
    return ErrorResponse(
        400,
        "Invalid Export",
        key="invalid_export_fields",
        details=f"Unsupported field used. Allowed fields: {', '.join(allowed)}",
    )


def unauthorized() -> ErrorResponse:
    """401, exactly as recorded: no details, no request id."""
    return _Unauthorized(401, "Unauthorized", key="unauthorized", traced=False)


class _Unauthorized(ErrorResponse):
    def body(self, request_id: str) -> dict[str, Any]:
        return {"code": 401, "message": self.message, "key": self.key}


def forbidden(details: str) -> ErrorResponse:
    """403: this caller is not served."""
    return ErrorResponse(403, "Forbidden", key="forbidden", details=details, traced=False)


def missing_permission() -> ErrorResponse:
    """403: the token's scopes do not cover this."""
    return ErrorResponse(
        403,
        "Missing permission",
        key="missing_required_permission",
        details="User does not have a required permission to perform this operation.",
        traced=False,
    )


def oauth_refusal(key: str, details: str) -> ErrorResponse:
    """400: no token for this request; ``key`` is the API's name of the reason."""
    return ErrorResponse(400, "Invalid request", key=key, details=details)


def not_found(kind: str, identifier: str) -> ErrorResponse:
    """404: no resource of this kind has the identifier."""
    return ErrorResponse(
        404,
        "Resource not found",
        key="not_found",
        details=f"Cannot find {kind} with id {identifier}",
        resource=(identifier, kind),
    )


def no_such_path(path: str) -> ErrorResponse:
    """404: the API has no such path."""
    return ErrorResponse(404, "Resource not found", key="not_found", details=f"Cannot find path {path}")


def method_not_allowed(method: str, allowed: Iterable[str]) -> ErrorResponse:
    """405 with its "Did you mean"."""
    methods = list(allowed)
    *most, last = methods
    meant = f"{', '.join(most)} or {last}" if most else last
    return ErrorResponse(
        405,
        "HTTP Method Not Allowed",
        details=f"{method} is not supported by this endpoint. Did you mean {meant}?",
        traced=False,
        headers={"Allow": ", ".join(methods)},
    )


def unsupported_media_type(content_type: str) -> ErrorResponse:
    """415: the body is declared as something else than JSON."""
    return ErrorResponse(
        415,
        "Unsupported Media Type",
        details=f"Content-Type must be application/json, not {content_type[:100]}",
    )


def duplicate(kind: str, identifier: str) -> ErrorResponse:
    """409: another resource of this kind holds the identifier."""
    return ErrorResponse(
        409,
        "Duplicated resource found",
        key="duplicate_found",
        details=f"Duplicated {kind} exists with id {identifier}",
        resource=(identifier, kind),
    )


def too_many_requests() -> ErrorResponse:
    """429 as documented for the client side."""
    return ErrorResponse(429, "Too many requests hit the API too quickly.", traced=False)


def internal_error() -> ErrorResponse:
    """500: the fault is the sandbox's."""
    return ErrorResponse(500, "Internal Server Error", key="internal_error")
