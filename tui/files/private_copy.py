"""Copies a file so that only the user can read the copy, and later changes do not affect it."""

from __future__ import annotations

import errno
import hashlib
import os
import select
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .atomic_write import descriptor_of

BLOCK = 1024 * 1024
POLL = 0.2
"""Seconds between two checks for a stop while the source delivers nothing."""


class SourceError(OSError):
    """The original cannot be opened or read; any other ``OSError`` is about the copy."""


class CopyStopped(Exception):
    """The user stopped the copy."""


@dataclass(frozen=True, slots=True)
class CopyFacts:
    """Facts about the copy: ``size`` in bytes; ``mtime`` of the original in nanoseconds, 0 for a pipe."""

    sha256: str
    size: int
    mtime: int


def is_ordinary_file(path: Path) -> bool:
    """Whether a path is a file that can be read twice, unlike a pipe or device."""
    return descriptor_of(path) is None and path.is_file()


def copy_privately(
    source: Path, target: Path, *, is_stopped: Callable[[], bool] = lambda: False
) -> CopyFacts:
    """Copy a file, FIFO or open descriptor (``/dev/stdin``) to its end. Blocks.

    The target must not exist; it is removed again after an error.

    Raises:
        SourceError: the source cannot be read.
        CopyStopped: ``is_stopped`` returned true.
        OSError: the copy cannot be written.
    """
    with _opened(source) as reader:
        found = os.fstat(reader)
        is_file = stat.S_ISREG(found.st_mode)
        if is_file and found.st_size > shutil.disk_usage(target.parent).free:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC
        with os.fdopen(os.open(target, flags, 0o600), "wb") as writer:
            try:
                digest = hashlib.sha256()
                for block in _blocks(reader, is_stopped):
                    digest.update(block)
                    writer.write(block)
                size = writer.tell()
                writer.flush()
                os.fsync(writer.fileno())
            except BaseException:
                target.unlink(missing_ok=True)
                raise
    return CopyFacts(digest.hexdigest(), size, (found.st_mtime_ns or 1) if is_file else 0)


@contextmanager
def _opened(source: Path) -> Iterator[int]:
    try:
        number = descriptor_of(source)
        if number is not None:
            descriptor = os.dup(number)
        else:  # Without waiting: a FIFO has perhaps no writer, and then the user must be able to stop.
            descriptor = os.open(source, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise SourceError(error.errno, error.strerror) from None
    try:
        _refuse_endless(descriptor)
        yield descriptor
    finally:
        os.close(descriptor)


def _refuse_endless(descriptor: int) -> None:
    found = os.fstat(descriptor)
    if stat.S_ISDIR(found.st_mode):
        raise SourceError(errno.EISDIR, os.strerror(errno.EISDIR))
    is_device = stat.S_ISBLK(found.st_mode) or stat.S_ISCHR(found.st_mode)
    is_null = is_device and found.st_rdev == Path(os.devnull).stat().st_rdev
    if is_device and not is_null and not os.isatty(descriptor):
        raise SourceError(errno.EINVAL, "it is a device")


def _blocks(descriptor: int, is_stopped: Callable[[], bool]) -> Iterator[bytes]:
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    while not is_stopped():
        if not poll.poll(POLL * 1000):
            continue
        try:
            block = os.read(descriptor, BLOCK)
        except BlockingIOError:
            continue
        except OSError as error:
            raise SourceError(error.errno, error.strerror) from None
        if not block:
            return
        yield block
    raise CopyStopped
