"""Writing the settings file: whole or not at all, for the user alone, and only what can be read again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tui.files.atomic_write import atomic_write_text, write_error_reason
from tui.files.folders import make_private_folder
from tui.files.process_lock import HeldElsewhere, hold

from .config import checked_config, read_text
from .profile import SettingsError
from .toml_editing import NotEditable

if TYPE_CHECKING:
    from .config import Config


OTHERS_SECONDS = 10.0
"""How long another process that changes the settings is waited for."""


def change_config(
    path: Path, change: Callable[[str], str], *, check: Callable[[Config], object] = lambda _: None
) -> Config:
    """Change the settings file, which need not exist; return what it says then.

    What would be faulty is not written. A link stays one: the file that it leads to is changed. Of two
    processes that change it at once, one waits for the other.

    Args:
        path: the settings file.
        change: gives the new text from the old one.
        check: raises ``SettingsError`` for what is wrong beyond the file's own rules.

    Raises:
        ConfigInvalid: it would be faulty, or is.
        SettingsError: it cannot be read, written or changed so.
    """
    try:
        make_private_folder(path.parent)
        with _alone(path):
            before = read_text(path) or ""
            after = _changed(path, before, change)
            config = checked_config(path, after)
            check(config)
            if after != before:
                _write(path, after)
    except OSError as error:
        raise SettingsError(f"{path} cannot be written: {write_error_reason(error)}") from None
    return config


def _changed(path: Path, before: str, change: Callable[[str], str]) -> str:
    # What is no TOML cannot be changed in one place; what is merely faulty can, and may be mended so.
    checked_toml(path, before)
    try:
        return change(before)
    except NotEditable as error:
        raise SettingsError(
            f"{path} is written in a way that only you can change ({error}): edit it"
        ) from None


def checked_toml(path: Path, text: str) -> None:
    """Raise for a text that is no TOML.

    Raises:
        SettingsError: it is none.
    """
    from .config import read_document

    read_document(path, text)


def _write(path: Path, text: str) -> None:
    with atomic_write_text(path, overwrite=True) as file:
        file.write(text)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold the settings against other processes of Ordex."""
    with ExitStack() as stack:
        try:
            stack.enter_context(hold(path.with_name(f".{path.name}.lock"), seconds=OTHERS_SECONDS))
        except HeldElsewhere as holder:
            raise SettingsError(
                f"{path} is being changed by {holder}; nothing was written. Try again when that is done."
            ) from None
        yield
