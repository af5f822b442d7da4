"""What a program sends to its terminal, taken apart: text, and codes that are ours or are not."""

from __future__ import annotations

import re
from collections.abc import Iterator

MODES = {7, 25, 1000, 1003, 1004, 1006, 1015, 1016, 1049, 2004, 2026, 2048}
"""Wrap, cursor, mouse, focus, alternate screen, paste, synchronised output, resize in band."""

_CODE = re.compile(
    rb"\x1b\[(?P<csi>[0-?]*[ -/]*[@-~])"
    rb"|\x1b(?P<string>[]P_^X][^\x07\x1b]*(?:\x07|\x1b\\))"
    rb"|\x1b(?P<escape>[ -/]*[0-~])"
    rb"|(?P<control>[\x00-\x1f\x7f])"
)
_ALLOWED = re.compile(
    rb"[\d;:]*m"  # colours and styles
    rb"|\d*;?\d*H|\d*[ABCDG]"  # moving the cursor
    rb"|\d*[JK]"  # erasing
    rb"|>\d+u|<u"  # the keyboard protocol, pushed and popped
    rb"|\?20(?:26|48)\$p"  # asking for synchronised output and resize in band
)
_POINTER = re.compile(rb"\]22;[a-z-]+\x07")
"""The shape of the mouse's pointer, by a name that Textual knows."""

_NOTIFICATION = re.compile(
    rb"\](?:9;(?:Im|Ex)port of [ -:<-~]+\x07|777;notify;(?:Im|Ex)port of [ -:<-~]+;[ -:<-~]+\x07"
    rb"|99;i=ordex:d=(?:0:o=unfocused;(?:Im|Ex)port of |1:p=body;)[ -:<-~]+\x1b\\)"
)
"""A job's end, told to the desktop: one or two texts without control and without further fields."""

_MODE = re.compile(rb"\?(\d+)([hl])")


def foreign_codes(raw: bytes) -> list[bytes]:
    """Every control byte and sequence that is none of those that the explorer draws with."""
    return [code for kind, code in _codes(raw) if not _is_ours(kind, code)]


def text_of(raw: bytes) -> str:
    """What is left for the eye: the bytes between the codes.

    Raises:
        UnicodeDecodeError: they are not UTF-8.
    """
    return _CODE.sub(b"\n", raw).decode("utf-8")


def modes_left_on(raw: bytes) -> set[int]:
    """The private modes that were switched on and not off again."""
    left: set[int] = set()
    for kind, code in _codes(raw):
        found = _MODE.fullmatch(code) if kind == "csi" else None
        if found and found[2] == b"h":
            left.add(int(found[1]))
        elif found:
            left.discard(int(found[1]))
    return left


def _codes(raw: bytes) -> Iterator[tuple[str, bytes]]:
    for found in _CODE.finditer(raw):
        kind = found.lastgroup or ""
        yield kind, found[kind]


def _is_ours(kind: str, code: bytes) -> bool:
    if kind == "control":
        return code in b"\r\n"
    if kind == "string":
        return bool(_POINTER.fullmatch(code) or _NOTIFICATION.fullmatch(code))
    if kind != "csi":
        return False
    mode = _MODE.fullmatch(code)
    return int(mode[1]) in MODES if mode else bool(_ALLOWED.fullmatch(code))
