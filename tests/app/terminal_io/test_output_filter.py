"""The net at the terminal's edge."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.segment import ControlType, Segment
from textual.app import App, ComposeResult
from textual.color import Color
from textual.content import Content
from textual.widgets import Static

from tests.support.exploring import exploring
from tests.support.fake_orders import FakeSession, fake_session
from tests.support.hostile import CONTROLS, ESCAPES, UNICODE
from tui.app.terminal_io.output_filter import MAX_REMEMBERED, OutputFilter, crash_report
from tui.terminal.visible import hidden_characters

BLACK = Color(0, 0, 0)


@pytest.mark.parametrize("text", [*CONTROLS, *ESCAPES, *UNICODE])
def test_nothing_that_acts_or_hides_passes(text: str) -> None:
    """What is left has the same width and does nothing, and the slip is counted."""
    edge = OutputFilter()
    before = Segment(text)
    (after,) = edge.apply([before], BLACK)
    assert not hidden_characters(after.text)
    assert edge.hits == (1 if hidden_characters(text) else 0)


def test_sound_segments_pass_as_they_are() -> None:
    """Nothing is copied or counted in the usual case."""
    edge = OutputFilter()
    segment = Segment("PAID  한국")
    assert edge.apply([segment], BLACK)[0] is segment
    assert edge.hits == 0


def test_one_bad_segment_of_a_line_is_mended_alone() -> None:
    """Its neighbours stay the same objects, and codes that draw are let through."""
    edge = OutputFilter()
    drawing = Segment("\x1b[0m", None, [(ControlType.HOME,)])
    line = [Segment("│"), Segment("bad\x1b[2J"), drawing]
    passed = edge.apply(line, BLACK)
    assert [segment.text for segment in passed] == ["│", "bad[2J", "\x1b[0m"]
    assert (passed[0], passed[2]) == (line[0], line[2])
    assert edge.hits == 1


@given(st.lists(st.lists(st.sampled_from([*ESCAPES, *UNICODE, *CONTROLS, "PAID", "│", "한국"]), max_size=4)))
def test_what_was_seen_before_changes_nothing(lines: list[list[str]]) -> None:
    """An edge that remembers harmless texts passes on what one that sees them for the first time does."""
    edge = OutputFilter()
    for line in (*lines, *lines):
        fresh = OutputFilter()
        segments = [Segment(text) for text in line]
        before = edge.hits
        assert edge.apply(segments, BLACK) == fresh.apply(segments, BLACK)
        assert edge.hits - before == fresh.hits


def test_harmless_texts_are_remembered_for_some_screens_only() -> None:
    """A table of a million rows that is scrolled through takes no more memory than some screens."""
    edge = OutputFilter()
    for number in range(2 * MAX_REMEMBERED + 10):
        edge.apply([Segment(f"source-{number}"), Segment("│")], BLACK)
        edge.apply([Segment("\x1b[2J")], BLACK)
    assert 0 < len(edge._harmless) <= MAX_REMEMBERED + 1
    assert edge.hits == 2 * MAX_REMEMBERED + 10


async def test_a_surface_that_forgets_is_caught_and_counted() -> None:
    """Raw text given to a widget of the running app does not reach the terminal."""
    async with exploring(fake_session(3)) as explored:
        await explored.screen.mount(Static(Content("raw \x1b[2J")))
        await explored.pilot.pause()
        assert explored.app.output_filter.hits > 0


def test_a_crash_report_holds_no_values() -> None:
    """Neither locals nor raw control characters are printed."""
    token = "s3cret-" + "token"
    try:
        raise ValueError("bad \x1b[2J")
    except ValueError as error:
        report = crash_report(error).plain
    assert token not in report
    assert "\x1b" not in report
    assert "ValueError" in report


async def test_a_fault_ends_the_app_without_locals(capsys: pytest.CaptureFixture[str]) -> None:
    """The app's last words say where it failed, and not what the variables held."""

    async def open_session() -> FakeSession:
        held = "s3cret-" + "token"
        raise RuntimeError(f"a fault with {len(held)}")

    running = exploring(fake_session(1), rows=0, open_session=open_session)
    explored = await running.__aenter__()
    await explored.until(lambda: not explored.app.is_running)
    with pytest.raises(Exception, match="a fault with 12"):
        await running.__aexit__(None, None, None)
    said = capsys.readouterr().err
    assert "a fault with 12" in said
    assert "open_session" in said
    assert "s3cret-token" not in said


class Bare(App[None]):
    """An app without the net, to see that the test above tests something."""

    def compose(self) -> ComposeResult:
        """One raw text."""
        yield Static(Content("raw \x1b[2J"))


async def test_without_the_net_the_text_would_pass() -> None:
    """Textual itself sends escapes on."""
    app = Bare()
    async with app.run_test() as pilot:
        await pilot.pause()
        strips = app.screen._compositor.render_strips()
        assert any("\x1b" in segment.text for strip in strips for segment in strip)
