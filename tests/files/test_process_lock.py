"""Files that one process holds while it is at work."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.support.pseudo_terminal import ROOT
from tui.files.process_lock import HeldElsewhere, hold, holder_of, is_held

HOLDER = """
import sys, time
from pathlib import Path
from tui.files.process_lock import hold
with hold(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_file_is_held_by_one(tmp_path: Path) -> None:
    """It is there only meanwhile."""
    path = tmp_path / "lock"
    with hold(path):
        assert is_held(path)
        with pytest.raises(HeldElsewhere, match="this process"), hold(path, seconds=0):
            pass
        assert is_held(path)
    assert not is_held(path)
    assert list(tmp_path.iterdir()) == []


def test_another_process_is_named_until_it_is_killed(tmp_path: Path) -> None:
    """What a killed process leaves stops nobody."""
    path = tmp_path / "lock"
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        with pytest.raises(HeldElsewhere, match=f"^process {process.pid}$"), hold(path, seconds=0):
            pass
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert path.exists()
    with hold(path):
        assert holder_of(path) == "this process"


def count_up(lock: Path, counter: Path, times: int) -> None:
    """Add to a number in a file, which loses additions unless others wait."""
    for _ in range(times):
        with hold(lock, seconds=60):
            counter.write_text(str(int(counter.read_text()) + 1))


def test_processes_that_wait_never_hold_it_together(tmp_path: Path) -> None:
    """Although each removes the file when it is done."""
    lock, counter = tmp_path / "lock", tmp_path / "counter"
    counter.write_text("0")
    context = multiprocessing.get_context("spawn")
    running = [context.Process(target=count_up, args=(lock, counter, 40)) for _ in range(3)]
    for process in running:
        process.start()
    for process in running:
        process.join()
    assert counter.read_text() == "120"
    assert os.listdir(tmp_path) == ["counter"]  # noqa: PTH208 - names only


@pytest.mark.parametrize("content", ["", "no number", "12x"])
def test_a_holder_without_a_number_is_another_process(content: str, tmp_path: Path) -> None:
    """The content of the file is only a name."""
    path = tmp_path / "lock"
    path.write_text(content)
    assert holder_of(path) == "another process"


def test_a_holder_that_is_done_is_nobody(tmp_path: Path) -> None:
    """The file went when it was done."""
    assert holder_of(tmp_path / "lock") is None


def test_a_holder_that_has_just_begun_is_named(tmp_path: Path) -> None:
    """Its number comes a moment after the lock."""
    path = tmp_path / "lock"
    path.touch()
    timer = threading.Timer(0.03, lambda: path.write_text("4242"))
    timer.start()
    assert holder_of(path) == "process 4242"
    timer.join()
