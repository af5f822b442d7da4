"""An error as a document: what ``--format json`` writes to stderr in place of sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tui.terminal.redaction import redacted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.actions.exit_codes import ExitCode
    from tui.actions.failures import RunFacts

JSON_FORMATS = ("json", "jsonl")
_SERVICE = ("status", "key", "message", "details", "request_id")


def asks_for_json(words: Sequence[str]) -> bool:
    """Whether a command line asks for JSON, also where it cannot be read otherwise."""
    asked = False
    for word, following in zip(words, [*words[1:], ""], strict=True):
        if word == "--format":
            asked = following in JSON_FORMATS
        elif word.startswith("--format="):
            asked = word.removeprefix("--format=") in JSON_FORMATS
    return asked


def error_document(error: Exception, code: ExitCode, facts: RunFacts | None = None) -> dict[str, Any]:
    """``{"error": …}``: its kind, what happened in words, what to do, and the exit code.

    An error of the service has what the service told besides: status, key, message, details, request_id.
    ``facts`` says what the run had done by then, where that matters. No secret is in it.
    """
    document = _document(error, code)
    if facts is not None and (said := facts.sentences()):
        document["facts"] = " ".join(said)
    return {
        "error": {name: redacted(told) if isinstance(told, str) else told for name, told in document.items()}
    }


def _document(error: Exception, code: ExitCode) -> dict[str, Any]:
    from tui.actions.failures import file_words
    from tui.voucherify.errors import VoucherifyError

    document: dict[str, Any] = {
        "kind": type(error).__name__,
        "title": getattr(error, "title", "Unexpected"),
        "text": str(error),
        "hint": getattr(error, "hint", ""),
        "exit_code": int(code),
    }
    if isinstance(error, click.ClickException):
        document |= {"title": "Wrong usage", "text": error.format_message().strip()}
    elif isinstance(error, OSError):
        document |= {"title": "A file cannot be used", "text": file_words(error)}
    elif isinstance(error, VoucherifyError):
        known = {name: getattr(error, name, None) for name in _SERVICE}
        document |= {name: value for name, value in known.items() if value is not None}
    return document
