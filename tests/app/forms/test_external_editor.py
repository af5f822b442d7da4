"""The user's own editor: which one, on a private file that is gone afterwards."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tui.app.forms.external_editor import EditorError, EditorFailed, edit_in_editor, editor_command

SCRIPT = """
import os, stat, sys
path = sys.argv[1]
modes = [oct(stat.S_IMODE(os.stat(at).st_mode)) for at in (path, os.path.dirname(path))]
text = open(path, encoding="utf-8").read()
open(path, "w", encoding="utf-8").write(" ".join([*modes, path, text]))
"""


def test_the_text_is_edited_in_a_private_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """0600 in a folder of 0700, removed when the editor is closed."""
    script = tmp_path / "edit.py"
    script.write_text(SCRIPT)
    monkeypatch.setenv("EDITOR", f"{sys.executable} {script}")
    file_mode, folder_mode, path, text = edit_in_editor("é").split(" ")
    assert (file_mode, folder_mode, text) == ("0o600", "0o700", "é")
    assert not Path(path).parent.exists()


def test_visual_comes_before_editor(tmp_path: Path) -> None:
    """Then vi, then nano, whichever is there."""
    for name in ("mine", "vi"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
    path = str(tmp_path)
    assert editor_command({"VISUAL": "mine -w", "EDITOR": "vi", "PATH": path}) == ["mine", "-w"]
    assert editor_command({"PATH": path}) == [str(tmp_path / "vi")]


@pytest.mark.parametrize(
    ("environ", "reason"),
    [
        ({"EDITOR": "no-such-program"}, "there is no such program"),
        ({"VISUAL": "'open"}, "a quotation mark is not closed"),
        ({"PATH": ""}, "set EDITOR"),
    ],
)
def test_a_missing_editor_is_told(environ: dict[str, str], reason: str) -> None:
    """With the variable, and what to do."""
    with pytest.raises(EditorError, match=reason):
        editor_command(environ)


def test_an_editor_that_fails_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """As with an abort by the user."""
    monkeypatch.setenv("EDITOR", "false")
    with pytest.raises(EditorError, match="exited with status 1"):
        edit_in_editor("text")


def test_a_text_that_was_changed_before_an_error_is_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after ``:cq`` in vi, or a crash after saving."""
    program = tmp_path / "editor.sh"
    program.write_text('#!/bin/sh\nprintf changed > "$1"\nkill -TERM $$\n')
    program.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(program))
    with pytest.raises(EditorFailed, match="was ended by SIGTERM") as failed:
        edit_in_editor("text")
    assert failed.value.text == "changed"


def test_an_editor_that_removes_its_file_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reason is given, not a traceback."""
    program = tmp_path / "editor.sh"
    program.write_text('#!/bin/sh\nrm "$1"\n')
    program.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(program))
    with pytest.raises(EditorError, match="No such file"):
        edit_in_editor("text")
