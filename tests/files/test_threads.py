"""Blocking work beside the event loop."""

from __future__ import annotations

import asyncio
import threading

import pytest

from tui.files.threads import run_stoppable, run_uncancellable


async def test_a_caller_that_is_cancelled_twice_waits_all_the_same() -> None:
    """It went on at the second time, and closed a database that the thread still read: a crash in C."""
    begun, may_end, ended = threading.Event(), threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        assert may_end.wait(20)
        ended.set()

    task = asyncio.create_task(run_uncancellable(work))
    await asyncio.to_thread(begun.wait, 20)
    for _ in range(3):
        task.cancel()
        await asyncio.sleep(0.01)
        assert not task.done()
    may_end.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert ended.is_set()


async def test_long_work_is_asked_to_end_and_what_it_raises_then_is_no_news() -> None:
    """The caller is cancelled, whatever the work says of being stopped."""
    unheard: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: unheard.append(context))
    begun, stop = threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        assert stop.wait(20)
        raise ValueError("stopped")

    task = asyncio.create_task(run_stoppable(work, stop.set))
    await asyncio.to_thread(begun.wait, 20)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    del task
    assert unheard == []


def test_the_end_of_the_loop_waits_for_the_thread_too() -> None:
    """It cancels every task: the one around the thread was done then, and its caller closed what it read."""
    happened: list[str] = []
    begun, may_end = threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        assert may_end.wait(20)
        happened.append("the thread ended")

    async def caller() -> None:
        try:
            await run_uncancellable(work)
        finally:
            happened.append("the caller went on")

    async def main() -> asyncio.Task[None]:
        task = asyncio.create_task(caller())
        await asyncio.to_thread(begun.wait, 20)
        threading.Timer(0.2, may_end.set).start()
        return task

    assert asyncio.run(main()).cancelled()
    assert happened == ["the thread ended", "the caller went on"]


async def test_a_result_and_an_error_come_back() -> None:
    """As from a plain call."""
    assert await run_uncancellable(divmod, 7, 3) == (2, 1)
    with pytest.raises(ZeroDivisionError):
        await run_uncancellable(divmod, 7, 0)
