"""Scripts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.actions.exit_codes import ExitCode
from tui.actions.verb import InputError
from tui.repl.interpreter import Interpreter
from tui.repl.script import ScriptLine, logical_lines, read_script, run_script


def test_logical_lines_have_the_number_they_begin_on() -> None:
    """An open bracket or quote goes on in the next line; a comment's apostrophe opens nothing."""
    text = "list\n# it's\nupdate _ --set a={\n  1\n}\n\nget 'a\nb'\n"
    assert list(logical_lines(text)) == [
        ScriptLine(1, "list"),
        ScriptLine(2, "# it's"),
        ScriptLine(3, "update _ --set a={\n  1\n}"),
        ScriptLine(6, ""),
        ScriptLine(7, "get 'a\nb'"),
    ]


def test_an_open_end_is_a_line_of_its_own() -> None:
    """A script that ends inside a quote has that line as its last, which then fails."""
    assert list(logical_lines("list\nget 'a\nb")) == [ScriptLine(1, "list"), ScriptLine(2, "get 'a\nb")]


async def test_the_first_failure_ends_a_script(repl: Interpreter, capsys: pytest.CaptureFixture[str]) -> None:
    """Its line is said, its code is the script's, and what follows does not run."""
    code = await run_script(repl, "list limit 1 columns id\n\nget nope\nlist\n", name="x.ordex")
    out, err = capsys.readouterr()
    assert code == ExitCode.NOT_FOUND
    assert out == "ID\nord_1\n"
    assert err.endswith("x.ordex: stopped at line 3\n")


async def test_exit_ends_a_script(repl: Interpreter, capsys: pytest.CaptureFixture[str]) -> None:
    """What follows does not run."""
    assert await run_script(repl, "exit 4\nlist\n", name="x") == ExitCode.DONE
    assert capsys.readouterr().out == ""
    assert repl.leave is not None
    assert repl.leave.code == 4


async def test_source_shares_the_session(repl: Interpreter, tmp_path: Path) -> None:
    """Variables set in a file stay."""
    script = tmp_path / "a b.ordex"
    script.write_text("get ord_1\nx = _.id\n")
    assert await repl.execute(f"source '{script}'") == ExitCode.DONE
    assert repl.memory.variables == {"x": "ord_1"}


def test_scripts_are_utf8(tmp_path: Path) -> None:
    """A byte order mark is no part of the text, and other encodings are refused."""
    script = tmp_path / "x"
    script.write_bytes(b"\xef\xbb\xbflist\n")
    assert read_script(script) == "list\n"
    script.write_bytes(b"\xff\xfe")
    with pytest.raises(InputError, match="not UTF-8"):
        read_script(script)
