"""Creates files atomically: a file appears when it is complete and on disk, or not at all.

The content is written to a temporary file beside the target, with a random name and mode 0600. Only ordinary
files are replaced: a device, a FIFO and ``/dev/stdout`` are written to, a link stays and its target is
written, anything else is refused. An existing file is replaced only with ``overwrite``. Failures are
``OSError``; ``write_error_reason`` describes them. All functions block.
"""

from __future__ import annotations

import errno
import io
import os
import re
import shutil
import stat
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TextIO

PRIVATE = 0o600

FIFO_READER_SECONDS = 10.0
"""Seconds to wait for a reader of a FIFO."""

_NAME_SHOWN = 40
_DESCRIPTOR = re.compile(r"/dev/(stdin|stdout|stderr|fd/(\d+))\Z|/proc/self/fd/(\d+)\Z")
_STANDARD = {"stdin": 0, "stdout": 1, "stderr": 2}
_TEMPORARY_FLAGS = os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_CLOEXEC | getattr(os, "O_NOFOLLOW", 0)


@contextmanager
def atomic_write(
    target: Path, *, overwrite: bool, keep_mode: bool = False, durable: bool = True, follow_link: bool = True
) -> Iterator[BinaryIO]:
    """A binary file that becomes the target when the block succeeds; after an error the target is unchanged.

    Args:
        target: the file.
        overwrite: whether to replace an existing ordinary file.
        keep_mode: whether to keep the permissions of the replaced file; else they are 0600.
        durable: whether to wait until the file is on disk; false for state that may be lost.
        follow_link: false to replace a link itself, as for a secret.

    Raises:
        FileExistsError: the target exists, and ``overwrite`` is false.
        OSError: the target cannot be written.
    """
    with atomic_path(
        target, overwrite=overwrite, keep_mode=keep_mode, durable=durable, follow_link=follow_link
    ) as temporary:
        file = temporary.open("r+b")
        try:
            yield file
        except BaseException:
            with suppress(OSError):
                file.close()
            raise
        file.close()


@contextmanager
def atomic_write_text(
    target: Path,
    *,
    overwrite: bool,
    keep_mode: bool = False,
    durable: bool = True,
    follow_link: bool = True,
    encoding: str = "utf-8",
    errors: str = "strict",
) -> Iterator[TextIO]:
    """Like ``atomic_write``, for text; line ends are not translated."""
    with atomic_write(
        target, overwrite=overwrite, keep_mode=keep_mode, durable=durable, follow_link=follow_link
    ) as file:
        text = io.TextIOWrapper(file, encoding=encoding, errors=errors, newline="")
        try:
            yield text
        except BaseException:
            with suppress(OSError):
                text.close()
            raise
        text.close()


@contextmanager
def atomic_path(
    target: Path, *, overwrite: bool, keep_mode: bool = False, durable: bool = True, follow_link: bool = True
) -> Iterator[Path]:
    """Like ``atomic_write``, but yields the path of an empty file to fill."""
    place = _find(target, overwrite=overwrite) if follow_link else _Place(target)
    with _temporary(place) as temporary:
        yield temporary
        _publish(temporary, place, overwrite=overwrite, keep_mode=keep_mode, durable=durable)


def publish(temporary: Path, target: Path, *, overwrite: bool, keep_mode: bool = False) -> None:
    """Move a finished file to the target by the rules of ``atomic_write``."""
    place = _find(target, overwrite=overwrite)
    _publish(temporary, place, overwrite=overwrite, keep_mode=keep_mode, durable=True)
    temporary.unlink(missing_ok=True)


def check_target(target: Path, *, overwrite: bool) -> None:
    """Raise the error that writing the target would raise now; it tries to write and leaves nothing.

    Raises:
        OSError: as for ``atomic_write``.
    """
    place = _find(target, overwrite=overwrite)
    with _temporary(place):
        return


@contextmanager
def growing_folder(target: Path) -> Iterator[Path]:
    """The folder for temporary files of a target: its own, or a temporary one for a stream.

    Raises:
        OSError: the target cannot be written, as for ``atomic_write`` with ``overwrite``.
    """
    place = _find(target, overwrite=True)
    with ExitStack() as stack:
        yield _folder(place, stack)


def descriptor_of(path: Path) -> int | None:
    """The descriptor of a path such as ``/dev/stdout`` or ``/dev/fd/3``."""
    found = _DESCRIPTOR.match(str(path))
    if found is None:
        return None
    return _STANDARD[found[1]] if found[1] in _STANDARD else int(found[2] or found[3])


def write_error_reason(error: OSError) -> str:
    """Why a file was not written, to follow "FILE cannot be written: "."""
    reasons = {
        errno.ENOSPC: "the disk is full",
        errno.EDQUOT: "your quota on the disk is used up",
        errno.EEXIST: "it exists already",
        errno.EISDIR: "it is a folder",
        errno.ENOENT: "its folder does not exist",
        errno.ENOTDIR: "its folder is not a folder",
        errno.EROFS: "the disk is read-only",
        errno.EPIPE: "its reader has ended",
    }
    return reasons.get(error.errno or 0) or error.strerror or str(error)


@dataclass(frozen=True, slots=True)
class _Place:
    """The resolved target: a file or a stream. ``mode`` is that of an existing file."""

    path: Path
    mode: int | None = None
    is_stream: bool = False


def _find(target: Path, *, overwrite: bool) -> _Place:
    absolute = Path(os.path.abspath(target))  # noqa: PTH100 - resolve() would follow links
    if descriptor_of(absolute) is not None:
        return _Place(absolute, is_stream=True)
    path = Path(os.path.realpath(absolute))
    try:
        found = path.stat().st_mode
    except FileNotFoundError:
        if absolute.is_symlink() and not overwrite:
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from None
        return _Place(path)
    if stat.S_ISCHR(found) or stat.S_ISFIFO(found):
        return _Place(path, is_stream=True)
    if stat.S_ISDIR(found):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
    if not stat.S_ISREG(found):
        raise OSError(errno.EINVAL, "it is not an ordinary file", str(target))
    if not overwrite:
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    if not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))
    return _Place(path, stat.S_IMODE(found))


def _folder(place: _Place, stack: ExitStack) -> Path:
    if not place.is_stream:
        return place.path.parent
    import tempfile

    # The content must be complete before its first byte is written to the stream.
    return Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="ordex-")))


@contextmanager
def _temporary(place: _Place) -> Iterator[Path]:
    with ExitStack() as stack:
        temporary = _folder(place, stack) / f".{place.path.name[:_NAME_SHOWN]}.{os.urandom(8).hex()}.tmp"
        descriptor = os.open(temporary, _TEMPORARY_FLAGS, PRIVATE)
        stack.callback(temporary.unlink, missing_ok=True)
        try:
            os.fchmod(descriptor, PRIVATE)  # The umask may have denied the user their own file.
        finally:
            os.close(descriptor)
        yield temporary


def _publish(temporary: Path, place: _Place, *, overwrite: bool, keep_mode: bool, durable: bool) -> None:
    if place.is_stream:
        with temporary.open("rb") as content, _open_stream(place.path) as out:
            shutil.copyfileobj(content, out)
        return
    with temporary.open("rb") as file:
        os.fchmod(file.fileno(), place.mode if keep_mode and place.mode is not None else PRIVATE)
        if durable:
            os.fsync(file.fileno())
    if overwrite:
        temporary.replace(place.path)
    else:
        _rename_to_free_name(temporary, place.path)
    if durable:
        _sync_folder(place.path.parent)


def _rename_to_free_name(temporary: Path, path: Path) -> None:
    """Rename, unless the target exists."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:  # A file system without hard links.
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None
        temporary.rename(path)


def _sync_folder(folder: Path) -> None:
    with suppress(OSError):  # Not every system lets a folder be opened; the file itself is on the disk.
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _open_stream(path: Path) -> BinaryIO:
    number = descriptor_of(path)
    if number is not None:
        return os.fdopen(os.dup(number), "wb")
    return os.fdopen(_opened_for_writing(path), "wb")


def _opened_for_writing(path: Path) -> int:
    """Open a device or FIFO without waiting indefinitely for a reader."""
    give_up = time.monotonic() + FIFO_READER_SECONDS
    while True:
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError as error:
            if error.errno != errno.ENXIO:
                raise
            if time.monotonic() > give_up:
                reason = f"no program read from it within {FIFO_READER_SECONDS:.0f} seconds"
                raise OSError(errno.ENXIO, reason, str(path)) from None
            time.sleep(0.05)
        else:
            os.set_blocking(descriptor, True)
            return descriptor
