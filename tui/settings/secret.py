"""A text that never shows itself."""

from __future__ import annotations

from typing import NoReturn


class Secret:
    """Holds a secret text. Its repr, str and format are ``***``; it can be neither pickled nor compared.

    ``reveal`` is called where a request gets its headers, and nowhere else (a test reads the source).
    """

    __slots__ = ("__text",)

    def __init__(self, text: str) -> None:
        self.__text = text

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
