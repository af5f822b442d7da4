"""Files and commands."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest

from tui.repl.output_target import pipe_to, write_file


async def test_a_command_that_stops_reading(tmp_path: Path) -> None:
    """``head`` may leave early; that is no error."""
    assert await pipe_to("line\n" * 200_000, f"head -1 > {tmp_path}/out") == 0
    assert (tmp_path / "out").read_text() == "line\n"


async def test_a_command_may_open_its_input_again(tmp_path: Path) -> None:
    """The input is a plain pipe, so a file's name can stand for it."""
    assert await pipe_to("line\n", f"cat /dev/stdin > {tmp_path}/out") == 0
    assert (tmp_path / "out").read_text() == "line\n"


async def test_a_cancelled_pipe_ends_its_command() -> None:
    """ctrl-c leaves no process behind."""
    begun = time.monotonic()
    task = asyncio.create_task(pipe_to("", "exec sleep 30"))
    await asyncio.sleep(0.1)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert time.monotonic() - begun < 10


async def test_a_command_is_not_given_the_token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rest of the environment is the person's own, as in their shell."""
    monkeypatch.setenv("VOUCHERIFY_APP_TOKEN", "canary-0011")
    monkeypatch.setenv("MINE", "kept")
    assert await pipe_to("", f"env > {tmp_path}/out") == 0
    told = (tmp_path / "out").read_text()
    assert "canary-0011" not in told
    assert "MINE=kept" in told


def test_replacing_keeps_the_mode(tmp_path: Path) -> None:
    """A private file stays private, and no other file is left."""
    target = tmp_path / "a"
    target.write_text("before")
    target.chmod(0o600)
    write_file(target, "after\r\n", append=False, overwrite=True)
    assert target.read_bytes() == b"after\r\n"
    assert target.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [target]


def test_devices_and_links_are_written_through(tmp_path: Path) -> None:
    """What is no plain file is not replaced by one."""
    write_file(Path("/dev/null"), "x", append=False)
    real, link = tmp_path / "real", tmp_path / "link"
    real.touch()
    link.symlink_to(real)
    write_file(link, "x", append=False, overwrite=True)
    assert (Path("/dev/null").is_char_device(), link.is_symlink(), real.read_text()) == (True, True, "x")
