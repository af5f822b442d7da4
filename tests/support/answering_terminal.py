"""A pseudo-terminal that keeps no screen, and answers every question that any terminal is known to answer.

Most terminals answer few of them. An answer comes back as keys: whatever slips through is heard.
"""

from __future__ import annotations

import re

import pexpect

from tests.support.pseudo_terminal import PseudoTerminal

_TAIL = 4096
"""Bytes at the end that are drawn after all, to see how the screen was left; more than a parting takes."""

_LONGEST = 64
"""Bytes that a question has at most; those at the end of what came may be the beginning of one."""

_ANSWERS = {
    rb"\x05": b"ordex-enq\r",
    rb"\x1b\[0?c|\x1bZ|\xc2\x9a": b"\x1b[?62;22c",
    rb"\x1b\[>0?c": b"\x1b[>41;354;0c",
    rb"\x1b\[=0?c": b"\x1bP!|00000000\x1b\\",
    rb"\x1b\[5n": b"\x1b[0n",
    rb"\x1b\[\??6n": b"\x1b[12;34R",
    rb"\x1b\[>0?q": b"\x1bP>|ordex\x1b\\",
    rb"\x1bP\$q[^\x1b]{0,8}\x1b\\": b"\x1bP1$rq\r\x1b\\",
    rb"\x1b\](?:4;\d+|1[0-9]|52;[a-z]*);\?(?:\x07|\x1b\\)": b"\x1b]10;rgb:ffff/ffff/ffff\x1b\\q\r",
    rb"\x1b\[(?:14|18|19)t": b"\x1b[8;40;140t",
    rb"\x1b\[2[01]t": b"\x1b]lq\r\x1b\\",
    rb"\x1b\[x": b"\x1b[2;1;1;128;128;1;0x",
}
_QUESTION = re.compile(b"|".join(b"(" + question + b")" for question in _ANSWERS))


def answers_to(raw: bytes) -> bytes:
    """What a terminal that knows everything sends back for these bytes."""
    known = list(_ANSWERS.values())
    return b"".join(known[(found.lastindex or 1) - 1] for found in _QUESTION.finditer(raw))


class AnsweringTerminal(PseudoTerminal):
    """``text`` and ``lines`` are those of the end only."""

    _heard = 0

    def end(self, *, limit: float = 15) -> int:
        """As any terminal does; then draw what came last."""
        code = super().end(limit=limit)
        self._stream.feed(bytes(self.raw[-_TAIL:]))
        return code

    def _read(self, seconds: float) -> bool:
        try:
            data = self.child.read_nonblocking(65_536, timeout=seconds)
        except (pexpect.TIMEOUT, pexpect.EOF):
            return False
        self.raw += data
        for found in _QUESTION.finditer(self.raw, max(self._heard, len(self.raw) - len(data) - _LONGEST)):
            self._heard = found.end()
            self.child.send(answers_to(found.group()))
        return bool(data)
