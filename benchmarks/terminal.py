"""A program in a real pseudo-terminal, timed from spawn to a text being on the screen."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pexpect
import pyte

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

COLUMNS, LINES = 120, 40


def seconds_until(
    command: Sequence[str],
    texts: Sequence[str],
    *,
    environ: Mapping[str, str],
    keys: str = "q",
    limit: float = 30,
) -> list[float]:
    """Start the command and wait until each text has been on the screen; then press ``keys`` and reap it.

    Returns:
        Seconds from spawn for each text, in the order given.

    Raises:
        TimeoutError: a text did not come within ``limit`` seconds.
    """
    screen = pyte.Screen(COLUMNS, LINES)
    stream = pyte.ByteStream(screen)
    seen: dict[str, float] = {}
    started = time.perf_counter()
    child = pexpect.spawn(
        command[0],
        list(command[1:]),
        env={**os.environ, **environ},
        dimensions=(LINES, COLUMNS),
        timeout=limit,
    )
    try:
        while len(seen) < len(texts):
            if time.perf_counter() - started > limit:
                shown = "\n".join(screen.display)
                raise TimeoutError(f"{set(texts) - set(seen)} not on the screen:\n{shown}")
            for now, data in _arrived(child, started):
                stream.feed(data)
                shown = "\n".join(screen.display)
                for text in texts:
                    if text not in seen and text in shown:
                        seen[text] = now
        child.send(keys)
        child.expect(pexpect.EOF, timeout=5)
    finally:
        child.close(force=True)
    return [seen[text] for text in texts]


def _arrived(child: pexpect.spawn[bytes], started: float) -> list[tuple[float, bytes]]:
    """All that comes without a pause, with its times: the emulator, which is slow, must not hold it up."""
    chunks: list[tuple[float, bytes]] = []
    try:
        while True:
            data = child.read_nonblocking(65_536, timeout=0.002 if chunks else 0.05)
            chunks.append((time.perf_counter() - started, data))
    except pexpect.TIMEOUT:
        return chunks
