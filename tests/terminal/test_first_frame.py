"""The first frame: there at once, gone without a trace, never where there is no screen."""

import io
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.support.pseudo_terminal import ROOT
from tui.terminal import first_frame


class Screen(io.StringIO):
    """Takes text as a terminal of 80 columns does."""

    def isatty(self) -> bool:
        """It is one."""
        return True

    def fileno(self) -> int:
        """No file of the system's."""
        return 2


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Iterator[Screen]:
    """A terminal on all three streams; the signals' handlers are put back afterwards."""
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
    made = Screen()
    for name in ("__stdin__", "__stdout__", "__stderr__"):
        monkeypatch.setattr(sys, name, made)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("os.get_terminal_size", lambda _: __import__("os").terminal_size((80, 24)))
    monkeypatch.setattr(first_frame, "_held", [])
    yield made
    for number, handler in handlers.items():
        signal.signal(number, handler)


def test_it_is_drawn_on_the_alternate_screen(screen: Screen) -> None:
    """What was on the screen stays beneath it."""
    first_frame.show("Ordex", "SANDBOX  sandbox")
    assert screen.getvalue().startswith("\x1b[?1049h")
    assert "SANDBOX  sandbox  opening…" in screen.getvalue()


def test_a_second_showing_says_more_on_the_same_line(screen: Screen) -> None:
    """The alternate screen is entered once."""
    first_frame.show("Ordex")
    first_frame.show("Ordex", "SANDBOX  sandbox")
    assert screen.getvalue().count("?1049h") == 1
    assert "SANDBOX" in screen.getvalue()


def test_withdrawing_leaves_the_terminal_as_it_was(screen: Screen) -> None:
    """Once: a second time would act on somebody else's screen."""
    first_frame.show("Ordex")
    first_frame.withdraw()
    first_frame.withdraw()
    assert screen.getvalue().count("\x1b[?1049l") == 1
    assert screen.getvalue().endswith("\x1b[?25h")


def test_after_the_hand_over_nothing_is_withdrawn(screen: Screen) -> None:
    """Leaving the screen is then for whoever took it."""
    first_frame.show("Ordex")
    first_frame.hand_over()
    first_frame.withdraw()
    assert "?1049l" not in screen.getvalue()


@pytest.mark.parametrize("stream", ["__stdin__", "__stdout__", "__stderr__"])
def test_nothing_is_written_when_a_stream_is_no_terminal(
    screen: Screen, monkeypatch: pytest.MonkeyPatch, stream: str
) -> None:
    """Pipes and files get no escape codes."""
    monkeypatch.setattr(sys, stream, io.StringIO())
    first_frame.show("Ordex")
    assert not screen.getvalue()


def test_nothing_is_written_to_a_dumb_terminal(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would show the codes as text."""
    monkeypatch.setenv("TERM", "dumb")
    first_frame.show("Ordex")
    assert not screen.getvalue()


@pytest.mark.parametrize("width", [0, 1, 5, 20, 200])
def test_the_line_never_wraps(width: int) -> None:
    """It is cut to the terminal."""
    line = first_frame.frame("Ordex", "PRODUCTION  environment", width)
    plain = line.replace("\x1b[1m", "").replace("\x1b[2m", "").replace("\x1b[0m", "")
    assert len(plain) <= max(1, width)


def test_a_signal_takes_the_frame_away_and_ends_the_process() -> None:
    """As if there had been no frame: the same end, and the terminal as it was."""
    script = (
        "import sys; from tui.terminal import first_frame as f; f.can_show = lambda: True\n"
        "f.os.get_terminal_size = lambda _: __import__('os').terminal_size((80, 24))\n"
        "f.show('Ordex'); import signal; signal.raise_signal(signal.SIGTERM)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ended.returncode == -signal.SIGTERM
    assert ended.stderr.endswith("\x1b[?1049l\x1b[?25h")
