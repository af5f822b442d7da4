"""Lines that run, without a network and without a terminal."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from tests.support.repl_sessions import FakeClient, FakePerson, interpreter
from tui.actions.exit_codes import ExitCode
from tui.repl.interpreter import Interpreter


async def ran(repl: Interpreter, *lines: str) -> int:
    """Run lines; return the last one's code."""
    code = ExitCode.DONE
    for line in lines:
        code = await repl.execute(line)
    return code


async def test_list_prints_and_tells(repl: Interpreter, capsys: pytest.CaptureFixture[str]) -> None:
    """Data goes to stdout, the account of it to stderr."""
    assert await ran(repl, "list limit 2") == ExitCode.DONE
    out, err = capsys.readouterr()
    assert [line.split()[1] for line in out.splitlines()] == ["ID", "ord_1", "ord_2"]
    assert "2 of 3 orders · newest first · 1 call" in err


async def test_underscore_is_the_last_result(repl: Interpreter, capsys: pytest.CaptureFixture[str]) -> None:
    """An order of the last list is named by its place, and its parts by their path."""
    assert await ran(repl, "list where status:paid", "get _[1]") == ExitCode.DONE
    assert "id: ord_3" in capsys.readouterr().out
    assert await ran(repl, "get _", "_.metadata.channel", "$ids") == ExitCode.DONE
    assert capsys.readouterr().out.endswith("app\nord_1\nord_3\n")


async def test_variables(repl: Interpreter, capsys: pytest.CaptureFixture[str]) -> None:
    """Values, texts, numbers, JSON and results are kept."""
    await ran(repl, "get ord_1", "who = _.customer.id", "$who", "n = 5", "$n", 'j = {"a": [1]}', "$j.a[0]")
    assert capsys.readouterr().out.endswith("cust_a\n5\n1\n")
    await ran(repl, "paid = list where status:paid", "$paid[1].id", "t = 'two words'", "$t")
    assert capsys.readouterr().out == "ord_3\ntwo words\n"


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("lsit", 2, "did you mean “list”?"),
        ("list where fo:x", 2, "fo:x"),
        ("list columns nope", 2, "columns: there is no column “nope”"),
        ("get nope", 3, "Cannot find order with id nope"),
        ("get", 2, "get needs ID"),
        ("_", 2, "no result yet"),
        ("ids = 5", 2, "reserved for the last list"),
        ("x =", 2, "value after = is missing"),
        ("x = a b", 2, "only one value"),
        ("x=5", 2, "spaces around ="),
        ("help nope", 2, "no help on"),
        ("set pager", 2, "on or off"),
        ("help | cat", 2, "no output to pipe"),
        ("| cat", 2, "command is missing before"),
        ("run nope", 2, "unknown alias"),
        ("use nope", 2, "there is no profile"),
        ("watch 5", 2, "needs a line"),
        ("watch 5 help", 2, "one command that only reads"),
        ("source /nowhere/x", 2, "cannot be read"),
        ("list > /nowhere/x.csv", 2, "there is no folder"),
        ("py 1/0", 2, "ZeroDivisionError"),
        ("py (", 2, "Python: "),
    ],
)
async def test_errors_are_sentences(
    repl: Interpreter, capsys: pytest.CaptureFixture[str], line: str, code: int, said: str
) -> None:
    """A mistake is told on stderr with what to do, prints nothing, and has its exit code."""
    assert await ran(repl, line) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert "Traceback" not in err


async def test_a_fault_of_ours_keeps_the_session(
    repl: Interpreter, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever a verb raises becomes a sentence."""

    async def broken(*_: object, **__: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr(FakeClient, "list_orders", broken)
    assert await ran(repl, "list") == ExitCode.UNEXPECTED
    assert "unexpected RuntimeError: boom" in capsys.readouterr().err
    assert await ran(repl, "get ord_1") == ExitCode.DONE


async def test_pipe_gets_json_lines(repl: Interpreter, tmp_path: Path) -> None:
    """A list reaches the shell as one document a line, one order as one document."""
    target = tmp_path / "out"
    assert await ran(repl, f"list limit 2 | cat > {target}") == ExitCode.DONE
    assert [json.loads(line)["id"] for line in target.read_text().splitlines()] == ["ord_1", "ord_2"]
    assert await ran(repl, f"get ord_1 | cat > {target}") == ExitCode.DONE
    assert json.loads(target.read_text())["id"] == "ord_1"
    assert await ran(repl, f"list limit 1 format csv columns id | cat > {target}") == ExitCode.DONE
    assert target.read_text() == "id\nord_1\n"
    assert await ran(repl, f"$ids | wc -l > {target}") == ExitCode.DONE
    assert target.read_text().strip() == "1"


async def test_a_failing_command_is_told(repl: Interpreter, capsys: pytest.CaptureFixture[str]) -> None:
    """The shell's exit code is said, and a command that does not read is no error of ours."""
    assert await ran(repl, "list | exit 3") == ExitCode.USAGE
    assert "exit exited with status 3" in capsys.readouterr().err
    assert await ran(repl, "list | true") == ExitCode.DONE


async def test_data_never_reaches_the_shell_as_text(tmp_path: Path) -> None:
    """A value of an order is not put into a command: the command is the user's own text."""
    hostile = ({"id": f"$(touch {tmp_path}/owned)", "metadata": {}},)
    repl = interpreter(tmp_path, documents=hostile)
    await ran(
        repl, "list", "x = _[0].id", f"_[0].id | cat > {tmp_path}/out", f"list | cat '$x' >> {tmp_path}/out"
    )
    assert not (tmp_path / "owned").exists()
    assert (tmp_path / "out").read_text() == f"$(touch {tmp_path}/owned)\n"


async def test_files_choose_their_format(repl: Interpreter, tmp_path: Path) -> None:
    """The ending of a file decides, a line's own format wins, and >> adds."""
    await ran(repl, f"list limit 1 columns id > {tmp_path}/a.csv", f"list limit 1 > {tmp_path}/a.json")
    assert (tmp_path / "a.csv").read_text() == "id\nord_1\n"
    assert json.loads((tmp_path / "a.json").read_text())[0]["id"] == "ord_1"
    await ran(repl, f"list limit 1 columns id format csv >> '{tmp_path}/a.csv'")
    assert (tmp_path / "a.csv").read_text() == "id\nord_1\nid\nord_1\n"
    await ran(repl, "name = b", f"list limit 1 > {tmp_path}/$name.txt")
    assert (tmp_path / "b.txt").read_text().startswith("Status")


async def test_a_failed_verb_leaves_the_file(repl: Interpreter, tmp_path: Path) -> None:
    """What cannot be read replaces nothing."""
    target = tmp_path / "a.json"
    target.write_text("before")
    assert await ran(repl, f"get nope >| {target}") == ExitCode.NOT_FOUND
    assert target.read_text() == "before"


async def test_a_file_is_replaced_only_when_asked(repl: Interpreter, tmp_path: Path) -> None:
    """``>`` makes a new file, ``>|`` replaces one, as a shell does with ``noclobber``."""
    target = tmp_path / "a.json"
    target.write_text("before")
    assert await ran(repl, f"list limit 1 > {target}") == ExitCode.USAGE
    assert target.read_text() == "before"
    assert await ran(repl, f"list limit 1 >| {target}") == ExitCode.DONE
    assert "ord_1" in target.read_text()


async def test_format_is_kept_for_the_session(repl: Interpreter, capsys: pytest.CaptureFixture[str]) -> None:
    """Until it is auto again."""
    await ran(repl, "format csv", "list limit 1 columns id", "format auto", "list limit 1 columns id")
    assert capsys.readouterr().out == "id\nord_1\nID\nord_1\n"


async def test_aliases_have_parameters(repl: Interpreter, capsys: pytest.CaptureFixture[str]) -> None:
    """A named line is run with words, kept on disk, and forgotten."""
    await ran(repl, "alias of = list where customer:$1 columns id format csv", "run of cust_b")
    assert capsys.readouterr().out == "id\nord_3\n"
    await ran(repl, "alias")
    assert "alias of = list where customer:$1 columns id format csv\n" in capsys.readouterr().out
    assert await ran(repl, "run of") == ExitCode.USAGE
    assert "the alias needs $1" in capsys.readouterr().err
    assert await ran(repl, "alias of =", "run of x") == ExitCode.USAGE


async def test_a_parameter_stays_one_value(repl: Interpreter, capsys: pytest.CaptureFixture[str]) -> None:
    """Spaces and quotes in it do not become conditions of the filter."""
    await ran(repl, "alias of = list where source_id:$1 columns id format csv", "run of 'x or has:id'")
    assert capsys.readouterr().out == "id\n"


async def test_circles_end(repl: Interpreter, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Queries and scripts that run each other stop after some depth."""
    script = tmp_path / "again.ordex"
    script.write_text(f"source {script}\n")
    assert await ran(repl, "alias a = run a", "run a") == ExitCode.USAGE
    assert await ran(repl, f"source {script}") == ExitCode.USAGE
    assert "does one run itself" in capsys.readouterr().err


async def test_watch_repeats_and_tells_the_cost(
    repl: Interpreter, capsys: pytest.CaptureFixture[str]
) -> None:
    """It runs until it is cancelled."""
    task = asyncio.create_task(repl.execute("watch 1 list limit 1 columns id format csv"))
    await asyncio.sleep(1.3)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    out, err = capsys.readouterr()
    assert out == "id\nord_1\n" * 2
    assert "every 1 s · 1 call a time, about 3,600 an hour" in err
    assert repl.preferences.pager


async def test_watch_is_slower_on_real_accounts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each run costs calls, so there is a least interval."""
    repl = interpreter(tmp_path, kind="production")
    assert await ran(repl, "watch 1 list") == ExitCode.USAGE
    assert "at most every 2 seconds" in capsys.readouterr().err


async def test_python_is_for_sandboxes(
    repl: Interpreter, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Code sees the client and the orders; on production it is off."""
    lines = (
        "list",
        "py [order.id for order in orders]",
        "py n = 3",
        "py n + 1",
        "await api.get_order('ord_2')",
    )
    assert await ran(repl, *lines, "_.id") == ExitCode.DONE
    out = capsys.readouterr().out
    assert "['ord_1', 'ord_2', 'ord_3']\n4\n" in out
    assert out.endswith("ord_2\n")
    production = interpreter(tmp_path, kind="production")
    assert await ran(production, "py 1") == ExitCode.USAGE
    assert "Python is off" in capsys.readouterr().err


async def test_use_changes_the_account(repl: Interpreter, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another account's orders are others: what was read is forgotten, rights are not carried over."""
    monkeypatch.setenv("VOUCHERIFY_APP_ID", "a")
    monkeypatch.setenv("VOUCHERIFY_APP_TOKEN", "b")
    await ran(repl, "list", "keep = _[0].id")
    assert await ran(repl, "use environment") == ExitCode.DONE
    assert (repl.connection.profile.kind, repl.connection.profile.read_only) == ("production", True)
    assert (repl.memory.last, repl.memory.ids) == (None, [])
    assert repl.memory.variables == {"keep": "ord_1"}


async def test_use_asks_for_a_token_that_is_kept_nowhere(
    repl: Interpreter, capsys: pytest.CaptureFixture[str]
) -> None:
    """Unseen, once a process; who leaves it stays on the account that was in use."""
    person = repl.person = FakePerson()
    repl.folders.config_file.parent.mkdir(parents=True)
    repl.folders.config_file.write_text('[profiles.till]\napp_id = "a"\nsecret = "prompt"\n')
    assert await ran(repl, "use till") == ExitCode.INTERRUPTED
    assert repl.connection.profile.name == "sandbox"
    assert "the session stays on sandbox" in capsys.readouterr().err
    person.typed = "canary-typed-in-a-session"
    assert await ran(repl, "use till", "use sandbox", "use till") == ExitCode.DONE
    assert repl.connection.profile.token.read().reveal() == person.typed
    assert [prompt.hidden for prompt in person.prompts] == [True, True]
    assert "PRODUCTION, api.voucherify.io" in person.prompts[0].text
    assert person.typed not in "".join(capsys.readouterr())


@pytest.mark.parametrize(
    ("lines", "order_id", "where", "ids"),
    [
        (("list where status:paid", "explore"), None, "status:paid", ("ord_1", "ord_3")),
        (("list", "explore"), None, None, ("ord_1", "ord_2", "ord_3")),
        (("get ord_2", "explore"), "ord_2", None, ()),
        (("explore",), None, None, ()),
    ],
)
async def test_explore_leaves_for_a_place(
    repl: Interpreter, lines: tuple[str, ...], order_id: str | None, where: str | None, ids: tuple[str, ...]
) -> None:
    """The end says where the explorer is to open."""
    assert await ran(repl, *lines) == ExitCode.DONE
    assert repl.leave is not None
    place = repl.leave.explore
    assert place is not None
    found = tuple(order.id for order in place.orders)
    assert (place.order_id, place.where, found) == (order_id, where, ids)


async def test_exit_has_a_code(repl: Interpreter) -> None:
    """``exit 3`` leaves with 3."""
    await ran(repl, "exit 3")
    assert repl.leave is not None
    assert repl.leave.code == 3


async def test_history_and_clear(repl: Interpreter, capsys: pytest.CaptureFixture[str]) -> None:
    """Lines typed before are found by words, and shown visibly."""
    repl.person.lines = ["list", "get ord_1\x1b[2J", "list limit 5"]  # type: ignore[attr-defined]
    await ran(repl, "history ord_1", "history limit list", "clear")
    assert capsys.readouterr().out == "get ord_1^[[2J\nlist limit 5\n"
    assert repl.person.cleared == 1  # type: ignore[attr-defined]
