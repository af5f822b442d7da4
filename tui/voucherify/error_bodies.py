"""What the body of an error says, in whatever form it comes.

The API's own form is ``{code, key?, message, details?, request_id?}``
(``docs/voucherify-api.md#error-bodies``). Gateways and proxies in front of it answer with problem documents
(RFC 9457: ``title``, ``detail``), ``{"error": …}``, ``{"errors": […]}``, bare texts or HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any

LONGEST = 2000
"""Characters of a text that are kept."""

MOST = 5
"""Entries of a list that are joined to one text."""

_MESSAGES = ("message", "title", "error_description", "error", "reason")
_DETAILS = ("details", "detail", "errors")
_INNER = ("message", "detail", "details", "title", "description", "error", "reason", "code")

_HTML = re.compile(r"(?is)^\s*(?:<!doctype html|<html|<head|<body)")
_TITLE = re.compile(r"(?is)<(title|h1)[^>]*>(.{1,300}?)</\1>")


@dataclass(frozen=True, slots=True)
class ErrorBody:
    """The parts of an error; each text is one line. ``document`` is the body where it is a JSON object."""

    key: str | None = None
    message: str = ""
    details: str | None = None
    request_id: str | None = None
    document: dict[str, Any] = field(default_factory=dict)


def read_error_body(body: Any) -> ErrorBody:
    """Read decoded JSON, or the text where it was none."""
    if isinstance(body, dict):
        message = next(filter(None, (_text(body.get(name)) for name in _MESSAGES)), "")
        details = next(filter(None, (_text(body.get(name)) for name in _DETAILS)), "")
        inner = body.get("error")
        if not details and isinstance(inner, dict):
            details = _text(inner)
        return ErrorBody(
            key=_plain(body.get("key")),
            message=message,
            details=details if details != message else None,
            request_id=_plain(body.get("request_id")),
            document=body,
        )
    if isinstance(body, str) and _HTML.match(body):
        title = _TITLE.search(body)
        return ErrorBody(message=_one_line(unescape(title[2])) if title else "")
    return ErrorBody(message=_text(body))


def _text(value: Any) -> str:
    if isinstance(value, str):
        return _one_line(value)
    if isinstance(value, list):
        return "; ".join(list(filter(None, map(_text, value[:MOST]))))[:LONGEST]
    if isinstance(value, dict):
        return next(filter(None, _inner_texts(value)), "")
    return ""


def _inner_texts(value: dict[str, Any]) -> Iterator[str]:
    known = [name for name in _INNER if name in value]
    for name in known:
        yield _text(value[name])
    if not known:  # such as {"amount": ["must be positive"]}
        named = ((name, _text(each)) for name, each in list(value.items())[:MOST])
        yield "; ".join(f"{_one_line(str(name))}: {text}" for name, text in named if text)[:LONGEST]


def _one_line(text: str) -> str:
    """The text without line breaks and runs of spaces, cut to a readable length."""
    line = " ".join(text[: LONGEST * 4].split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def _plain(value: Any) -> str | None:
    return _one_line(value) or None if isinstance(value, str) else None
