"""The progress of a job on stderr."""

import io

import pytest

from tests.support.waiting import until
from tui.terminal import progress_line
from tui.terminal.progress_line import ProgressLine


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """It is."""
        return True


class Broken(io.StringIO):
    """A pipe whose reader has left."""

    def write(self, _: str) -> int:
        """Fail as the system does."""
        raise BrokenPipeError


class Times:
    """A clock that tests move."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        """The time now."""
        return self.seconds


def test_on_a_terminal_the_line_changes_in_place_and_is_gone_at_the_end() -> None:
    """A sentence in between does not tear it."""
    stream = Terminal()
    with ProgressLine(stream) as line:
        line.show("1 of 2")
        line.show("2 of 2")
        line.above(lambda text: print(text, file=stream))("found a fault")
        line.show("3 of 3")
    written = stream.getvalue()
    assert "\n" not in written.replace("found a fault\n", "")
    assert "\x1b[Kfound a fault\n" in written
    assert written.endswith("\r\x1b[K")


def test_elsewhere_a_plain_line_comes_now_and_then() -> None:
    """A log is not flooded and holds no control."""
    stream, clock = io.StringIO(), Times()
    with ProgressLine(stream, clock) as line:
        for text, moment in (("a", 0.0), ("b\x1b", 1.0), ("c\x1b", 6.0)):
            clock.seconds = moment
            line.show(text)
    assert stream.getvalue() == "a\nc^[\n"


def test_a_wait_is_shown_at_once() -> None:
    """However soon it comes after another line; told again each second, it is one line."""
    stream, clock = io.StringIO(), Times()
    with ProgressLine(stream, clock, now=clock) as line:
        line.show("sending")
        for second in range(4):
            clock.seconds = second / 10
            line.show("rate limit", until=600.0)
    assert stream.getvalue() == "sending\nrate limit (10 min 0 s left)\n"


def test_the_line_that_came_too_early_is_shown_when_it_is_due() -> None:
    """Without another call; and after a silence the last one is repeated."""
    stream, clock = io.StringIO(), Times()
    with ProgressLine(stream, clock, now=clock) as line:
        line.show("a")
        line.show("b")
        for moment in (4.0, 5.0, 30.0, 65.0, 70.0, 125.0):
            clock.seconds = moment
            line.tick()
    assert stream.getvalue() == "a\nb\nstill: b\nstill: b\n"


@pytest.mark.parametrize("stream", [io.StringIO(), Terminal()])
async def test_the_time_left_is_shown_without_another_call(
    stream: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The event loop brings it, in a pipe and on a terminal."""
    monkeypatch.setattr(progress_line, "SILENCE", 0.01)
    monkeypatch.setattr(progress_line, "SECOND", 0.01)
    clock = Times()
    with ProgressLine(stream, now=clock) as line:
        line.show("rate limit", until=90.0)
        clock.seconds = 60.0
        await until(lambda: "(30 s left)" in stream.getvalue())
    assert "rate limit (1 min 30 s left)" in stream.getvalue()


def test_a_reader_that_left_does_not_end_the_work() -> None:
    """As with ``2>&1 | head``."""
    with ProgressLine(Broken()) as line:
        line.show("a")
