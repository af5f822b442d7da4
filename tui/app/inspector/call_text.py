"""What is known of one call, as lines: facts, where the time went as bars, headers."""

from __future__ import annotations

from textual.content import Content

from tui.actions.api_calls import Part, cut_words, facts, outcome, parts, target, took
from tui.terminal.visible import visible
from tui.voucherify.calls.call_log import ApiCall
from tui.voucherify.calls.redaction import Headers

BAR = 32
"""Cells that the whole of a call's time takes, at most."""

_LABEL = 13


def call_title(call: ApiCall) -> Content:
    """Number, method, path and outcome, in one line."""
    return Content(visible(f"{call.number:,}  {call.method} {target(call)}  {outcome(call)}", limit=400))


def call_content(call: ApiCall, *, width: int) -> Content:
    """Everything but the bodies, in lines of at most ``width`` cells where that can be."""
    lines = [_told(name, text) for name, text in facts(call)]
    if bars := time_lines(call, cells=max(8, min(BAR, width - _LABEL - 12))):
        lines += [Content(""), Content.styled("Where the time went", "bold"), *bars]
    lines += _header_lines("Sent headers", call.request_headers)
    lines += _header_lines("Answer's headers", call.response_headers)
    if (cut := cut_words(call)) is not None:
        lines += [Content(""), Content(f"! {visible(cut)}")]
    return Content("\n").join(lines)


def _header_lines(title: str, headers: Headers) -> list[Content]:
    if not headers:
        return []
    told = (_told(name, value, label=24) for name, value in headers)
    return [Content(""), Content.styled(title, "bold"), *told]


def time_lines(call: ApiCall, *, cells: int) -> list[Content]:
    """A line for each part of the time: its words, its length, and a bar where it stands in the whole."""
    found = parts(call)
    whole = max(call.seconds, sum(part.seconds for part in found))
    return [
        Content(f"{part.words:<{_LABEL}}{took(part.seconds):>9}  {bar(part, whole, cells)}".rstrip())
        for part in found
    ]


def bar(part: Part, whole: float, cells: int) -> str:
    """Where a part stands in the whole, as a text of so many cells at most; the shortest part is seen too."""
    if whole <= 0:
        return ""
    before = min(round(part.begins / whole * cells), cells - 1)
    length = max(1, min(round(part.seconds / whole * cells), cells - before))
    return " " * before + "█" * length


def _told(name: str, text: str, *, label: int = _LABEL) -> Content:
    return Content.assemble((f"{visible(name, limit=40):<{label}}", "dim"), visible(text, limit=400))
