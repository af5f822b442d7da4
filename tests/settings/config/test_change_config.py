"""Writing the settings file."""

from __future__ import annotations

import multiprocessing
import os
import stat
import threading
from pathlib import Path

import pytest

from tui.settings.config.config_file import Config, change_config, read_config
from tui.settings.config.toml_editing import NotEditable, set_value
from tui.settings.setting_errors import SettingsError


def theme(name: str) -> object:
    """A change of the theme."""
    return lambda text: set_value(text, ("theme",), name)


def add_profile(path: Path, number: int) -> None:
    """Add a profile, as another process would."""
    change_config(path, lambda text: set_value(text, ("profiles", f"p{number}", "kind"), "sandbox"))


def test_a_new_file_is_the_users_alone(tmp_path: Path) -> None:
    """As is its folder; nothing else is left there. Also where new files would be open to all."""
    path = tmp_path / "config" / "config.toml"
    before = os.umask(0)
    try:
        config = change_config(path, theme("ordex-light"))
    finally:
        os.umask(before)
    assert config.theme == "ordex-light"
    assert path.read_text() == 'theme = "ordex-light"\n'
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert list(path.parent.iterdir()) == [path]


def test_what_would_be_faulty_is_not_written(tmp_path: Path) -> None:
    """By the file's own rules, or by those of who asks."""
    path = tmp_path / "config.toml"
    path.write_text("mask = true\n")

    def refuse(_: Config) -> None:
        raise SettingsError("not so")

    with pytest.raises(SettingsError, match="there is no setting"):
        change_config(path, lambda text: text + "thme = 1\n")
    with pytest.raises(SettingsError, match="not so"):
        change_config(path, theme("x"), check=refuse)
    assert path.read_text() == "mask = true\n"
    assert list(tmp_path.iterdir()) == [path]


def test_a_fault_can_be_taken_out(tmp_path: Path) -> None:
    """A file that is faulty is changed if it is sound then."""
    path = tmp_path / "config.toml"
    path.write_text("thme = 1\nmask = true\n")
    assert change_config(path, lambda text: text.replace("thme = 1\n", "")).mask is True


def test_what_is_no_toml_is_left_alone(tmp_path: Path) -> None:
    """It is said where; nothing is asked of the change."""
    path = tmp_path / "config.toml"
    path.write_text("mask = true\ntheme =\n")
    with pytest.raises(SettingsError, match=r"config\.toml:2: this is not TOML"):
        change_config(path, lambda _: pytest.fail("it was changed"))


def test_what_can_only_be_changed_by_hand_is_said(tmp_path: Path) -> None:
    """With the file."""

    def change(_: str) -> str:
        raise NotEditable("a comment would be lost")

    with pytest.raises(SettingsError, match=r"cannot be changed by Ordex \(a comment would be lost\)"):
        change_config(tmp_path / "config.toml", change)


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """People keep their settings elsewhere and link to them."""
    kept = tmp_path / "dotfiles.toml"
    kept.write_text("# mine\n")
    (tmp_path / "config").mkdir()
    path = tmp_path / "config" / "config.toml"
    path.symlink_to(kept)
    change_config(path, theme("ordex-light"))
    assert path.is_symlink()
    assert kept.read_text() == '# mine\ntheme = "ordex-light"\n'


def test_a_file_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    """Its folder is a file."""
    (tmp_path / "config").touch()
    with pytest.raises(SettingsError, match="cannot be"):
        change_config(tmp_path / "config" / "config.toml", theme("x"))


def test_changes_at_once_are_all_made(tmp_path: Path) -> None:
    """Of several processes each waits for the one before it."""
    path = tmp_path / "config.toml"
    context = multiprocessing.get_context("spawn")
    running = [context.Process(target=add_profile, args=(path, number)) for number in range(4)]
    for process in running:
        process.start()
    for process in running:
        process.join()
    assert sorted(read_config(path).profiles) == ["p0", "p1", "p2", "p3"]


def test_two_changes_at_once_are_both_kept(tmp_path: Path) -> None:
    """Under many schedules; a reader never sees half a file."""
    path = tmp_path / "config.toml"
    for schedule in range(100):
        barrier = threading.Barrier(2)

        def add(number: int, start: threading.Barrier = barrier) -> None:
            start.wait()
            add_profile(path, number)

        writers = [threading.Thread(target=add, args=(2 * schedule + at,)) for at in range(2)]
        for writer in writers:
            writer.start()
        while any(writer.is_alive() for writer in writers):
            read_config(path)
        names = {f"p{2 * schedule}", f"p{2 * schedule + 1}"}
        assert names <= set(read_config(path).profiles)
        if schedule % 10 == 9:
            path.unlink()
    assert list(tmp_path.iterdir()) == []
