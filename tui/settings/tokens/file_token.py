"""A token in a plain-text file that only its owner can read."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from tui.files.atomic_write import atomic_write_text, write_error_reason
from tui.files.private_folder import make_private_folder
from tui.settings.setting_errors import SettingsError

from .stored_token import pack_token, unpack_token

if TYPE_CHECKING:
    from tui.settings.secret import Secret

OTHERS = 0o077
"""The permission bits of the group and of all other users."""

LARGEST = 64 * 1024


class FileToken:
    """The token of one profile, in a file of its own.

    Args:
        folder: where the files are; made 0700 when the first is written.
        name: the profile's name.
        origin: the origin that the token is for.
    """

    def __init__(self, folder: Path, name: str, origin: str) -> None:
        self.path = folder / f"{name}.json"
        self._name = name
        self._origin = origin

    @property
    def where(self) -> str:
        """The file."""
        return f"the file {self.path}"

    def read(self) -> Secret:
        """The token.

        Raises:
            SettingsError: it is missing, for another origin, or other users could have read or written it.
        """
        try:
            handle = os.open(self.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK)
        except FileNotFoundError:
            raise SettingsError(
                f"{self.path} is not there; ordex profiles add {self._name} writes it"
            ) from None
        except OSError as error:
            why = "it is a link" if self.path.is_symlink() else error.strerror
            raise SettingsError(f"{self.path} is not read: {why}") from None
        try:
            self._check(os.fstat(handle))
            kept = os.read(handle, LARGEST)
        except OSError as error:
            raise SettingsError(f"{self.path} cannot be read: {error.strerror}") from None
        finally:
            os.close(handle)
        return unpack_token(kept.decode("utf-8", "replace"), self._origin, self.where)

    def _check(self, found: os.stat_result) -> None:
        if not stat.S_ISREG(found.st_mode):
            raise SettingsError(f"{self.path} is not read: it is not a regular file")
        if found.st_uid != os.geteuid():
            raise SettingsError(f"{self.path} is not read: it belongs to another user")
        if found.st_mode & OTHERS:
            raise SettingsError(
                f"{self.path} is not used: others can read it; chmod 600 it, and replace the token"
            )

    def keep(self, token: Secret) -> None:
        """Write the token atomically, readable by the owner only.

        Raises:
            SettingsError: the file cannot be written.
        """
        try:
            make_private_folder(self.path.parent)
            with atomic_write_text(self.path, overwrite=True, follow_link=False, encoding="ascii") as file:
                file.write(pack_token(token, self._origin))
        except OSError as error:
            raise SettingsError(f"{self.path} cannot be written: {write_error_reason(error)}") from None

    def forget(self) -> None:
        """Delete the file, if there is one.

        Raises:
            SettingsError: it cannot be deleted.
        """
        try:
            self.path.unlink(missing_ok=True)
        except OSError as error:
            raise SettingsError(f"{self.path} cannot be deleted: {error.strerror}") from None
