"""Ways to send the file of an export."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import replace

from .exchange import CLOSE, Answer, Exchange, Reply
from .ways import Way

FILE = frozenset({"download"})


def _lines(change: Callable[[list[bytes]], list[bytes]]) -> Callable[[Answer, Exchange], Reply]:
    return lambda a, e: replace(a, body=b"".join(change(a.body.splitlines(keepends=True))))


def _whole(answer: Answer) -> Answer:
    headers = {name: value for name, value in answer.headers.items() if name.lower() != "content-range"}
    return replace(answer, status=200, headers=headers)


def _columns_turned(lines: list[bytes]) -> list[bytes]:
    return [b",".join(reversed(line.rstrip(b"\r\n").split(b","))) + b"\n" for line in lines]


FILES: dict[str, Callable[[Answer, Exchange], Reply]] = {
    "cut at the same byte always": lambda a, e: [_whole(a).wire()[:900], CLOSE],
    "cut at a line, without a length": lambda a, e: [
        b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n"
        + b"".join(a.body.splitlines(keepends=True)[:40]),
        CLOSE,
    ],
    "packed unasked": lambda a, e: replace(a, body=gzip.compress(a.body)).head(Content_Encoding="gzip"),
    "no version": lambda a, e: replace(a, headers={"Content-Type": "text/plain"}),
    "another version each time": lambda a, e: a.head(ETag=f'"{e.number}"'),
    "the columns turned around": _lines(_columns_turned),
    "no header": _lines(lambda lines: lines[1:]),
    "only the header": _lines(lambda lines: lines[:1]),
    "half of the rows": _lines(lambda lines: lines[: len(lines) // 2]),
    "a row twice": _lines(lambda lines: [*lines, lines[-1]]),
    "a row with a cell more": _lines(lambda lines: [*lines, lines[-1].rstrip(b"\r\n") + b",x\n"]),
    "a quote that does not end": _lines(lambda lines: [*lines, b'"x\n']),
    "a NUL": _lines(lambda lines: [*lines, lines[-1].replace(b"ord_", b"ord\x00")]),
    "CRLF": lambda a, e: replace(a, body=a.body.replace(b"\n", b"\r\n")),
    "bytes of Latin-1": _lines(lambda lines: [*lines, lines[-1].replace(b"CREATED", b"\xe9\xe8")]),
    "semicolons": lambda a, e: replace(a, body=a.body.replace(b",", b";")),
}

FILE_WAYS = tuple(Way(f"file: {name}", FILE, change) for name, change in FILES.items())
