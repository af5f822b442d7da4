"""The target file of an export, and the hidden part file of an unfinished download."""

from __future__ import annotations

import errno
import fcntl
import os
import re
import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from tui.errors import Category
from tui.files.atomic_write import atomic_write_text, descriptor_of, growing_folder, write_error_reason
from tui.files.process_lock import HeldElsewhere, hold

from .export_request import ExportRefused

_NAME_LENGTH = 60


@dataclass(frozen=True, slots=True)
class DownloadPart:
    """The part file of a download, locked by this process; ``descriptor`` is open."""

    path: Path
    descriptor: int

    @property
    def version_file(self) -> Path:
        """The file that records the export and version of the bytes; without it, a download starts over."""
        return self.path.with_name(self.path.name + ".json")

    def discard(self) -> None:
        """Delete the part file."""
        self.version_file.unlink(missing_ok=True)
        self.path.unlink(missing_ok=True)


@contextmanager
def hold_part(target: Path, export_id: str) -> Iterator[DownloadPart]:
    """Lock the part file of an export and target; it may have bytes of an earlier download.

    It is a hidden file beside the target. It stays after an error if its version is known, so that the next
    download can resume.

    Raises:
        ExportRefused: another process has locked it, or it cannot be written.
    """
    with growing_folder(target) as folder:
        of_export = re.sub(r"[^A-Za-z0-9_-]", "_", export_id)[:_NAME_LENGTH]
        name = f".{target.name[:_NAME_LENGTH]}.{of_export}.part"
        try:
            part = DownloadPart(folder / name, _open_locked(folder / name))
        except OSError as error:
            raise write_error(target, error) from None
        try:
            yield part
        finally:
            if not part.version_file.exists():
                part.path.unlink(missing_ok=True)
            os.close(part.descriptor)


@contextmanager
def hold_target(target: Path) -> Iterator[None]:
    """Lock a target by a hidden file beside it, so that no two exports write it at the same time.

    Raises:
        ExportRefused: another process is exporting to the target.
    """
    path = Path(os.path.realpath(target))
    with ExitStack() as stack:
        if descriptor_of(target) is None and (path.is_file() or not path.exists()):
            try:
                stack.enter_context(hold(path.with_name(f".{path.name[:_NAME_LENGTH]}.lock")))
            except HeldElsewhere as holder:
                raise ExportRefused(
                    f"{target} is being written by {holder}",
                    hint="Wait until that export is done, or choose another name.",
                    category=Category.CONFLICT,
                ) from None
            except OSError:
                pass  # writing the target will report this
        yield


@contextmanager
def open_text_target(target: Path, *, overwrite: bool) -> Iterator[TextIO]:
    """Open a text file that replaces the target when the block ends without an error.

    Raises:
        ExportRefused: the disk is full, or the file cannot be written; an existing one is unchanged.
    """
    try:
        with atomic_write_text(target, overwrite=overwrite) as out:
            yield out
    except OSError as error:
        raise write_error(target, error) from None


def write_error(target: Path, error: OSError) -> ExportRefused:
    """Translate an error of the disk into one for the user."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return ExportRefused(
            f"{write_error_reason(error)}; {target} is unchanged",
            hint="Free some disk space and try again: the download continues from here.",
        )
    if isinstance(error, FileExistsError):
        return ExportRefused(
            f"{target} exists already and is unchanged", hint="Choose another name, or --force to replace it."
        )
    return ExportRefused(
        f"{target} cannot be written: {write_error_reason(error)}", hint="Choose another place."
    )


def _open_locked(path: Path) -> int:
    while True:
        descriptor = os.open(path, os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        try:
            _lock(descriptor, path)
            if _is_same_file(descriptor, path):
                os.fchmod(descriptor, 0o600)
                return descriptor
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)  # Its owner finished and deleted it between opening and locking.


def _lock(descriptor: int, path: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise ExportRefused(
            "another process is downloading this export to the same file",
            hint="Wait until it is done, or choose another name.",
            category=Category.CONFLICT,
        ) from None
    except OSError as error:
        if error.errno not in {errno.ENOLCK, errno.ENOTSUP}:  # Some network disks have no locks.
            raise
    found = os.fstat(descriptor)
    if not stat.S_ISREG(found.st_mode) or found.st_uid != os.geteuid() or found.st_nlink > 1:
        raise OSError(errno.EBUSY, f"a file of another user has this name: {path}")


def _is_same_file(descriptor: int, path: Path) -> bool:
    with suppress(FileNotFoundError):
        return os.path.samestat(os.fstat(descriptor), path.stat(follow_symlinks=False))
    return False
