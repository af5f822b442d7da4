"""How a status looks: a role for its colour and a sign, so that colour is never the only difference."""

from __future__ import annotations

_SIGNS = {"CREATED": "○", "PAID": "●", "CANCELED": "×", "FULFILLED": "✓"}

STATUS_ROLES = ("status-created", "status-paid", "status-canceled", "status-fulfilled", "status-other")


def status_role(status: str | None) -> str:
    """The role of a status; those that the API does not list are all ``status-other``."""
    return f"status-{status.lower()}" if status in _SIGNS else "status-other"


def status_sign(status: str | None) -> str:
    """A one-cell sign for a status."""
    return _SIGNS.get(status or "", "·")
