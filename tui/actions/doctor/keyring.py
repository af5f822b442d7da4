"""The system's keyring: whether one is there that may hold secrets."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec

from tui.settings.setting_errors import SettingsError
from tui.settings.tokens.keyring_token import SECONDS, trusted_backends
from tui.settings.tokens.timed_call import CallTimeout, TimedCall

from .finding import Finding, ok


@dataclass(frozen=True, slots=True)
class Keyring:
    """The backends that would be used, by name; ``why`` there is none. Both are empty without the extra."""

    backends: tuple[str, ...] = ()
    why: str = ""


def look_at_keyring(*, seconds: float = SECONDS) -> Keyring:
    """Ask which keyring there is, not what is in it; it may hang, so not for longer than that."""
    if find_spec("keyring") is None:
        return Keyring()
    try:
        found = TimedCall(lambda _: trusted_backends()).wait(seconds)
    except CallTimeout:
        return Keyring(why=f"it did not answer within {seconds:g} seconds")
    except SettingsError as error:
        return Keyring(why=str(error))
    except Exception as error:  # noqa: BLE001 - a backend raises what it likes
        return Keyring(why=f"it cannot be used ({type(error).__name__})")
    return Keyring(tuple(type(backend).__module__ for backend in found))


def keyring_finding(keyring: Keyring) -> Finding:
    """What is to be said of it. That there is none is no fault: a profile that wants it says so itself."""
    if keyring.backends:
        return ok("keyring", ", ".join(keyring.backends))
    return ok("keyring", keyring.why or "not used: the extra keyring is not installed")
