"""The values of the arguments of ``profiles``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class ProfileArguments:
    """Values of the arguments of ``profiles``, by their names; ``None`` where none was given."""

    what: Literal["list", "show", "add", "use", "remove"] = "list"
    name: str | None = None
    region: str | None = None
    url: str | None = None
    kind: str | None = None
    auth: str | None = None
    app_id: str | None = None
    secret: str | None = None
    token_command: str | None = None
    token_variable: str | None = None
    no_test: bool = False
    keep: bool = False
    yes: bool = False
    confirm: str | None = None
