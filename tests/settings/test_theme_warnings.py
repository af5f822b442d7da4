"""What is said about themes that cannot be had."""

from __future__ import annotations

from pathlib import Path

from tui.settings.themes import load_themes, theme_warnings


def test_nothing_is_said_where_nothing_is_wrong(tmp_path: Path) -> None:
    """A theme that there is, or none asked for."""
    found = load_themes(tmp_path)
    assert theme_warnings("ordex-light", found) == []
    assert theme_warnings(None, found) == []


def test_a_name_near_to_one_is_answered_with_that_one(tmp_path: Path) -> None:
    """An unknown name was silently the default."""
    (said,) = theme_warnings("ordex-lihgt", load_themes(tmp_path))
    assert said == "There is no theme “ordex-lihgt”; did you mean “ordex-light”?"


def test_a_name_near_to_none_is_answered_with_all(tmp_path: Path) -> None:
    """The names there are follow."""
    (said,) = theme_warnings("zzz", load_themes(tmp_path))
    assert "ordex-dark" in said
    assert "did you mean" not in said


def test_each_faulty_file_is_told(tmp_path: Path) -> None:
    """The user's files that were left out, each with its fault; first what was asked for."""
    (tmp_path / "a.toml").write_text("no toml")
    (tmp_path / "b.toml").write_text('name = "mine"\n')
    unknown, first, second = theme_warnings("mine", load_themes(tmp_path))
    assert "no theme “mine”" in unknown
    assert "a.toml: is not TOML" in first
    assert "b.toml: dark is missing" in second
