"""The progress of a job on stderr."""

import io

from tui.cli.progress_line import ProgressLine


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """It is."""
        return True


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
    stream, moments = io.StringIO(), iter([0.0, 1.0, 6.0, 6.0])
    with ProgressLine(stream, clock=lambda: next(moments)) as line:
        for text in ("a", "b\x1b", "c\x1b"):
            line.show(text)
    assert stream.getvalue() == "a\nc^[\n"
