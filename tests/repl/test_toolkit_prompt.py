"""The terminal's prompt, with keys from a pipe."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput

from tests.support.repl_sessions import standing
from tui.actions.account_status import AccountStatus
from tui.actions.prompts import Confirmation
from tui.orders.privacy import Masks
from tui.repl.completion.knowledge import Knowledge
from tui.repl.prompt_texts import PromptStatus
from tui.repl.toolkit_prompt import ToolkitPrompt


@pytest.fixture
def keys() -> Iterator[PipeInput]:
    """What is typed."""
    with create_pipe_input() as made, create_app_session(input=made, output=DummyOutput()):
        yield made


@pytest.fixture
def notes() -> list[str]:
    """What is said."""
    return []


@pytest.fixture
def prompt(notes: list[str]) -> ToolkitPrompt:
    """A prompt that knows nothing."""
    return made(notes)


def made(notes: list[str], *, knowledge: Callable[[], Knowledge] = Knowledge) -> ToolkitPrompt:
    """A prompt with this knowledge."""
    return ToolkitPrompt(
        knowledge=knowledge,
        status=lambda: PromptStatus(sandbox()),
        note=notes.append,
        vi=lambda: False,
        coloured=True,
        masks=Masks(),
    )


async def test_lines_are_read_and_kept(keys: PipeInput, prompt: ToolkitPrompt, tmp_path: Path) -> None:
    """An open bracket asks for another line, and the history holds the whole."""
    keys.send_text("get {\r}\r")
    assert await prompt.read(sandbox, tmp_path / "history") == "get {\n}"
    assert prompt.typed_lines() == ["get {\n}"]
    assert (tmp_path / "history").stat().st_mode & 0o777 == 0o600


async def test_leaving_and_giving_up(keys: PipeInput, prompt: ToolkitPrompt, tmp_path: Path) -> None:
    """ctrl-d exits at an empty line, ctrl-c gives a line up."""
    keys.send_text("abc\x03")
    with pytest.raises(KeyboardInterrupt):
        await prompt.read(sandbox, tmp_path / "history")
    keys.send_text("\x04")
    with pytest.raises(EOFError):
        await prompt.read(sandbox, tmp_path / "history")


async def test_an_interrupt_counts_while_the_line_waits_for_its_completions(
    keys: PipeInput, notes: list[str], tmp_path: Path
) -> None:
    """Once lost: the prompt was over for the person, its keys were nobody's, and the verb ran on."""
    held, going_on = threading.Event(), threading.Event()

    def slow() -> Knowledge:
        held.set()
        going_on.wait(10)
        return Knowledge()

    async def read() -> str:
        try:
            return await made(notes, knowledge=slow).read(sandbox, tmp_path / "history")
        except KeyboardInterrupt:
            return "given up"

    keys.send_text("l")
    reading = asyncio.create_task(read())
    assert await asyncio.to_thread(held.wait, 10)
    keys.send_text("ist\r")
    await asyncio.sleep(0.1)
    signal.raise_signal(signal.SIGINT)
    await asyncio.sleep(0.05)
    going_on.set()
    assert await reading == "given up"
    assert notes == ["stopped"]


def sandbox() -> AccountStatus:
    """How the embedded sandbox stands."""
    return standing()


SHOP = AccountStatus("shop", "production", "api.voucherify.io", read_only=False)


@pytest.mark.parametrize(
    ("typed", "question", "answer"),
    [
        ("y\r", Confirmation(SHOP, "Change it?"), True),
        ("yes\r", Confirmation(SHOP, "Change it?"), True),
        ("\r", Confirmation(SHOP, "Change it?"), False),
        ("\x03", Confirmation(SHOP, "Change it?"), False),
        ("\x04", Confirmation(SHOP, "Change it?"), False),
        ("production\r", Confirmation(SHOP, "Change it?", typed="production"), True),
        ("y\r", Confirmation(SHOP, "Change it?", typed="production"), False),
    ],
)
async def test_questions(
    keys: PipeInput,
    prompt: ToolkitPrompt,
    typed: str,
    question: Confirmation,
    answer: bool,
) -> None:
    """Only a plain yes, or the whole word where one is asked for, agrees."""
    keys.send_text(typed)
    assert await prompt.ask(question) is answer


async def test_details_are_told_before_the_question(
    keys: PipeInput, prompt: ToolkitPrompt, notes: list[str]
) -> None:
    """What would happen stands above."""
    keys.send_text("n\r")
    await prompt.ask(Confirmation(SHOP, "Change it?", details=("status: CREATED → PAID",)))
    assert notes == ["status: CREATED → PAID"]
