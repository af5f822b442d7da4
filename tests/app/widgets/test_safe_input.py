"""Fields to type in show no character that acts or hides, and keep it."""

from __future__ import annotations

import pytest
from textual import events
from textual.app import App, ComposeResult

from tests.support.hostile import CONTROLS, ESCAPES, UNICODE
from tui.app.terminal_io.output_filter import OutputFilter
from tui.app.widgets.safe_input import REPLACEMENT, SafeInput, SafeTextArea
from tui.terminal.visible import hidden_characters


class Typing(App[None]):
    """Both fields, with the net that counts what slips through."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        self.output_filter = OutputFilter()

    def get_line_filters(self) -> list[OutputFilter]:  # type: ignore[override] # nothing else is filtered
        """The net."""
        return [self.output_filter]

    def compose(self) -> ComposeResult:
        """Both hold the text."""
        yield SafeInput(self.text)
        yield SafeTextArea(self.text)


async def test_a_password_stays_hidden() -> None:
    """Not one character of it is shown."""

    class Asking(App[None]):
        def compose(self) -> ComposeResult:
            yield SafeInput("s3cret\x1b", password=True)

    app = Asking()
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        lines = app.screen._compositor.render_strips()
        assert "•••••••" in "".join(segment.text for segment in lines[1])
        assert "s3cret" not in "".join(segment.text for line in lines for segment in line)


@pytest.mark.parametrize("text", [*ESCAPES, *CONTROLS, *UNICODE])
async def test_what_is_typed_is_shown_safely_and_kept(text: str) -> None:
    """A file's name, a filter or a pasted document may hold anything."""
    app = Typing(text)
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        assert app.output_filter.hits == 0
        assert app.query_one(SafeInput).value == text
        if hidden_characters(text):
            lines = app.screen._compositor.render_strips()
            assert REPLACEMENT in "".join(segment.text for segment in lines[1])
        assert "".join(app.query_one(SafeTextArea).text.split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("pasted", "value"),
    [
        ("new", "new"),
        ("new\n", "new"),
        ("\r\n  new \r\n\n", "  new "),
        ("one\ntwo", "before"),
        ("one\rtwo\r", "before"),
        ("\n \n", "before"),
    ],
)
async def test_a_paste_of_several_lines_is_refused(pasted: str, value: str) -> None:
    """Only the first of them was taken, without a word."""
    app = Typing("before")
    async with app.run_test(size=(60, 20)) as pilot:
        field = app.query_one(SafeInput)
        field.focus()
        field.select_all()
        field.post_message(events.Paste(pasted))
        await pilot.pause()
        assert field.value == value
        assert len(app._notifications) == (len(pasted.split()) > 1)
