"""A token in the system keyring. The package ``keyring`` is an extra, imported on first use.

A keyring may be missing, locked, or never answer, so each access has a time limit of three seconds. Backends
that store plain text are neither read nor written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

from tui.settings.setting_errors import SettingsError
from tui.terminal.redaction import redacted

from .stored_token import pack_token, unpack_token
from .timed_call import CallTimeout, TimedCall

if TYPE_CHECKING:
    from tui.settings.secret import Secret

T = TypeVar("T")

SECONDS = 3.0
"""Time limit of a keyring access, including the import of the package."""

SERVICE = "ordex"
"""The service name of the entries."""

LEAST_PRIORITY = 1
"""The lowest priority that ``keyring`` recommends; below are placeholders and plain text."""

PLAIN = ("keyrings.alt", "keyring.backends.fail", "keyring.backends.null")
"""Modules of backends that do not encrypt or do not store."""

TOLD = 200
"""Characters of a backend error that a message quotes."""


class KeyringToken:
    """The token of one profile, in the system's keyring.

    Args:
        name: the profile's name.
        origin: the origin that the token is for.
        seconds: the time limit, for tests.
    """

    where = "the keyring"

    def __init__(self, name: str, origin: str, *, seconds: float = SECONDS) -> None:
        self._name = name
        self._origin = origin
        self._seconds = seconds

    def read(self) -> Secret:
        """The token.

        Raises:
            SettingsError: there is none, it is for another origin, or the keyring cannot be used.
        """
        kept = self._ask(
            lambda _: _first(keyring.get_password(SERVICE, self._name) for keyring in trusted_backends())
        )
        if kept is None:
            raise SettingsError(
                f"the keyring has no token of the profile “{self._name}”; ordex profiles add {self._name} "
                "puts it there"
            )
        return unpack_token(kept, self._origin, self.where)

    def keep(self, token: Secret) -> None:
        """Store the token; if that takes too long, the late entry is deleted again.

        Raises:
            SettingsError: the keyring cannot be used; nothing is stored.
        """
        kept = pack_token(token, self._origin)

        def put(attempt: TimedCall[None]) -> None:
            self._put(kept)
            if attempt.abandoned:
                self._take_out()

        self._ask(put)

    def forget(self) -> None:
        """Delete the token, if there is one.

        Raises:
            SettingsError: the keyring cannot be used.
        """
        self._ask(lambda _: self._take_out())

    def _put(self, kept: str) -> None:
        for keyring in trusted_backends():
            try:
                keyring.set_password(SERVICE, self._name, kept)
            except NotImplementedError:
                continue
            return
        raise SettingsError("the keyring takes no new entries")

    def _take_out(self) -> None:
        for keyring in trusted_backends():
            if keyring.get_password(SERVICE, self._name) is not None:
                keyring.delete_password(SERVICE, self._name)

    def _ask(self, work: Callable[[TimedCall[T]], T]) -> T:
        return _asked(work, self._seconds)


def keyring_problem() -> str | None:
    """Why this system cannot store a token in a keyring; ``None`` if it probably can."""
    try:
        _asked(lambda _: trusted_backends(), SECONDS)
    except SettingsError as error:
        return str(error)
    return None


def trusted_backends() -> list[Any]:
    """The backends that store secrets encrypted, the best first.

    Raises:
        SettingsError: there are none, or the package is not installed.
    """
    try:
        chosen = import_module("keyring").get_keyring()
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "keyring":
            raise
        raise SettingsError("the keyring needs an extra of Ordex: pip install 'ordex[keyring]'") from None
    found = [backend for backend in _links(chosen) if _is_trusted(backend)]
    if not found:
        kind = type(chosen)
        raise SettingsError(f"no secure keyring was found, only {kind.__module__}.{kind.__qualname__}")
    return found


def _asked(work: Callable[[TimedCall[T]], T], seconds: float) -> T:
    try:
        return TimedCall(work).wait(seconds)
    except SettingsError:
        raise
    except CallTimeout:
        raise SettingsError(
            f"the keyring did not answer within {seconds:g} seconds; unlock it and try again"
        ) from None
    except Exception as error:  # noqa: BLE001 - a backend raises what it likes
        why = redacted(f"{type(error).__name__}: {error}")[:TOLD]
        raise SettingsError(f"the keyring cannot be used ({why}); unlock it and try again") from None


def _links(backend: Any) -> Iterator[Any]:
    """The backends of a chain, each alone: the chain itself would also ask those that are not trusted."""
    if type(backend).__module__ == "keyring.backends.chainer":
        for link in backend.backends:
            yield from _links(link)
    else:
        yield backend


def _is_trusted(backend: Any) -> bool:
    if any(kind.__module__.startswith(PLAIN) for kind in type(backend).__mro__):
        return False
    try:
        return bool(backend.priority >= LEAST_PRIORITY)
    except Exception:  # noqa: BLE001 - a backend that cannot work here says so by raising
        return False


def _first(answers: Iterator[Any]) -> str | None:
    return next((answer for answer in answers if answer is not None), None)
