"""The lines below the sections: what to copy, the text to find, and the path of the field at the cursor."""

from __future__ import annotations

import json
from typing import Any, ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, Static

from tui.app.panels.key_hints import KeyHint
from tui.app.widgets.safe_input import MaskedInput
from tui.orders.json_values import ABSENT
from tui.orders.paths import Path, format_path, value_at
from tui.terminal.cells import cell_width, cut, fit
from tui.terminal.visible import hidden_characters, visible


class NothingToCopy(Exception):
    """There is nothing to copy at the cursor; the message gives the reason."""


def copied_text(what: str, document: Any, path: Path | None) -> tuple[str, str]:
    """The label and the text of a choice: ``value``, ``path``, ``pointer`` or ``document``.

    A text without hidden characters is copied unchanged, anything else as ASCII JSON: a text pasted into a
    terminal must not control it.

    Raises:
        NothingToCopy: the cursor is on no field, or the field was not sent.
    """
    if what == "document":
        return "the order as JSON", _json(document)
    if path is None:
        raise NothingToCopy("The cursor is on no field.")
    where = format_path(path)
    if what == "path":
        return f"the path {_brief(where)}", where
    if what == "pointer":
        return f"the JSON pointer of {_brief(where)}", _json_pointer(path)
    value = value_at(document, path)
    if value is ABSENT:
        raise NothingToCopy(f"{_brief(where)} was not sent, so there is nothing to copy.")
    if isinstance(value, str) and not hidden_characters(value):
        return _brief(where), value
    return f"{_brief(where)} as JSON", _json(value)


def _json_pointer(path: Path) -> str:
    """A path by RFC 6901: ``/items/0/product/name``; hidden characters are written as JSON escapes."""
    keys = (json.dumps(str(part))[1:-1] if hidden_characters(str(part)) else str(part) for part in path)
    return "".join("/" + key.replace("~", "~0").replace("/", "~1") for key in keys)


def leaves_escaped(document: Any, path: Path | None) -> bool:
    """Whether the value is copied as escaped JSON because it has hidden characters."""
    value = ABSENT if path is None else value_at(document, path)
    return isinstance(value, str) and bool(hidden_characters(value))


def _json(value: Any) -> str:
    try:
        return json.dumps(value, indent=2, ensure_ascii=True).replace("\x7f", "\\u007f")
    except (ValueError, RecursionError) as error:
        raise NothingToCopy(f"This cannot be written as JSON: {error}") from error


def _brief(where: str) -> str:
    return where if len(where) <= 60 else where[:59] + "…"


_CHOICES = (("v", "value"), ("p", "path"), ("j", "JSON pointer"), ("d", "document"))
_ESCAPED = (("v", "value as escaped JSON"), *_CHOICES[1:])


def _choices_text(width: int, *, escaped: bool) -> Content:
    """The letters with their labels, shortened where there is little room."""
    choices, words = (_ESCAPED, width >= 66) if escaped else (_CHOICES, width >= 50)
    parts: list[Content] = [Content("Copy ")]
    for letter, word in choices:
        parts += [Content(" "), Content(letter).stylize("bold underline")]
        parts.append(Content(f" {word} " if words else f" {word.split()[-1][:7]}"))
    return Content("").join(parts)


class CopyBar(Static, can_focus=True):
    """A line that takes one key: a letter chooses, any other key goes back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v", "choose('value')", "Copy value"),
        Binding("p", "choose('path')", "Copy path"),
        Binding("j", "choose('pointer')", "Copy JSON pointer"),
        Binding("d", "choose('document')", "Copy document"),
        Binding("escape", "choose('')", "Back"),
    ]

    _LETTERS = frozenset({"v", "p", "j", "d", "escape"})

    class Chosen(Message):
        """What to copy; empty to cancel."""

        def __init__(self, what: str) -> None:
            super().__init__()
            self.what = what

    def __init__(self) -> None:
        super().__init__(_choices_text(80, escaped=False))
        self._escaped = False

    def offer(self, *, escaped: bool) -> None:
        """Set whether the value is copied as escaped JSON."""
        self._escaped = escaped
        self.update(_choices_text(self.size.width, escaped=escaped))

    def on_resize(self, event: events.Resize) -> None:
        """Shorten the labels where there is little room."""
        self.update(_choices_text(event.size.width, escaped=self._escaped))

    def action_choose(self, what: str) -> None:
        """Post the choice."""
        self.post_message(self.Chosen(what))

    def on_key(self, event: events.Key) -> None:
        """Cancel on any other key."""
        if event.key not in self._LETTERS:
            event.stop()
            event.prevent_default()
            self.action_choose("")

    def on_blur(self) -> None:
        """Cancel when the focus moves."""
        self.action_choose("")


class FindBar(MaskedInput):
    """Searches while typing; enter keeps the matches, esc clears them."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Stop finding")]

    class Left(Message):
        """The search was closed; ``kept`` is whether the matches stay."""

        def __init__(self, kept: bool) -> None:
            super().__init__()
            self.kept = kept

    def __init__(self) -> None:
        super().__init__(placeholder="find in this order", compact=True, select_on_focus=True, max_length=500)

    @property
    def key_hints(self) -> tuple[KeyHint, ...]:
        """The keys that close the search."""
        return (KeyHint("enter", "keep the match"), KeyHint("esc", "stop finding"))

    def action_leave(self) -> None:
        """Clear the search and close."""
        self.post_message(self.Left(kept=False))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep the matches and close."""
        event.stop()
        self.post_message(self.Left(kept=True))


class StatusLine(Widget):
    """The path of the field or a message on the left, the matches on the right."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "status-line--found",
        "status-line--path",
        "status-line--message",
    }

    def __init__(self) -> None:
        super().__init__()
        self._path = ""
        self._found = ""
        self._message = ""

    @property
    def text(self) -> str:
        """The text of the line."""
        return f"{self._message or self._path} {self._found}".strip()

    def at(self, path: Path | None) -> None:
        """Show the path of the selected field and clear the message."""
        self._path = visible(format_path(path), limit=400) if path else ""
        self._message = ""
        self.refresh()

    def found(self, needle: str, number: int, count: int) -> None:
        """Show the number of matches and the current one."""
        if not needle:
            self._found = ""
        elif not count:
            self._found = f"no match for {_quoted(needle)}"
        else:
            place = f"{number:,} of {count:,}" if number else f"{count:,}"
            self._found = f"{place} for {_quoted(needle)}"
        self.refresh()

    def say(self, words: str) -> None:
        """Show a message until the cursor moves."""
        self._message = visible(words, limit=300)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw the line."""
        base, width = self.rich_style, self.size.width
        right = cut(self._found, width)
        room = max(0, width - cell_width(right) - (1 if right else 0))
        role = "message" if self._message else "path"
        left_style = base + self.get_component_rich_style(f"status-line--{role}", partial=True)
        found_style = base + self.get_component_rich_style("status-line--found", partial=True)
        segments = [Segment(fit(self._message or self._path, room), left_style)]
        if right:
            segments.append(Segment(" " + right if room else right, found_style))
        return Strip(segments).adjust_cell_length(width, base)


def _quoted(needle: str) -> str:
    return f"“{visible(needle, limit=30)}”"
