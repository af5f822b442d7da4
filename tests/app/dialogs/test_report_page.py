"""The page of the doctor's report."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.support.exploring import exploring
from tests.support.fake_orders import fake_session
from tests.support.hostile import HOSTILE
from tui.actions.catalogue import CATALOGUE
from tui.actions.doctor.finding import Section, ok, warn
from tui.app.bindings import command
from tui.app.dialogs.report_page import ReportPage
from tui.terminal.clipboard import Outcome, Way

REPORT = [
    Section("Folders", (ok("config", "~/.config/ordex"), warn("state", "others look in", "chmod 700"))),
    Section("Odd [bold]", (ok("[/]", "[$primary]x"), *(ok("x", text[:200]) for text in HOSTILE))),
]


async def test_the_report_is_shown_and_copied() -> None:
    """Found in the palette's action; y copies it as it would be pasted; esc goes back."""
    copied: list[str] = []

    def copy(text: str, _: Callable[[str], object]) -> Outcome:
        copied.append(text)
        return Outcome(Way("file", "file"), len(text), "kept")

    async with exploring(
        fake_session(5), size=(80, 24), copy_text=copy, look_around=lambda: REPORT
    ) as explored:
        await explored.app.run_action(command(CATALOGUE["doctor"]))
        await explored.until(lambda: isinstance(explored.app.screen, ReportPage))
        await explored.until(lambda: "→ chmod 700" in explored.text)
        assert "Odd [bold]" in explored.text
        await explored.press("j", "k", "y")
        await explored.until(lambda: bool(copied))
        assert copied[0].startswith("Folders\n  ok    config  ~/.config/ordex\n")
        assert explored.app.edge.hits == 0
        await explored.press("escape")
        assert explored.app.screen is explored.screen


async def test_without_a_way_to_look_the_command_is_named() -> None:
    """A note says it; nothing opens."""
    async with exploring(fake_session(5)) as explored:
        await explored.app.run_action(command(CATALOGUE["doctor"]))
        await explored.until(lambda: any("ordex doctor" in n.message for n in explored.app._notifications))
        assert explored.app.screen is explored.screen


def test_it_is_looked_at_in_a_real_home(tmp_path: Path) -> None:
    """What the explorer gives the page is what the command prints."""
    from tui.actions.doctor.looking import examine
    from tui.settings.folders import Folders
    from tui.settings.profile import resolve_profile

    folders = Folders(tmp_path / "c", tmp_path / "s", tmp_path / "d")
    titles = [section.title for section in examine(folders, lambda: resolve_profile({}))]
    assert titles[0] == "Program"
    assert "Profiles" in titles
