"""Which calls of the log may be made once more."""

from __future__ import annotations

from .calls import Call
from .redaction import HIDDEN


def reason_against(call: Call) -> str | None:
    """Why a call cannot be made once more, or ``None`` when it can: only what reads, and only as it was."""
    if call.method != "GET":
        return f"only a GET is made once more; a {call.method} changes something"
    if HIDDEN in call.query:
        return "its address held a secret, which is not kept; read the export again for a fresh link"
    return None
