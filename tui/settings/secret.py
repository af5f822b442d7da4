"""Secret texts that never appear in output, and the interface of their sources."""

from __future__ import annotations

from typing import NoReturn, Protocol

from tui.terminal.redaction import keep_secret


class Secret:
    """A secret text. Its repr, str and format are ``***``; it can be neither pickled nor compared.

    ``reveal`` is called only where a request gets its headers, where a token is stored, and where Ordex pipes
    it to its own process; a test checks the source for this. Creating one registers the text for redaction.
    """

    __slots__ = ("__text",)

    def __init__(self, text: str) -> None:
        self.__text = text
        keep_secret(text)

    def reveal(self) -> str:
        """The secret itself."""
        return self.__text

    def __bool__(self) -> bool:
        return bool(self.__text)

    def __repr__(self) -> str:
        return "***"

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return "***"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret cannot be pickled")


class TokenSource(Protocol):
    """Where the token of a profile is read from. Creating one reads nothing."""

    @property
    def where(self) -> str:
        """A description of the place for display; never the secret."""

    def read(self) -> Secret:
        """Read the token. This may block on a program or a keyring: call it in a thread.

        Raises:
            SettingsError: there is no token, or the place cannot be used.
        """


class FixedToken:
    """A token that is already known."""

    __slots__ = ("_secret", "where")

    def __init__(self, secret: Secret, where: str) -> None:
        self._secret = secret
        self.where = where

    def read(self) -> Secret:
        """The token."""
        return self._secret
