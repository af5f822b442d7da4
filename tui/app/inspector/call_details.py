"""One call: its facts, timing bars and headers as text, its screen, and copying parts of it."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui.actions.api_calls import Part, bodies, describe_truncation, facts, outcome, parts, target, took
from tui.actions.masking import masked_call
from tui.actions.printing.formats import json_text
from tui.app.dialogs.chooser import Choice, Chooser
from tui.app.masking import masks_at
from tui.app.modal import Modal
from tui.app.panels.standing_line import StandingLine
from tui.app.widgets.json_tree import JsonTree
from tui.terminal.visible import visible
from tui.voucherify.calls.call_log import ApiCall
from tui.voucherify.calls.redaction import Headers
from tui.voucherify.snippets import LANGUAGES, NotRepresentable, snippet, snippet_request

BAR = 32
"""Most cells of a timing bar."""

_LABEL = 13


def call_title(call: ApiCall) -> Content:
    """Number, method, path and outcome, in one line."""
    return Content(visible(f"{call.number:,}  {call.method} {target(call)}  {outcome(call)}", limit=400))


def call_content(call: ApiCall, *, width: int) -> Content:
    """Facts, timing and headers, in lines of at most ``width`` cells where possible."""
    lines = [_fact_line(name, text) for name, text in facts(call)]
    if bars := time_lines(call, cells=max(8, min(BAR, width - _LABEL - 12))):
        lines += [Content(""), Content.styled("Where the time went", "bold"), *bars]
    lines += _header_lines("Sent headers", call.request_headers)
    lines += _header_lines("Answer's headers", call.response_headers)
    if (cut := describe_truncation(call)) is not None:
        lines += [Content(""), Content(f"! {visible(cut)}")]
    return Content("\n").join(lines)


def _header_lines(title: str, headers: Headers) -> list[Content]:
    if not headers:
        return []
    lines = (_fact_line(name, value, label=24) for name, value in headers)
    return [Content(""), Content.styled(title, "bold"), *lines]


def time_lines(call: ApiCall, *, cells: int) -> list[Content]:
    """One line for each phase of the call: label, duration and a bar on the time axis."""
    found = parts(call)
    whole = max(call.seconds, sum(part.seconds for part in found))
    return [
        Content(f"{part.words:<{_LABEL}}{took(part.seconds):>9}  {time_bar(part, whole, cells)}".rstrip())
        for part in found
    ]


def time_bar(part: Part, whole: float, cells: int) -> str:
    """A bar for a phase on a time axis of ``cells`` cells, at least one cell long."""
    if whole <= 0:
        return ""
    before = min(round(part.begins / whole * cells), cells - 1)
    length = max(1, min(round(part.seconds / whole * cells), cells - before))
    return " " * before + "█" * length


def _fact_line(name: str, text: str, *, label: int = _LABEL) -> Content:
    return Content.assemble((f"{visible(name, limit=40):<{label}}", "dim"), visible(text, limit=400))


class CallScreen(Modal[None]):
    """Shows one call in full."""

    CSS_PATH: ClassVar = ["../styles/mutation.tcss", "../styles/inspector.tcss"]
    AUTO_FOCUS = "JsonTree, #call"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss", "Close"),
        Binding("tab", "app.focus_next", show=False),
    ]

    def __init__(self, call: ApiCall) -> None:
        super().__init__()
        self._call = call
        self._bodies: dict[str, Any] = {}

    def compose(self) -> ComposeResult:
        """Facts, timing and headers, then the bodies."""
        self._call = masked_call(self._call, masks_at(self))
        self._bodies = bodies(self._call)
        with Vertical(classes="mutation whole") as box:
            box.border_title = call_title(self._call)
            yield StandingLine()
            with VerticalScroll(id="call"):
                yield Static(Content(""), id="call-text")
            if self._bodies:
                yield JsonTree(id="bodies")
            keys = "enter folds · * unfolds all · tab the other part · " if self._bodies else ""
            yield Static(Content(f"{keys}esc close"), classes="keys")

    def on_mount(self) -> None:
        """Fill the tree."""
        if self._bodies:
            self.query_one(JsonTree).show(self._bodies)

    def on_resize(self, event: events.Resize) -> None:
        """Draw the timing bars for the new width."""
        text = call_content(self._call, width=event.size.width - 6)
        self.query_one("#call-text", Static).update(text)


_BODIES = {"sent": "what was sent", "answered": "the answer"}


class CallNotCopied(Exception):
    """The call cannot be copied in this form; the message gives the reason."""


def copy_chooser(call: ApiCall) -> Chooser:
    """A chooser for what to copy."""
    choices = [
        Choice(name, visible(f"as {language.title}"), visible(language.remark))
        for name, language in LANGUAGES.items()
    ]
    choices += [Choice(name, _BODIES[name], "without secrets") for name in bodies(call)]
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
        CallNotCopied: the request cannot be written so that it does the same.
    """
    if what == "request_id":
        return "request id", call.request_id or ""
    if what in _BODIES:
        return _BODIES[what], json_text(bodies(call)[what], indent=2)
    try:
        return LANGUAGES[what].title, snippet(what, snippet_request(call, base_url))
    except NotRepresentable as error:
        raise CallNotCopied(f"as {LANGUAGES[what].title}: {error}") from None
