"""Use counts."""

from pathlib import Path

from tui.repl.completion.usage import WordUsage
from tui.settings.folders import Folders, file_name


def test_counts_are_kept_privately(tmp_path: Path) -> None:
    """Words are counted over sessions, in a file that only its owner reads."""
    folders = Folders(tmp_path, tmp_path / "state", tmp_path)
    first = WordUsage.of(folders, "sandbox")
    first.note("list where status:paid | jq secret")
    first.note("list 'open")
    first.save()
    again = WordUsage.of(folders, "sandbox")
    assert again.counts == {"list": 1, "where": 1, "status:paid": 1}
    (file,) = (tmp_path / "state").iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    assert WordUsage.of(folders, "environment").counts == {}


def test_a_broken_file_counts_nothing(tmp_path: Path) -> None:
    """It is a convenience, so it never stops a session."""
    path = tmp_path / "x.json"
    for text in ("{", "[]", '{"a": "b"}', "\ufffd"):
        path.write_text(text)
        assert not WordUsage(path).counts


def test_profile_names_become_file_names() -> None:
    """No name leads out of the folder."""
    assert file_name("../x y") == "%2e%2e%2fx%20y"
