"""The exit guard alone: what it asks about and waits for before the app exits."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, cast

from textual.app import App
from textual.screen import Screen

from tui.app.screens.exit_guard import ExitGuard


class Change:
    """A change that is being sent until ``done``."""

    def __init__(self) -> None:
        self.done = asyncio.Event()

    @property
    def under_way(self) -> bool:
        """Whether it is being sent."""
        return not self.done.is_set()

    async def finish(self) -> None:
        """Wait for its outcome."""
        await self.done.wait()


class Question(Screen[Any]):
    """Asks what becomes of a job."""


class RunningJob:
    """A job that runs; ``moves`` is whether another process can go on with it."""

    are_running = True

    def __init__(self, *, moves: bool = True) -> None:
        self.moves = moves
        self.questions: list[str] = []

    def exit_dialog(self, question: str) -> Question:
        """The question before the exit."""
        self.questions.append(question)
        return Question()

    async def move_to_background(self) -> bool:
        """Let another process go on."""
        return self.moves


def guard(app: App[Any], change: Change | None = None, job: RunningJob | None = None) -> ExitGuard:
    """A guard over fakes."""
    return ExitGuard(app.screen, changing=lambda: cast("Any", change), jobs=lambda: cast("Any", job))


async def until(is_true: Callable[[], bool]) -> None:
    """Wait for it, a few seconds at most."""
    for _ in range(1000):
        if is_true():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("never came true")


async def test_nothing_in_progress_exits_at_once() -> None:
    """With the request as the app's result."""
    app: App[str] = App()
    async with app.run_test():
        guard(app).exit(cast("Any", "the repl"), "Leave?")
    assert app.return_value == "the repl"


async def test_a_change_that_is_being_sent_is_waited_for() -> None:
    """The app exits when its outcome is known."""
    app: App[str] = App()
    async with app.run_test() as pilot:
        change = Change()
        guard(app, change).exit(None, "Leave?")
        await pilot.pause(0.05)
        assert not app._exit
        change.done.set()
        await until(lambda: app._exit)


async def test_a_running_job_is_asked_about_once() -> None:
    """Staying exits nothing; a second request asks no second question."""
    app: App[str] = App()
    async with app.run_test():
        job = RunningJob()
        leaving = guard(app, job=job)
        leaving.exit(None, "Leave Ordex?")
        leaving.exit(None, "Leave Ordex?")
        await until(lambda: isinstance(app.screen, Question))
        assert job.questions == ["Leave Ordex?"]
        app.screen.dismiss(None)
        await app.workers.wait_for_complete()
        assert not app._exit
        leaving.exit(None, "Leave Ordex?")
        await until(lambda: isinstance(app.screen, Question))
        app.screen.dismiss("leave")
        await until(lambda: app._exit)


async def test_a_job_that_cannot_move_to_the_background_keeps_the_app_open() -> None:
    """The user chose to keep the job running."""
    app: App[str] = App()
    async with app.run_test() as pilot:
        guard(app, job=RunningJob(moves=False)).exit(None, "Leave Ordex?")
        await until(lambda: isinstance(app.screen, Question))
        app.screen.dismiss("background")
        await pilot.pause(0.05)
        assert not app._exit
