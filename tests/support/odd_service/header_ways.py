"""Ways to set headers: clocks that are wrong by years, rate limits that say nothing useful, cookies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from .exchange import CLOSE, Answer, Exchange, Reply
from .ways import EVERY, READS, WRITES, Way

Change = Callable[[Answer, Exchange], Reply]

PAST = "Tue, 01 Jan 1980 00:00:00 GMT"
FUTURE = "Fri, 01 Jan 2088 00:00:00 GMT"
SECONDS_OF_2088 = "3723840000"

_LIMITED = b'{"code":429,"message":"Too many requests hit the API too quickly."}'


def _first(count: int, change: Change) -> Change:
    """The change of the first answers only."""
    return lambda a, e: change(a, e) if e.number <= count else a


def _limited(**headers: str) -> Change:
    return lambda a, e: Answer(429, {}, _LIMITED).head(**headers)


def _twice(answer: Answer) -> list[bytes | str]:
    head, _, body = answer.wire().partition(b"\r\n\r\n")
    return [head + b"\r\nContent-Length: 3\r\n\r\n" + body, CLOSE]


OTHERS: dict[str, Change] = {
    "a Date in the past": lambda a, e: a.head(Date=PAST),
    "a Date in the future": lambda a, e: a.head(Date=FUTURE),
    "a Date of words": lambda a, e: a.head(Date="yesterday"),
    "no calls left, until long ago": lambda a, e: a.head(
        X_Rate_Limit_Limit="100", X_Rate_Limit_Remaining="0", X_Rate_Limit_Retry="1000000001"
    ),
    "no calls left, until 2088": lambda a, e: a.head(
        X_Rate_Limit_Limit="100", X_Rate_Limit_Remaining="0", X_Rate_Limit_Retry=SECONDS_OF_2088
    ),
    "no calls left, by a clock of 2088": lambda a, e: a.head(
        Date=FUTURE,
        X_Rate_Limit_Limit="100",
        X_Rate_Limit_Remaining="0",
        X_Rate_Limit_Retry=SECONDS_OF_2088,
    ),
    "a limit of no calls": lambda a, e: a.head(X_Rate_Limit_Limit="0", X_Rate_Limit_Remaining="0"),
    "a limit of one call": lambda a, e: a.head(X_Rate_Limit_Limit="1", X_Rate_Limit_Remaining="1"),
    "a limit of two calls": lambda a, e: a.head(X_Rate_Limit_Limit="2", X_Rate_Limit_Remaining="1"),
    "a limit that is a huge number": lambda a, e: a.head(
        X_Rate_Limit_Limit="9" * 20, X_Rate_Limit_Remaining="9" * 20
    ),
    "a wait in a good answer": lambda a, e: a.head(Retry_After="86400"),
    "the cycle is used up, in a good answer": lambda a, e: a.head(X_Rate_Limit_Type="api_calls_cycle"),
    "a cookie and a redirect that is none": lambda a, e: a.head(
        Set_Cookie="a=b; Path=/", Location="https://elsewhere.example/", Refresh="0; url=/"
    ),
    "two lengths": lambda a, e: _twice(a),
    "a length and chunks": lambda a, e: [
        a.head(Transfer_Encoding="chunked").wire()[: -len(a.body) or None]
        + f"{len(a.body):x}\r\n".encode() + a.body + b"\r\n0\r\n\r\n",
        CLOSE,
    ],
    "a charset that is wrong": lambda a, e: a.head(Content_Type="application/json; charset=utf-16"),
    "a charset that is unknown": lambda a, e: a.head(Content_Type="application/json; charset=klingon"),
    "a header of a megabyte": lambda a, e: a.head(X_Trace="x" * 1_000_000),
    "headers with control characters": lambda a, e: a.head(X_Request_Id="\x1b]0;x\x07"),
    "Latin-1 in a header": lambda a, e: a.head(X_Request_Id="\xe9\xe8"),
}  # fmt: skip

LIMITS: dict[str, Change] = {
    "429 always": _limited(),
    "429 always, with no wait": _limited(Retry_After="0"),
    "429 always, with a wait of a second": _limited(Retry_After="1"),
    "429 always, until a date in the past": _limited(Retry_After=PAST),
    "429 always, until a date in the future": _limited(Retry_After=FUTURE),
    "429 always, by a clock of 2088": _limited(Retry_After=FUTURE, Date=FUTURE),
    "429 always, until long ago": _limited(X_Rate_Limit_Retry="1000000001"),
    "429 always, until 2088": _limited(X_Rate_Limit_Retry=SECONDS_OF_2088),
}

ONCE: dict[str, Change] = {
    "429 once": _first(1, _limited(Retry_After="0")),
    "429 twice, with a page": _first(2, lambda a, e: Answer(429, {"Content-Type": "text/html"}, b"<p>no")),
    "503 twice": _first(2, lambda a, e: Answer(503, {}, b"")),
    "cut once": _first(1, lambda a, e: [a.wire()[:-3], CLOSE]),
    "500 at every other request": lambda a, e: Answer(500, {}, b"") if e.number % 2 else a,
    "cut at every other request": lambda a, e: [a.wire()[:-3], CLOSE] if e.number % 2 else a,
}

STATUSES: dict[str, Change] = {
    "203": lambda a, e: replace(a, status=203),
    "205": lambda a, e: Answer(205, {}, b""),
    "226": lambda a, e: replace(a, status=226),
    "300": lambda a, e: Answer(300, {"Location": "/v2"}, b""),
    "303 elsewhere": lambda a, e: Answer(303, {"Location": "https://elsewhere.example/"}, b""),
    "307 to http": lambda a, e: Answer(307, {"Location": "http://elsewhere.example/"}, b""),
    "308 to a file": lambda a, e: Answer(308, {"Location": "file:///etc/passwd"}, b""),
    "418 with a page": lambda a, e: Answer(418, {"Content-Type": "text/html"}, b"<h1>I'm a teapot</h1>"),
    "423": lambda a, e: Answer(423, {}, b'{"code":423,"key":"locked","message":"Locked"}'),
    "451 with a page": lambda a, e: Answer(451, {"Content-Type": "text/html"}, b"<title>No</title>"),
    "499": lambda a, e: Answer(499, {}, b""),
    "501": lambda a, e: Answer(501, {}, b""),
    "504 with a page": lambda a, e: Answer(504, {"Content-Type": "text/html"}, b"<title>Gateway</title>"),
    "520 with a page": lambda a, e: Answer(520, {"Content-Type": "text/html"}, b"<title>Unknown</title>"),
    "success with an error in it": lambda a, e: replace(
        a, body=b'{"code":500,"message":"Internal error","key":"internal_error"}'
    ),
}


def _refusal(change: Change) -> Callable[[Exchange], Reply]:
    return lambda e: change(Answer(200, {}, b""), e)


def _error(name: str, change: Change) -> Way:
    if name.startswith(("4", "30")):
        return Way(name, EVERY, instead=_refusal(change))
    return Way(name, EVERY, change)


HEADER_WAYS = (
    *(Way(name, EVERY, change) for name, change in OTHERS.items()),
    *(Way(name, EVERY, instead=_refusal(change)) for name, change in LIMITS.items()),
    *(Way(name, READS | {"download"}, change) for name, change in ONCE.items()),
    *(Way(f"change answered: {name}", WRITES, change) for name, change in ONCE.items()),
    *(_error(name, change) for name, change in STATUSES.items()),
)
