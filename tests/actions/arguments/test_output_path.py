"""Output paths are checked before anything is asked of the service."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.actions.arguments.output_path import check_output_path
from tui.actions.verb import InputError


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        (".", "is a folder"),
        ("no/x", "no folder"),
        ("file/x", "no folder"),
        ("x" * 300, "cannot be written"),
        ("a\0b", "cannot be written"),
        ("circle", "cannot be written"),
    ],
)
def test_a_path_that_cannot_be_written_is_refused(tmp_path: Path, name: str, reason: str) -> None:
    """Folders, files as folders, names that no file can have."""
    (tmp_path / "file").touch()
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    with pytest.raises(InputError, match=reason):
        check_output_path(tmp_path / name)


def test_a_file_that_must_be_new_may_not_exist(tmp_path: Path) -> None:
    """Not even as a symbolic link that leads nowhere."""
    (tmp_path / "there").touch()
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for name in ("there", "link"):
        check_output_path(tmp_path / name)
        with pytest.raises(InputError, match="exists"):
            check_output_path(tmp_path / name, must_be_new=True)


def test_a_new_file_and_standard_output_pass(tmp_path: Path) -> None:
    """Nothing is created by looking."""
    check_output_path(tmp_path / "x", must_be_new=True)
    check_output_path(Path("-"), must_be_new=True, may_be_standard_output=True)
    with pytest.raises(InputError, match="name a file"):
        check_output_path(Path("-"), must_be_new=True)
    assert not list(tmp_path.iterdir())
