"""Values as Python writes them."""

from __future__ import annotations

from .asked import BASE_URL, Asked
from .literals import Notation, escaped

SHORT = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def text(value: str) -> str:
    """A text in double quotes."""
    return f'"{escaped(value, SHORT, _code)}"'


def _code(code: int) -> str:
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


PYTHON = Notation(text, lambda key: f"{text(key)}: ", null="None", true="True", false="False")


def address(asked: Asked) -> str:
    """The base URL as an expression."""
    return text(asked.base_url) if asked.base_url else f'os.environ["{BASE_URL}"]'
