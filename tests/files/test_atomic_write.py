"""Files that appear whole, and what they never replace."""

from __future__ import annotations

import errno
import os
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tui.files import atomic_write as module
from tui.files.atomic_write import (
    atomic_path,
    atomic_write,
    atomic_write_text,
    check_target,
    publish,
    write_error_reason,
)


def mode_of(path: Path) -> int:
    """The permission bits."""
    return stat.S_IMODE(path.stat().st_mode)


@contextmanager
def umask(mask: int) -> Iterator[None]:
    """Another umask for a while."""
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o777])
def test_a_new_file_is_private_from_the_first_byte(tmp_path: Path, mask: int) -> None:
    """Whatever the umask, also while it grows."""
    target = tmp_path / "new"
    with umask(mask), atomic_write(target, overwrite=False) as file:
        file.write(b"x")
        (growing,) = tmp_path.iterdir()
        assert mode_of(growing) == 0o600
        assert not target.exists()
    assert mode_of(target) == 0o600
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize(("keep_mode", "mode"), [(True, 0o644), (False, 0o600)])
def test_a_replaced_file_keeps_its_mode_only_when_asked(tmp_path: Path, keep_mode: bool, mode: int) -> None:
    """A file that the user shares stays shared; a secret never is."""
    target = tmp_path / "there"
    target.write_text("old")
    target.chmod(0o644)
    with atomic_write_text(target, overwrite=True, keep_mode=keep_mode) as file:
        file.write("né\r\n")
    assert target.read_bytes() == "né\r\n".encode()
    assert mode_of(target) == mode


def test_an_existing_file_is_not_replaced_unasked(tmp_path: Path) -> None:
    """It is refused before anything is written."""
    target = tmp_path / "there"
    target.write_text("old")
    with pytest.raises(FileExistsError), atomic_write(target, overwrite=False):
        pytest.fail("nothing may be written")
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_file_that_appears_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    """Another program may create the target while the content grows."""
    target = tmp_path / "x"

    def write() -> None:
        with atomic_write(target, overwrite=False) as file:
            file.write(b"mine")
            target.write_text("theirs")

    with pytest.raises(FileExistsError):
        write()
    assert target.read_text() == "theirs"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("error", [ValueError(), KeyboardInterrupt(), OSError(errno.ENOSPC, "full")])
def test_after_an_error_nothing_is_left(tmp_path: Path, error: BaseException) -> None:
    """The target is as it was, and no temporary file stays."""
    target = tmp_path / "there"
    target.write_text("old")

    def write() -> None:
        with atomic_write_text(target, overwrite=True) as file:
            file.write("half")
            raise error

    with pytest.raises(type(error)):
        write()
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_full_disk_is_an_error_in_words(tmp_path: Path) -> None:
    """Also when the failure comes as late as the last flush."""
    with (
        pytest.raises(OSError, match="No space") as full,
        atomic_write_text(Path("/dev/full"), overwrite=False) as file,
    ):
        file.write("x")
    assert write_error_reason(full.value) == "the disk is full"
    assert list(tmp_path.iterdir()) == []


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """What it points at is written, where that exists only when asked to replace it."""
    real, link = tmp_path / "real", tmp_path / "link"
    link.symlink_to(real)
    with pytest.raises(FileExistsError), atomic_write(link, overwrite=False):
        pytest.fail("a link that leads nowhere is somebody's, too")
    real.touch()
    with pytest.raises(FileExistsError), atomic_write(link, overwrite=False):
        pytest.fail("nothing may be written")
    with atomic_write(link, overwrite=True) as file:
        file.write(b"two")
    assert link.is_symlink()
    assert real.read_bytes() == b"two"


def test_a_fifo_is_written_to(tmp_path: Path) -> None:
    """Its reader gets the bytes, and it stays a FIFO. The reader may come late."""
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    received: list[bytes] = []
    reader = threading.Thread(target=lambda: received.append(fifo.read_bytes()))
    with atomic_write(fifo, overwrite=False) as file:
        file.write(b"x" * 100_000)
        reader.start()
    reader.join()
    assert received == [b"x" * 100_000]
    assert stat.S_ISFIFO(fifo.stat().st_mode)


def test_a_fifo_that_nobody_reads_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Waiting has an end."""
    monkeypatch.setattr(module, "FIFO_READER_SECONDS", 0.0)
    os.mkfifo(tmp_path / "fifo")
    with (
        pytest.raises(OSError, match="no program read from it"),
        atomic_write(tmp_path / "fifo", overwrite=True),
    ):
        pass


def test_a_device_is_written_to_and_stays(tmp_path: Path) -> None:
    """Nothing takes the place of /dev/null, nor of a link to it."""
    (tmp_path / "nul").symlink_to("/dev/null")
    with atomic_write(tmp_path / "nul", overwrite=True) as file:
        file.write(b"x")
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


def test_a_descriptor_is_written_to(tmp_path: Path) -> None:
    """As a shell gives one for >(…); what it is open on is not replaced."""
    descriptor = os.open(tmp_path / "redirected", os.O_WRONLY | os.O_CREAT, 0o640)
    try:
        with atomic_write(Path(f"/dev/fd/{descriptor}"), overwrite=False) as file:
            file.write(b"data")
    finally:
        os.close(descriptor)
    assert (tmp_path / "redirected").read_bytes() == b"data"
    assert mode_of(tmp_path / "redirected") == 0o640


def test_a_folder_and_a_missing_folder_are_refused(tmp_path: Path) -> None:
    """With the reason in words, by the check as by the writing."""
    for target, reason in [
        (tmp_path, "it is a folder"),
        (tmp_path / "no" / "x", "its folder does not exist"),
        (tmp_path / ("x" * 300), "File name too long"),
    ]:
        with pytest.raises(OSError, match=r"\w") as refused:
            check_target(target, overwrite=True)
        assert write_error_reason(refused.value) == reason
    assert list(tmp_path.iterdir()) == []


def test_a_long_name_has_room_for_its_temporary_file(tmp_path: Path) -> None:
    """Names may have 255 bytes."""
    target = tmp_path / ("ü" * 127)
    with atomic_write(target, overwrite=False) as file:
        file.write(b"x")
    assert target.read_bytes() == b"x"


def test_the_check_leaves_nothing(tmp_path: Path) -> None:
    """It tries what the writing does, and takes it back."""
    check_target(tmp_path / "x", overwrite=False)
    assert list(tmp_path.iterdir()) == []


def test_another_program_may_fill_the_file(tmp_path: Path) -> None:
    """By its name; and a file that grew elsewhere can be moved in."""
    with atomic_path(tmp_path / "x", overwrite=False) as temporary:
        temporary.write_bytes(b"by name")
    grown = tmp_path / "grown"
    grown.write_bytes(b"grown")
    with pytest.raises(FileExistsError):
        publish(grown, tmp_path / "x", overwrite=False)
    publish(grown, tmp_path / "x", overwrite=True)
    assert (tmp_path / "x").read_bytes() == b"grown"
    assert list(tmp_path.iterdir()) == [tmp_path / "x"]


def test_two_writers_never_mix(tmp_path: Path) -> None:
    """Under many schedules the file is one writer's as a whole, and no reader sees less."""
    target = tmp_path / "x"
    contents = [bytes([letter]) * 50_000 for letter in b"ab"]
    for _ in range(100):
        barrier = threading.Barrier(3)

        def write(content: bytes, start: threading.Barrier = barrier) -> None:
            start.wait()
            with atomic_write(target, overwrite=True, durable=False) as file:
                file.write(content[:20_000])
                file.flush()
                file.write(content[20_000:])

        writers = [threading.Thread(target=write, args=(content,)) for content in contents]
        for writer in writers:
            writer.start()
        barrier.wait()
        while any(writer.is_alive() for writer in writers):
            assert not target.exists() or target.read_bytes() in contents
        assert target.read_bytes() in contents
    assert list(tmp_path.iterdir()) == [target]
