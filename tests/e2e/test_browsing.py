"""A visit: open, move, sort, open an order, come back, filter, leave."""

from __future__ import annotations

import pytest

from tests.e2e.conftest import Open
from tests.support.pseudo_terminal import PseudoTerminal
from tests.support.terminal_codes import foreign_codes

pytestmark = pytest.mark.terminal

SIZES = [(80, 24), (120, 40), (200, 50)]


def cursor_line(terminal: PseudoTerminal) -> str:
    """The order under the cursor, as it is on the screen."""
    return next(line[:60] for line in terminal.lines if line.startswith("›"))


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_a_visit(open_ordex: Open, size: tuple[int, int]) -> None:
    """At each size the explorer opens on the embedded sandbox, does its work and leaves nothing behind."""
    terminal = open_ordex(size=size)
    terminal.wait_for("100 of 2,500")
    assert "SANDBOX [RW]" in terminal.lines[0]
    first = cursor_line(terminal)
    terminal.press("j", "j", "j")
    terminal.wait_for(lambda _: cursor_line(terminal) != first)

    terminal.press("s")
    terminal.wait_for("Sort by")
    terminal.press("\x1b")
    terminal.wait_for(lambda screen: "Sort by" not in screen)

    terminal.press("\r")
    terminal.wait_for("Source ID")
    if size[0] < 120:
        terminal.press("\r")  # the first showed the order, this one goes to it
    terminal.insist("6", 'id: "ord_')
    before = cursor_line(terminal)
    terminal.press("\x1b")
    terminal.settle(0.5)
    terminal.insist("j", lambda _: cursor_line(terminal) != before)

    terminal.press("/")
    terminal.settle(1)
    terminal.press(*"status:PAID")
    terminal.wait_for("match “status:PAID”")
    terminal.press("\r")
    terminal.settle(1)
    terminal.press("q")
    assert terminal.end() == 0
    assert terminal.left_behind() == []
    assert foreign_codes(bytes(terminal.raw)) == []


def test_an_order_named_on_the_command_line(open_ordex: Open) -> None:
    """``ordex open`` shows the order; one that is not there is said not to be."""
    terminal = open_ordex("open", "no-such-order")
    terminal.wait_for("100 of 2,500")
    terminal.wait_for("no-such-order")
    terminal.press("q")
    assert terminal.end() == 0
    assert terminal.left_behind() == []
