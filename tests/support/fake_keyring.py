"""Stand-ins for the package ``keyring``: a backend in memory, others that hang, refuse or hide nothing."""

from __future__ import annotations

import sys
import threading
from types import ModuleType
from typing import Any

import pytest


class Backend:
    """Keeps what it is given, as an unlocked keyring does."""

    __module__ = "keyring.backends.SecretService"
    priority: Any = 5

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, name: str) -> str | None:
        """What is kept, or nothing."""
        return self.kept.get((service, name))

    def set_password(self, service: str, name: str, password: str) -> None:
        """Keep it."""
        self.kept[service, name] = password

    def delete_password(self, service: str, name: str) -> None:
        """Keep it no longer."""
        del self.kept[service, name]


class Locked(Backend):
    """Answers every question with the error of a lock that nobody opened."""

    def get_password(self, service: str, name: str) -> str | None:
        """Refuse."""
        raise RuntimeError("Prompt dismissed")

    def set_password(self, service: str, name: str, password: str) -> None:
        """Refuse, and tell what it was given."""
        raise RuntimeError(f"Prompt dismissed for {password}")


class Hanging(Backend):
    """Answers only when it is let."""

    def __init__(self) -> None:
        super().__init__()
        self.let = threading.Event()
        self.done = threading.Event()

    def get_password(self, service: str, name: str) -> str | None:
        """Wait."""
        self.let.wait(20)
        return super().get_password(service, name)

    def set_password(self, service: str, name: str, password: str) -> None:
        """Wait, then keep it all the same."""
        self.let.wait(20)
        super().set_password(service, name, password)

    def delete_password(self, service: str, name: str) -> None:
        """Keep it no longer, and say so."""
        super().delete_password(service, name)
        self.done.set()


class PlainText(Backend):
    """Hides nothing; of the package that is known for it."""

    __module__ = "keyrings.alt.file"
    priority = 0.5


class Renamed(PlainText):
    """The same under another name, and proud of itself."""

    __module__ = "somebody.else"
    priority = 9


class Weak(Backend):
    """One that its own author does not recommend."""

    __module__ = "somebody.else"
    priority = 0.9


class Unable(Backend):
    """One that cannot work here."""

    @property
    def priority(self) -> float:
        """Why not."""
        raise RuntimeError("no D-Bus")


class ReadOnly(Backend):
    """One that is for other things, with a high opinion of itself."""

    __module__ = "keyrings.somewhere"
    priority = 9

    def set_password(self, service: str, name: str, password: str) -> None:
        """Take nothing."""
        raise NotImplementedError


class Chain(Backend):
    """Several behind one, as keyring puts them when it finds several."""

    __module__ = "keyring.backends.chainer"
    priority = 10

    def __init__(self, *backends: Backend) -> None:
        super().__init__()
        self.backends = backends


def install(monkeypatch: pytest.MonkeyPatch, backend: object | None) -> None:
    """Put a package ``keyring`` with this backend in place; ``None`` takes it away."""
    if backend is None:
        monkeypatch.setitem(sys.modules, "keyring", None)
        return
    module = ModuleType("keyring")
    module.get_keyring = lambda: backend  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "keyring", module)
