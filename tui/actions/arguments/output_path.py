"""The output file of a command: checked before the first API call; ``-`` is standard output."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tui.actions.verb import Argument, InputError
from tui.files.atomic_write import check_target, write_error_reason

FORCE = Argument("force", "flag", "Replace the file if it exists.", default=False)

_STANDARD_OUTPUT = ("-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1")


def is_standard_output(name: str | Path | None) -> bool:
    """Whether a file name stands for standard output."""
    return name is not None and str(name) in _STANDARD_OUTPUT


def check_output_path(
    path: Path,
    *,
    argument: str | None = None,
    must_be_new: bool = False,
    how_to_replace: str = "",
    may_be_standard_output: bool = False,
) -> None:
    """Check that a file can be written, without leaving one. The disk may still fill up later.

    Args:
        path: the file to be written.
        argument: the name of the command's argument, for the error.
        must_be_new: whether an existing file is an error.
        how_to_replace: how the user can replace it, if possible.
        may_be_standard_output: whether ``-`` is accepted.

    Raises:
        InputError: the file cannot be written there.
    """
    if is_standard_output(path):
        if not may_be_standard_output:
            raise InputError("- is used for other output here; name a file", argument=argument)
        if sys.stdout.isatty():
            message = "standard output is a terminal; redirect it to a file or a pipe, or name a file"
            raise InputError(message, argument=argument)
        return
    try:
        check_target(path, overwrite=not must_be_new)
    except FileExistsError:
        instead = f", or {how_to_replace} to replace it" if how_to_replace else ""
        raise InputError(f"{path} exists; name another file{instead}", argument=argument) from None
    except IsADirectoryError:
        raise InputError(f"{path} is a folder; name a file in it", argument=argument) from None
    except (FileNotFoundError, NotADirectoryError):
        raise InputError(f"there is no folder {path.parent}; create it first", argument=argument) from None
    except (OSError, ValueError) as error:  # A name too long, a NUL in it, a circle of symbolic links.
        reason = write_error_reason(error) if isinstance(error, OSError) else str(error)
        raise InputError(f"{path} cannot be written: {reason}", argument=argument) from None


def check_output(name: str, *, force: bool, argument: str = "output") -> None:
    """Check the file that an argument names; the command also has the argument ``FORCE``.

    Raises:
        InputError: the file cannot be written there.
    """
    check_output_path(
        Path(name),
        argument=argument,
        must_be_new=not force,
        how_to_replace="add --force",
        may_be_standard_output=argument == "output",
    )


@contextmanager
def output_file(name: str) -> Iterator[Path]:
    """The file to write; for standard output a private file, which is copied there if the block succeeds.

    Raises:
        OSError: standard output cannot be written; ``BrokenPipeError`` if its reader has ended.
    """
    if not is_standard_output(name):
        yield Path(name)
        return
    import tempfile

    with tempfile.TemporaryDirectory(prefix="ordex-") as folder:
        path = Path(folder) / "output"
        yield path
        with path.open("rb") as content:
            shutil.copyfileobj(content, sys.stdout.buffer)
        sys.stdout.buffer.flush()
