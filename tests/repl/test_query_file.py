"""Named queries on disk."""

from pathlib import Path

from tui.repl.query_file import QueryFile
from tui.settings.folders import Folders


def test_queries_are_a_script(tmp_path: Path) -> None:
    """What is written reads back, lines over several lines too, and only its owner reads it."""
    book = QueryFile(Folders(tmp_path / "config", tmp_path, tmp_path))
    queries = {"a": "list where x:$1 | jq .", "b": "update _ --set m={\n 1\n}"}
    assert book.read() == {}
    book.write(queries)
    assert book.read() == queries
    assert book.path.read_text().startswith("query a = list where")
    assert book.path.stat().st_mode & 0o777 == 0o600


def test_other_lines_are_left_out(tmp_path: Path) -> None:
    """Comments and faults in the file cost nothing else."""
    book = QueryFile(Folders(tmp_path, tmp_path, tmp_path))
    book.path.write_text("# mine\nquery a = list\nquery = x\nquery b\n")
    assert book.read() == {"a": "list"}
