"""Settings in a real terminal: set, broken by hand, told, mended, looked at."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.pseudo_terminal import PseudoTerminal

pytestmark = pytest.mark.terminal


def ran(home: Path, *words: str) -> tuple[int, str]:
    """The exit code of a command in a terminal, and what is on the screen then, spaces folded."""
    terminal = PseudoTerminal(words, columns=200, lines=60, environ={"ORDEX_HOME": str(home)})
    try:
        code = terminal.end(limit=60)
        assert terminal.left_behind() == []
        return code, re.sub(r"\s+", " ", terminal.text)
    finally:
        terminal.close()


def test_faulty_settings_are_told_and_mended(tmp_path: Path) -> None:
    """The explorer does not open on them; it says file, line and what was meant, and so does the doctor."""
    assert ran(tmp_path, "config", "set", "theme", "ordex-light")[0] == 0
    file = tmp_path / "config" / "config.toml"
    file.write_text(f"# mine\n{file.read_text()}thme = 1\n")
    code, screen = ran(tmp_path)
    assert code == 2
    assert "config.toml:3: there is no setting “thme”; did you mean “theme”?" in screen
    assert "Traceback" not in screen
    code, screen = ran(tmp_path, "doctor")
    assert code == 2
    assert "did you mean “theme”?" in screen
    assert ran(tmp_path, "config", "unset", "thme")[0] == 0
    assert file.read_text() == '# mine\ntheme = "ordex-light"\n'
    assert ran(tmp_path, "doctor")[0] == 0
