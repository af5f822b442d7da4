"""Aliases on disk."""

from pathlib import Path

from tui.repl.alias_file import AliasFile
from tui.settings.folders import Folders


def test_aliases_are_a_script(tmp_path: Path) -> None:
    """What is written reads back, lines over several lines too, and only its owner reads it."""
    book = AliasFile(Folders(tmp_path / "config", tmp_path, tmp_path))
    aliases = {"a": "list where x:$1 | jq .", "b": "update _ --set m={\n 1\n}"}
    assert book.read() == {}
    book.write(aliases)
    assert book.read() == aliases
    assert book.path.read_text().startswith("alias a = list where")
    assert book.path.stat().st_mode & 0o777 == 0o600


def test_other_lines_are_left_out(tmp_path: Path) -> None:
    """Comments and faults in the file cost nothing else."""
    book = AliasFile(Folders(tmp_path, tmp_path, tmp_path))
    book.path.write_text("# mine\nalias a = list\nalias = x\nalias b\n")
    assert book.read() == {"a": "list"}
