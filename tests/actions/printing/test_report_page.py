"""Reports as a page."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from tui.actions.doctor.finding import Section, fail, ok, warn
from tui.actions.exit_codes import ExitCode
from tui.actions.printing import written
from tui.actions.printing.report_page import WIDEST, report_text
from tui.actions.printing.table import painter
from tui.actions.results import ReportResult
from tui.terminal.cells import cell_width

PLAIN = painter(coloured=False)
REPORT = [
    Section("Program", (ok("Ordex", "1.0"), warn("extras", "none of them", "install one"))),
    Section("Online", (fail("shop", "not reached", "wait", ExitCode.NETWORK),)),
]

texts = st.text(st.characters(exclude_categories=[]), max_size=120)


def test_findings_stand_below_their_section() -> None:
    """Names in a column, what to do below what was found."""
    assert report_text(REPORT, width=80, paint=PLAIN) == (
        "Program\n"
        "  ok    Ordex   1.0\n"
        "  warn  extras  none of them\n"
        "                → install one\n"
        "\n"
        "Online\n"
        "  fail  shop  not reached\n"
        "              → wait\n"
    )


def test_how_it_is_can_be_seen_by_colour_too() -> None:
    """The word is there in any case."""
    text = report_text(REPORT, width=80, paint=painter(coloured=True))
    assert "\x1b[1;31mfail\x1b[0m" in text


@given(st.lists(st.builds(warn, texts, texts, texts), max_size=3), st.integers(1, 300))
def test_no_line_is_wider_than_a_bug_report(findings: list, width: int) -> None:
    """Whatever the texts are, and however wide the terminal is."""
    text = report_text([Section("s", tuple(findings))], width=width, paint=PLAIN)
    assert max(map(cell_width, text.splitlines())) <= WIDEST


def test_programs_get_every_finding() -> None:
    """One document, with the section of each."""
    told = json.loads(written(ReportResult(REPORT), "json", width=None, paint=PLAIN))
    assert told["findings"][1] == {
        "section": "Program",
        "name": "extras",
        "level": "warn",
        "text": "none of them",
        "to_do": "install one",
    }
    assert len(told["findings"]) == 3
