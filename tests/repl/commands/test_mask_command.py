"""The REPL with masks on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from prompt_toolkit.document import Document
from prompt_toolkit.history import InMemoryHistory
from prompt_toolkit.layout.processors import TransformationInput

from tests.support import repl_sessions
from tests.support.personal import Watch, account, session_masks
from tui.actions.exit_codes import ExitCode
from tui.orders.privacy import Masks
from tui.repl.completion.complete_line import complete_line
from tui.repl.completion.knowledge import Knowledge
from tui.repl.history import HistoryMask
from tui.repl.interpreter import Interpreter
from tui.repl.output import Output
from tui.repl.prompt_texts import prompt, spoken_prompt

ORDERS, VALUES = account(20)
WATCH = Watch(VALUES)


@pytest.fixture
def masks() -> Masks:
    """The session's masks, off at first."""
    return session_masks()


@pytest.fixture
def repl(tmp_path: Path, masks: Masks) -> Interpreter:
    """A session on the account of people, on a terminal."""
    output = Output(terminal=True, masks=masks)
    return repl_sessions.interpreter(tmp_path, documents=tuple(ORDERS), output=output)


async def told(repl: Interpreter, capsys: pytest.CaptureFixture[str], *lines: str) -> str:
    """What lines print and say."""
    capsys.readouterr()
    for line in lines:
        await repl.execute(line)
    written = capsys.readouterr()
    return written.out + written.err


async def test_masks_are_put_on_and_taken_off(repl: Interpreter, capsys: pytest.CaptureFixture[str]) -> None:
    """What was read before is masked as well; alone the verb says how it is."""
    assert WATCH.found(await told(repl, capsys, "list limit 20 columns id,metadata.note"))
    assert "masks are on" in await told(repl, capsys, "mask on")
    assert WATCH.found(await told(repl, capsys, "_", "_[0]", "_[3].metadata.note", "mask")) == []
    assert "masks are off" in await told(repl, capsys, "mask off", "mask")
    assert WATCH.found(await told(repl, capsys, "_"))


@pytest.mark.parametrize(
    "line",
    [
        "list limit 20 columns id,metadata.recipient,metadata.log",
        "list limit 20 format json",
        "list limit 20 format vertical columns metadata.note,metadata.email",
        "get WEB-0003",
        "get WEB-0004 format csv",
        "_.metadata.recipient",
        "_.items[0].metadata",
        "_.metadata.nothing",
        "kept = _.metadata.email",
        "$kept",
        "get $kept",
        "history",
        "list where metadata.email:$kept limit 3",
    ],
)
async def test_no_line_shows_anybody(
    repl: Interpreter, capsys: pytest.CaptureFixture[str], line: str
) -> None:
    """Results in every form, values, paths that lead nowhere, errors that repeat a value."""
    await told(repl, capsys, "mask on", "get WEB-0003", "kept = _.metadata.email")
    assert WATCH.found(await told(repl, capsys, line)) == []


async def test_files_and_pipes_are_masked_too(
    repl: Interpreter, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """What is written while masks are on is what is shown."""
    for number, suffix in enumerate(("json", "jsonl", "csv", "txt")):
        target = tmp_path / f"orders{number}.{suffix}"
        await told(repl, capsys, "mask on", f"list limit 20 columns id,metadata.note > {target}")
        assert "ord_" in target.read_text(encoding="utf-8")
        assert WATCH.found(target.read_text(encoding="utf-8")) == []
    note = tmp_path / "note.txt"
    await told(repl, capsys, "get WEB-0003", f"_.metadata.note | cat > {note}")
    assert WATCH.found(note.read_text(encoding="utf-8")) == []


async def test_lines_work_on_the_real_values(repl: Interpreter, capsys: pytest.CaptureFixture[str]) -> None:
    """A filter finds them, and what is kept is what came."""
    await told(repl, capsys, "mask on", "get WEB-0003", "kept = _.metadata.email")
    assert repl.memory.variables["kept"] == ORDERS[3]["metadata"]["email"]
    said = await told(repl, capsys, "list where metadata.email:$kept", "_[0].id")
    assert ORDERS[3]["id"] in said


async def test_python_is_off(repl: Interpreter, capsys: pytest.CaptureFixture[str]) -> None:
    """It could print what it likes."""
    said = await told(repl, capsys, "mask on", "get WEB-0003", "py print(_)")
    assert "Python is off" in said
    assert WATCH.found(said) == []


async def test_masks_of_a_profile_stay_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The verb is refused, with the reason."""
    output = Output(terminal=True, masks=session_masks(always=True))
    repl = repl_sessions.interpreter(tmp_path, documents=tuple(ORDERS), output=output)
    assert await repl.execute("mask off") is ExitCode.REFUSED
    assert "stay on" in capsys.readouterr().err
    assert output.masks.on


async def test_completion_proposes_nothing_personal(
    repl: Interpreter, capsys: pytest.CaptureFixture[str], masks: Masks, tmp_path: Path
) -> None:
    """Neither values seen nor words typed before; fields and statuses are still there."""
    await told(repl, capsys, "list limit 20")
    used = {VALUES[0]: 3, "list": 2}

    def proposed(line: str) -> str:
        knowledge = Knowledge.of(repl.memory, used, (), repl.folders, masks)
        found = complete_line(line, len(line), knowledge)
        return json.dumps([(each.text, each.display, each.help) for each in found], ensure_ascii=False)

    lines = ("list where metadata.email:", "list where metadata.", "get ", "_[0].metadata.")
    assert WATCH.found("".join(map(proposed, lines)))
    await told(repl, capsys, "mask on")
    assert WATCH.found("".join(map(proposed, lines))) == []
    assert "paid" in proposed("list where status:p").lower()
    assert "WEB-0001" in proposed("get WEB")


def test_the_prompt_says_so() -> None:
    """In words, for eyes and ears."""
    standing = repl_sessions.standing()
    assert "MASKED" in "".join(text for _, text, *_ in prompt(standing, masked=True))
    assert "masked" in spoken_prompt(standing, masked=True)
    assert "masked" not in spoken_prompt(standing).lower()


class _Buffer:
    """As much of a prompt's buffer as tells whether a line was recalled."""

    def __init__(self, text: str, *, recalled: bool) -> None:
        self.document = Document(text)
        self._working_lines = [text, ""] if recalled else [text]
        self.working_index = 0
        self.history = InMemoryHistory()


def shown(masks: Masks, text: str, *, recalled: bool) -> tuple[str, Any]:
    """A line as the prompt shows it."""
    buffer: Any = _Buffer(text, recalled=recalled)
    control: Any = type("Control", (), {"buffer": buffer})()
    given = TransformationInput(control, buffer.document, 0, lambda at: at, [("", text)], 80, 1)
    made = HistoryMask(masks).apply_transformation(given)
    return "".join(part for _, part, *_ in made.fragments), made


def test_a_recalled_line_is_masked_and_the_cursor_keeps_its_place(masks: Masks) -> None:
    """A line of the history may be anybody's; the one that is typed is the person's own."""
    masks.put_on()
    masks.learn({"metadata": {"recipient": "麤爨 Zquaxoqe"}})
    line = "list where 麤爨 Zquaxoqe limit 3"
    typed, _ = shown(masks, line, recalled=False)
    assert typed == line
    masked, made = shown(masks, line, recalled=True)
    assert "Zqua" not in masked
    assert masked.startswith("list where *")
    assert masked.endswith(" limit 3")
    end = len(line)
    assert made.source_to_display(end) == len(masked)
    assert made.display_to_source(len(masked)) == end
    assert made.source_to_display(len("list where ")) == len("list where ")
