"""Ways to break an answer on the wire, and answers that are not of this API, for every kind of request."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import replace

from .exchange import CLOSE, RESET, Answer, Exchange, Pause, Reply
from .ways import EVERY, Way

HTML = b"<!doctype html><title>Sign in</title><p>Please sign in to the network.</p>"
JSON = {"Content-Type": "application/json"}

Change = Callable[[Answer, Exchange], Reply]


def _packed(answer: Answer, body: bytes, coding: str = "gzip") -> Answer:
    return replace(answer, body=body).head(Content_Encoding=coding)


def _chunked(answer: Answer, rest: bytes) -> list[bytes | str]:
    head = (
        f"HTTP/1.1 {answer.status} OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    return [head.encode(), rest, CLOSE]


def _drip(answer: Answer) -> list[bytes | Pause | str]:
    wire = answer.wire()
    steps: list[bytes | Pause | str] = []
    for at in range(min(len(wire), 60)):
        steps += [wire[at : at + 1], Pause(0.1)]
    return [*steps, CLOSE]


BROKEN: dict[str, Change] = {
    "reset before the answer": lambda a, e: [RESET],
    "closed before the answer": lambda a, e: [CLOSE],
    "reset in the head": lambda a, e: [a.wire()[:20], RESET],
    "reset in the body": lambda a, e: [a.wire()[:-3], RESET],
    "closed in the body": lambda a, e: [a.wire()[: len(a.wire()) // 2 + 40], CLOSE],
    "stalled before the answer": lambda a, e: [Pause(4), CLOSE],
    "stalled in the body": lambda a, e: [a.wire()[:-3], Pause(4), CLOSE],
    "dripping": lambda a, e: _drip(a),
    "not HTTP": lambda a, e: [b"SSH-2.0-OpenSSH_9.6\r\n", CLOSE],
    "a bad status line": lambda a, e: [b"HTTP/1.1 abc OK\r\n\r\n", CLOSE],
    "a header that is none": lambda a, e: [b"HTTP/1.1 200 OK\r\n\x00\x01\r\n\r\n{}", CLOSE],
    "an endless head": lambda a, e: [b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 50_000, CLOSE],
    "a length that is too large": lambda a, e: [a.wire(length=len(a.body) + 9), CLOSE],
    "a length that is too small": lambda a, e: [a.wire(length=max(len(a.body) - 9, 0)), CLOSE],
    "a length that is a word": lambda a, e: [b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n{}", CLOSE],
    "a broken chunk": lambda a, e: _chunked(a, b"zz\r\n{}\r\n0\r\n\r\n"),
    "an unfinished chunk": lambda a, e: _chunked(a, b"ffff\r\n{}"),
    "packed though it says not": lambda a, e: replace(a, body=gzip.compress(a.body)),
    "not packed though it says so": lambda a, e: _packed(a, a.body),
    "gzip that is corrupt": lambda a, e: _packed(a, gzip.compress(a.body)[:12] + b"\xff" * 40),
    "gzip that is cut": lambda a, e: _packed(a, gzip.compress(a.body)[:-9]),
    "gzip with a wrong sum": lambda a, e: _packed(a, gzip.compress(a.body)[:-8] + b"\x00" * 8),
    "gzip unasked": lambda a, e: _packed(a, gzip.compress(a.body)),
    "packed in an unknown way": lambda a, e: _packed(a, a.body, "br"),
    "a body of gigabytes": lambda a, e: [a.wire(length=3 * 2**30), CLOSE],
    "a bomb": lambda a, e: _packed(a, gzip.compress(b" " * 40_000_000)),
}

BODIES: dict[str, Change] = {
    "an empty body": lambda a, e: replace(a, body=b""),
    "spaces": lambda a, e: replace(a, body=b" \n "),
    "a login page": lambda a, e: Answer(200, {"Content-Type": "text/html"}, HTML),
    "JSON called HTML": lambda a, e: a.head(Content_Type="text/html"),
    "JSON without a type": lambda a, e: replace(a, headers={}),
    "half a document": lambda a, e: replace(a, body=a.body[: len(a.body) // 2]),
    "rubbish behind the document": lambda a, e: replace(a, body=a.body + b"}"),
    "two documents": lambda a, e: replace(a, body=a.body + b"\n" + a.body),
    "NaN": lambda a, e: replace(a, body=b'{"id": "x", "total": NaN, "orders": []}'),
    "very deep": lambda a, e: replace(a, body=b"[" * 100_000 + b"]" * 100_000),
    "a very long number": lambda a, e: replace(
        a, body=b'{"id":"x","total":' + b"9" * 9000 + b',"orders":[]}'
    ),
    "UTF-16": lambda a, e: replace(a, body=a.body.decode().encode("utf-16")),
    "bytes that are no text": lambda a, e: replace(a, body=b'{"id":"\xff\xfe"}'),
    "a byte order mark": lambda a, e: replace(a, body=b"\xef\xbb\xbf" + a.body),
}


def _status(status: int, body: bytes = b"", **headers: str) -> Change:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda a, e: Answer(status, named, body)


def _raw(*lines: str) -> Change:
    return lambda a, e: [("\r\n".join(lines) + "\r\n\r\n").encode() + a.wire(), CLOSE]


PROBLEM = b'{"type":"about:blank","title":"Out of order","detail":"The cellar is flooded","status":400}'

STATUSES: dict[str, Change] = {
    "204": _status(204),
    "201 without a body": _status(201),
    "202 with a page": _status(202, HTML, Content_Type="text/html"),
    "206": lambda a, e: replace(a, status=206),
    "301 elsewhere": _status(301, Location="https://elsewhere.example/"),
    "302 to a login page": _status(302, HTML, Location="/login", Content_Type="text/html"),
    "304": _status(304),
    "307 to itself": lambda a, e: Answer(307, {"Location": e.target}, b""),
    "308 without a place": _status(308),
    "100 first": _raw("HTTP/1.1 100 Continue"),
    "103 first": _raw("HTTP/1.1 103 Early Hints", "Link: </x>; rel=preload"),
    "400 of problem+json": _status(400, PROBLEM, Content_Type="application/problem+json"),
    "400 with an array": _status(400, b'["no"]', Content_Type="application/json"),
    "400 with odd members": _status(
        400, b'{"code":"x","message":{"a":1},"details":["d"],"key":5,"error":"e"}'
    ),
    "401 without a body": _status(401),
    "402": _status(402, b'{"code":402,"message":"Pay"}'),
    "403 with a page": _status(403, HTML, Content_Type="text/html"),
    "404 with a page": _status(404, HTML, Content_Type="text/html"),
    "404 of another API": _status(404, b'{"error":"no such route"}', Content_Type="application/json"),
    "405": _status(405, b'{"code":405,"message":"HTTP Method Not Allowed"}'),
    "408": _status(408),
    "409": _status(409, b'{"code":409,"key":"duplicate_found","message":"Duplicated"}'),
    "413": _status(413, HTML, Content_Type="text/html"),
    "415": _status(415),
    "422 of problem+json": _status(422, PROBLEM, Content_Type="application/problem+json"),
    "429 with a year too far": _status(429, b"{}", Retry_After="99999999999999"),
    "429 with words": _status(429, b"{}", Retry_After="soon", X_Rate_Limit_Retry="later"),
    "429 with a negative wait": _status(429, b"{}", Retry_After="-5"),
    "429 of the billing cycle": _status(429, b"{}", X_Rate_Limit_Type="api_calls_cycle"),
    "500 without a body": _status(500),
    "500 of problem+json": _status(500, PROBLEM, Content_Type="application/problem+json"),
    "502 with a page": _status(502, HTML, Content_Type="text/html"),
    "503 with a wait": _status(503, HTML, Retry_After="1"),
    "599": _status(599),
    "999": _status(999),
    "200 with absurd limits": lambda a, e: a.head(
        X_Rate_Limit_Limit="0", X_Rate_Limit_Remaining="-5", X_Rate_Limit_Retry="9" * 18
    ),
    "200 with limits of words": lambda a, e: a.head(
        X_Rate_Limit_Limit="many", X_Rate_Limit_Remaining="∞".encode().decode("latin-1")
    ),
    "200 with more left than the limit": lambda a, e: a.head(
        X_Rate_Limit_Limit="10", X_Rate_Limit_Remaining="900"
    ),
}


def _way(name: str, change: Change) -> Way:
    """A refusal comes instead of what was asked for; all else comes after it was done."""
    if name[:2] in {"30", "40", "41", "42"}:
        return Way(name, EVERY, instead=lambda e: change(Answer(200, {}, b""), e))
    return Way(name, EVERY, change)


WIRE_WAYS = tuple(
    _way(name, change) for table in (BROKEN, BODIES, STATUSES) for name, change in table.items()
)
