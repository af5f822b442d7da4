"""The pages of what is told: the doctor's report, the settings."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.support.exploring import exploring
from tests.support.fake_orders import fake_session
from tests.support.hostile import HOSTILE
from tui.actions.catalogue import CATALOGUE
from tui.actions.doctor.finding import Section, ok, warn
from tui.actions.printing.report_page import report_lines
from tui.app.bindings import command
from tui.app.dialogs.report_screen import ReportScreen
from tui.app.startup.reports import doctor_report, profiles_report, settings_report
from tui.settings.folders import Folders
from tui.settings.profile_lookup import resolve_profile
from tui.terminal.clipboard import ClipboardRoute, CopyOutcome

REPORT = [
    Section("Folders", (ok("config", "~/.config/ordex"), warn("state", "others look in", "chmod 700"))),
    Section("Odd [bold]", (ok("[/]", "[$primary]x"), *(ok("x", text[:200]) for text in HOSTILE))),
]


def folders(root: Path) -> Folders:
    """Three folders below one."""
    return Folders(root / "config", root / "state", root / "data")


def lines_of(told: Any) -> list[str]:
    """The lines without their styles."""
    return ["".join(text for text, _ in line) for line in told(None)]


async def test_the_report_is_shown_and_copied() -> None:
    """Found by its action; y copies it as it would be pasted; esc goes back."""
    copied: list[str] = []

    def copy(text: str, _: Callable[[str], object]) -> CopyOutcome:
        copied.append(text)
        return CopyOutcome(ClipboardRoute("file", "file"), len(text), "kept")

    pages = {"doctor": lambda: partial(_report, REPORT)}
    async with exploring(fake_session(5), size=(80, 24), copy_text=copy, reports=pages) as explored:
        await explored.app.run_action(command(CATALOGUE["doctor"]))
        await explored.until(lambda: isinstance(explored.app.screen, ReportScreen))
        await explored.until(lambda: "→ chmod 700" in explored.text)
        assert "Odd [bold]" in explored.text
        await explored.press("j", "k", "y")
        await explored.until(lambda: bool(copied))
        assert copied[0].startswith("Folders\n  ok    config  ~/.config/ordex\n")
        assert explored.app.output_filter.hits == 0
        await explored.press("escape")
        assert explored.app.screen is explored.screen


def _report(sections: list[Section], width: int | None) -> Any:
    return report_lines(sections, width=width)


@pytest.mark.parametrize("name", ["doctor", "config", "profiles"])
async def test_without_a_page_the_command_is_named(name: str) -> None:
    """A note says it; nothing opens."""
    async with exploring(fake_session(5)) as explored:
        await explored.app.run_action(command(CATALOGUE[name]))
        notes = explored.app._notifications
        await explored.until(lambda: any(f"ordex {name}" in note.message for note in notes))
        assert explored.app.screen is explored.screen


async def test_the_settings_are_shown(tmp_path: Path) -> None:
    """By their action, with the line of the file that says each."""
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "config.toml").write_text('theme = "ordex-light"\n')
    pages = {"config": partial(settings_report, folders(tmp_path))}
    async with exploring(fake_session(5), size=(100, 24), reports=pages) as explored:
        await explored.app.run_action(command(CATALOGUE["config"]))
        await explored.until(lambda: "config.toml:1" in explored.text)
        assert "Settings" in explored.text


async def test_the_profiles_are_shown(tmp_path: Path) -> None:
    """By their action; no secret is read for it."""
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "config.toml").write_text('[profiles.shop]\napp_id = "a"\nsecret = "file"\n')
    pages = {"profiles": partial(profiles_report, folders(tmp_path), "shop")}
    async with exploring(fake_session(5), size=(320, 24), reports=pages) as explored:
        await explored.app.run_action(command(CATALOGUE["profiles"]))
        await explored.until(lambda: "api.voucherify.io" in explored.text)
        told = "".join(explored.text.replace("│", "").split())
        assert "secrets/shop.json" in told
        assert "embedded sandbox" in explored.text


def test_faulty_settings_are_told_in_their_place(tmp_path: Path) -> None:
    """They may have become so while the explorer was open."""
    (tmp_path / "config").mkdir()
    file = tmp_path / "config" / "config.toml"
    file.write_text("thme = 1\nmaks = true\n")
    for told in (settings_report(folders(tmp_path)), profiles_report(folders(tmp_path), "sandbox")):
        assert [line.partition(": ")[0] for line in lines_of(told)] == [f"{file}:1", f"{file}:2"]


def test_the_doctor_looks_at_a_real_home(tmp_path: Path) -> None:
    """What the explorer tells is what the command prints."""
    lines = lines_of(doctor_report(resolve_profile({}), folders(tmp_path)))
    assert lines[0] == "Program"
    assert "Profiles" in lines
