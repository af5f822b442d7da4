"""A request as snippets need it: without headers, so without keys."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from tui.errors import OrdexError
from tui.voucherify.calls.redaction import HIDDEN

from .operations import OperationCall, find_operation

if TYPE_CHECKING:
    from tui.voucherify.calls.call_log import ApiCall

KEYS = {"X-App-Id": "VOUCHERIFY_APP_ID", "X-App-Token": "VOUCHERIFY_APP_TOKEN"}
"""The header of each key, and the variable of the environment that a snippet reads it from."""

BASE_URL = "VOUCHERIFY_API_BASE_URL"
"""The variable of the address, where none is written out."""

EXPORT_TOKEN = "VOUCHERIFY_EXPORT_TOKEN"  # noqa: S105 - a variable's name
"""The variable of a download's token, which is in the link of the export and ends soon."""

_HALF_A_CHARACTER = re.compile("[\ud800-\udfff]")


class NotRepresentable(OrdexError):
    """The request cannot be written in this language that it does the same; the message gives the reason."""

    title = "The request cannot be written in this language"


@dataclass(frozen=True, slots=True)
class SnippetRequest:
    """One request.

    Args:
        method: of HTTP.
        path: behind the base URL, percent-encoded.
        query: names and values, as they are meant.
        body: the JSON document, or ``None``.
        base_url: the address, or ``None`` for a variable.
        export_token: whether the query has a download's token besides; it is a variable too.
    """

    method: str
    path: str
    body: Any = None
    query: tuple[tuple[str, str], ...] = ()
    base_url: str | None = None
    export_token: bool = False

    @property
    def target(self) -> str:
        """Path and query, percent-encoded, without a download's token."""
        return f"{self.path}?{urlencode(self.query)}" if self.query else self.path

    def meant(self) -> OperationCall:
        """The operation that it is.

        Raises:
            NotRepresentable: the SDKs have no method for it.
        """
        found = find_operation(
            self.method, self.path, [name for name, _ in self.query], token=self.export_token
        )
        if found is None:
            raise NotRepresentable("the vendor's SDKs have no method for it")
        return found

    def member_names(self) -> Iterator[str]:
        """The name of every member of every object in the body."""
        for held in _containers(self.body):
            if isinstance(held, dict):
                yield from held

    def check_values(self, *, halves: bool = False, largest: int | None = None) -> None:
        """Check that a program can represent the document and write it unchanged.

        Args:
            halves: whether it could hold half a surrogate pair.
            largest: the largest whole number that it keeps to the last digit, if there is one.

        Raises:
            NotRepresentable: it could not.
        """
        for value in (*self.member_names(), *_scalars(self.body)):
            if isinstance(value, str) and not halves and _HALF_A_CHARACTER.search(value):
                raise NotRepresentable(
                    "it holds half a character (a lone surrogate), which only curl can send"
                )
            if isinstance(value, float) and not math.isfinite(value):
                raise NotRepresentable("it holds a number that no program can represent")
            if isinstance(value, int) and largest is not None and abs(value) > largest:
                raise NotRepresentable(f"it holds {value}, and this language would lose its last digits")


def snippet_request(call: ApiCall, base_url: str | None) -> SnippetRequest:
    """The request of a call in the log.

    Args:
        call: the call.
        base_url: the profile's address; ``None`` where it is not an address that others can reach.

    Raises:
        NotRepresentable: a part of it was not kept.
    """
    if not call.request_body.whole:
        raise NotRepresentable("its body was not kept whole: it was long, or held what may be secret")
    query = parse_qsl(call.query, keep_blank_values=True)
    open_query = tuple((name, value) for name, value in query if value != HIDDEN)
    hidden = [name for name, value in query if value == HIDDEN]
    if hidden not in ([], ["token"]):
        raise NotRepresentable("its query held what may be secret, and was not kept whole")
    prefix = urlsplit(base_url).path if base_url else ""
    if base_url is not None and _origin(base_url) != call.origin:
        base_url, prefix = call.origin, ""
    return SnippetRequest(
        method=call.method,
        path=call.path.removeprefix(prefix),
        body=_document(call.request_body.text),
        query=open_query,
        base_url=base_url,
        export_token=bool(hidden),
    )


def _origin(base_url: str) -> str:
    split = urlsplit(base_url)
    return f"{split.scheme}://{split.netloc}"


def _document(text: str) -> Any:
    if not text:
        return None
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        document = None
    if not isinstance(document, dict | list):
        raise NotRepresentable("its body is not JSON")
    return document


def _containers(value: Any) -> Iterator[Any]:
    stack = [value]
    while stack:
        held = stack.pop()
        if isinstance(held, dict | list):
            yield held
            stack += held.values() if isinstance(held, dict) else held


def _scalars(value: Any) -> Iterator[Any]:
    for held in _containers(value):
        for one in held.values() if isinstance(held, dict) else held:
            if not isinstance(one, dict | list):
                yield one
