"""Ways to send the file of an export."""

from __future__ import annotations

import gzip
import re
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
    "every row twice": _lines(lambda lines: [lines[0], *(line for row in lines[1:] for line in (row, row))]),
    "a row of another export": _lines(lambda lines: [*lines, lines[-1].replace(b"ord_", b"ord_other")]),
    "the header again in the middle": _lines(lambda lines: [*lines[:5], lines[0], *lines[5:]]),
    "a column more": _lines(lambda lines: [line.rstrip(b"\r\n") + b",x\n" for line in lines]),
    "a column less": _lines(lambda lines: [line.rpartition(b",")[0] + b"\n" for line in lines]),
    "a title twice": _lines(lambda lines: [lines[0].replace(b"Status", b"ID"), *lines[1:]]),
    "titles of other fields": _lines(
        lambda lines: [lines[0].replace(b"Amount", b"Total Amount"), *lines[1:]]
    ),
    "titles in small letters": _lines(lambda lines: [lines[0].lower(), *lines[1:]]),
    "titles that say nothing": _lines(lambda lines: [b"A,B,C,D\n", *lines[1:]]),
    "amounts as text": _lines(lambda lines: [line.replace(b",10", b",EUR 10") for line in lines]),
    "amounts as money": _lines(
        lambda lines: [re.sub(rb",(1\d\d)(\d),", rb",\1\2.50,", line) for line in lines]
    ),
    "rows backwards": _lines(lambda lines: [lines[0], *reversed(lines[1:])]),
    "empty lines between": _lines(lambda lines: [part for line in lines for part in (line, b"\n")]),
    "an empty file": lambda a, e: replace(a, body=b""),
    "one byte": lambda a, e: replace(a, body=b"\n"),
    "a mark of UTF-8": lambda a, e: replace(a, body=b"\xef\xbb\xbf" + a.body),
    "UTF-16": lambda a, e: replace(a, body=a.body.decode().encode("utf-16")),
    "JSON in place of rows": lambda a, e: replace(a, body=b'{"code":500,"message":"no"}'),
    "JSON called so": lambda a, e: Answer(200, {"Content-Type": "application/json"}, b'{"orders":[]}'),
    "a page called a file": lambda a, e: replace(a, body=b"<!doctype html><title>Sign in</title>\n"),
    "a cell of a megabyte": _lines(lambda lines: [*lines, b"x" * 1_000_000 + b",PAID,1,y\n"]),
    "ids empty": _lines(lambda lines: [lines[0], *(b"," + line.partition(b",")[2] for line in lines[1:])]),
    "fewer rows each time": lambda a, e: replace(
        a.head(ETag=f'"{e.number}"'), body=b"".join(a.body.splitlines(keepends=True)[: -e.number])
    ),
    "a redirect to a store": lambda a, e: Answer(302, {"Location": "https://files.example/x.csv"}, b""),
    "204": lambda a, e: Answer(204, {}, b""),
    "206 unasked": lambda a, e: replace(a, status=206),
    "206 of another part": lambda a, e: replace(a, status=206).head(Content_Range="bytes 5-9/10"),
    "206 of words": lambda a, e: replace(a, status=206).head(Content_Range="some of it"),
    "416": lambda a, e: Answer(416, {"Content-Range": "bytes */0"}, b""),
    "416 without a size": lambda a, e: Answer(416, {}, b""),
    "attachment in a path": lambda a, e: a.head(Content_Disposition='attachment; filename="../../x"'),
}

LIES = {"a row of another export", "a cell of a megabyte"}
"""Orders that are not there, in the right form."""

FILE_WAYS = tuple(Way(f"file: {name}", FILE, change, lies=name in LIES) for name, change in FILES.items())
