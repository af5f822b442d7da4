"""What of a call can be copied: the request in a language, what was sent, what was answered."""

from __future__ import annotations

from tui.actions.api_calls import bodies, target
from tui.actions.printing.formats import json_text
from tui.app.dialogs.chooser import Choice, Chooser
from tui.terminal.visible import visible
from tui.voucherify.calls.call_log import ApiCall
from tui.voucherify.snippets import LANGUAGES, NotRepresentable, snippet, snippet_request

_BODIES = {"sent": "what was sent", "answered": "the answer"}


class NothingToCopy(Exception):
    """It cannot be copied; the message says why."""


def copy_chooser(call: ApiCall) -> Chooser:
    """The question what to copy."""
    choices = [
        Choice(name, visible(f"as {language.title}"), visible(language.remark))
        for name, language in LANGUAGES.items()
    ]
    choices += [Choice(name, _BODIES[name], "as it was kept, without secrets") for name in bodies(call)]
    if call.request_id is not None:
        choices.append(Choice("request_id", "the request id", visible(call.request_id, limit=40)))
    title = visible(f"Copy {call.method} {target(call)}", limit=60)
    return Chooser(title, choices, note="Keys are variables, never written out.")


def copied_call(what: str, call: ApiCall, base_url: str | None) -> tuple[str, str]:
    """The label of what is copied, and its text.

    Args:
        what: the id of a choice.
        call: the call.
        base_url: the profile's address; ``None`` for the embedded sandbox.

    Raises:
        NothingToCopy: the request cannot be written so that it does the same.
    """
    if what == "request_id":
        return "request id", call.request_id or ""
    if what in _BODIES:
        return _BODIES[what], json_text(bodies(call)[what], indent=2)
    try:
        return LANGUAGES[what].title, snippet(what, snippet_request(call, base_url))
    except NotRepresentable as error:
        raise NothingToCopy(f"as {LANGUAGES[what].title}: {error}") from None
