"""The operations on exports and async actions, and the download of an export's file (1.4, 1.5, 3, 4)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

from starlette.responses import Response

from tui.sandbox.http.error_responses import unauthorized
from tui.sandbox.http.resource import ApiRequest, answer
from tui.sandbox.jobs.exportable import check_export
from tui.sandbox.jobs.exports import SORTS, DownloadTokens, signing_key
from tui.sandbox.project import Project
from tui.sandbox.store import Transaction

_RANGE = re.compile(r"bytes=(\d*)-(\d*)\Z", re.ASCII)


def download(content: bytes, headers: Mapping[str, str], *, ranges: bool) -> Response:
    """Answer with the file, or with the part that ``Range`` asks for if ``ranges`` are served.

    ``If-Range`` with another file's ETag gets the whole file; a range outside the file gets 416.
    """
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    if not ranges:
        return Response(content, media_type="text/plain")
    described = {"ETag": etag, "Accept-Ranges": "bytes"}
    asked = _RANGE.match(headers.get("range", "")) if headers.get("if-range", etag) == etag else None
    if asked is None or asked.groups() == ("", ""):
        return Response(content, media_type="text/plain", headers=described)
    start, end = _bounds(asked[1], asked[2], len(content))
    if start >= end:
        described["Content-Range"] = f"bytes */{len(content)}"
        return Response(status_code=416, headers=described)
    described["Content-Range"] = f"bytes {start}-{end - 1}/{len(content)}"
    return Response(content[start:end], status_code=206, media_type="text/plain", headers=described)


def _bounds(first: str, last: str, size: int) -> tuple[int, int]:
    """The part as a half-open interval."""
    if not first:
        return max(0, size - int(last)), size
    return int(first), min(size, int(last) + 1) if last else size


class JobEndpoints:
    """Answers ``/v1/exports``, ``/v1/async-actions`` and the endpoints below them."""

    def __init__(self, project: Project) -> None:
        self._project = project

    def create_export(self, call: ApiRequest) -> Response:
        """``POST /v1/exports``."""
        exported_object, parameters = check_export(call.json(self._project.policies))
        with self._project.writing(call.now) as transaction:
            return answer(self._project.exports.schedule(transaction, exported_object, parameters, call.now))

    def list_exports(self, call: ApiRequest) -> Response:
        """``GET /v1/exports``."""
        limit, page = call.query.limit(), call.query.page(self._project.policies)
        order = call.query.choice("order", SORTS, "-created_at")
        with self._project.reading(call.now) as transaction:
            exports, total = self._project.exports.page(
                transaction,
                order,
                limit=limit,
                offset=(page - 1) * limit,
                tokens=self._tokens(transaction, call),
            )
        return answer({"object": "list", "data_ref": "exports", "exports": exports, "total": total})

    def get_export(self, call: ApiRequest) -> Response:
        """``GET /v1/exports/{exportId}``: the export, or with ``token`` its file."""
        export_id = call.path["export_id"]
        token = call.query.one("token", "string")
        with self._project.reading(call.now) as transaction:
            tokens = self._tokens(transaction, call)
            if token is None:
                return answer(self._project.exports.read(transaction, export_id, tokens))
            content = self._project.exports.content(transaction, export_id)
        if content is None or not tokens.good(token, export_id):
            raise unauthorized()
        return download(content, call.headers, ranges=self._project.policies.download_ranges == "served")

    def delete_export(self, call: ApiRequest) -> Response:
        """``DELETE /v1/exports/{exportId}``."""
        with self._project.writing(call.now) as transaction:
            self._project.exports.delete(transaction, call.path["export_id"])
        return Response(status_code=204)

    def list_async_actions(self, call: ApiRequest) -> Response:
        """``GET /v1/async-actions``, newest first, those before ``end_date``."""
        limit = call.query.limit(self._project.policies.async_actions_limit)
        before = call.query.moment("end_date")
        with self._project.reading(call.now) as transaction:
            actions, more = self._project.imports.page(transaction, limit=limit, before=before)
        return answer(
            {"object": "list", "data_ref": "async_actions", "async_actions": actions, "has_more": more}
        )

    def get_async_action(self, call: ApiRequest) -> Response:
        """``GET /v1/async-actions/{asyncActionId}``."""
        with self._project.reading(call.now) as transaction:
            return answer(self._project.imports.read(transaction, call.path["async_action_id"]))

    def _tokens(self, transaction: Transaction, call: ApiRequest) -> DownloadTokens:
        lifetime = self._project.policies.download_token_seconds
        return DownloadTokens(signing_key(transaction), call.now, call.base_url, lifetime)
