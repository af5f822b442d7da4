"""A text that never shows itself, and where one comes from."""

from __future__ import annotations

from typing import NoReturn, Protocol

from tui.terminal.redaction import keep_secret


class Secret:
    """Holds a secret text. Its repr, str and format are ``***``; it can be neither pickled nor compared.

    ``reveal`` is called where a request gets its headers, where a token is put into the place that was chosen
    for it and where Ordex pipes it to itself, and nowhere else (a test reads the source). From its making on
    the text is taken out of whatever is told.
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
    """Where a profile's token lives. Making one reads nothing."""

    @property
    def where(self) -> str:
        """The place in words, for people; never the secret."""

    def read(self) -> Secret:
        """The token. It may run a program or ask a keyring, so an event loop calls it in a thread.

        Raises:
            SettingsError: it is not there, or the place cannot be used.
        """


class FixedToken:
    """A token that is at hand already."""

    __slots__ = ("_secret", "where")

    def __init__(self, secret: Secret, where: str) -> None:
        self._secret = secret
        self.where = where

    def read(self) -> Secret:
        """The token."""
        return self._secret
