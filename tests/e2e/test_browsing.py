"""A visit: open, move, sort, open an order, come back, filter, leave."""

from __future__ import annotations

import pytest

from tests.e2e.conftest import Open
from tests.support.terminal_codes import foreign_codes

pytestmark = pytest.mark.terminal

SIZES = [(80, 24), (120, 40), (200, 50)]


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_a_visit(open_ordex: Open, size: tuple[int, int]) -> None:
    """At each size the explorer opens on the embedded sandbox, does its work and leaves nothing behind."""
    terminal = open_ordex(size=size)
    terminal.wait_for("100 of 2,500")
    assert "SANDBOX [RW]" in terminal.lines[0]
    first = next(at for at, line in enumerate(terminal.lines) if line.startswith("›"))
    terminal.press("j", "j", "j")
    terminal.wait_for(lambda _: terminal.lines[first + 3].startswith("›"))

    terminal.press("s")
    terminal.wait_for("Sort by")
    terminal.press("\x1b")
    terminal.wait_for(lambda screen: "Sort by" not in screen)

    terminal.press("\r")
    terminal.wait_for("1 Sum")
    if size[0] < 120:
        terminal.press("\r")  # the first showed the order, this one goes to it
    terminal.settle()
    terminal.press("6")
    terminal.wait_for('id: "ord_')
    terminal.press("\x1b")
    terminal.settle()

    terminal.press("/")
    terminal.wait_for("filter what is loaded")
    terminal.settle()
    terminal.press(*"status:PAID")
    terminal.wait_for("match “status:PAID”")
    terminal.press("\r", "q")
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
