"""Ways in which jobs go and end: statuses, results that name wrong rows, links that lead elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .exchange import Answer, Document, Exchange, Kind, Reply
from .ways import Way

Change = Callable[[Document, Exchange], Any]


def _job(change: Change) -> Callable[[Answer, Exchange], Reply]:
    return lambda a, e: a if a.status != 200 else a.of(change(a.document, e))


def _done(change: Change) -> Callable[[Answer, Exchange], Reply]:
    return _job(lambda d, e: change(d, e) if d.get("status") == "DONE" else d)


def _status(*statuses: Any) -> Change:
    """One status after the other; the last stays. ``None`` is the true one."""

    def change(document: Document, exchange: Exchange) -> Document:
        status = statuses[min(exchange.number, len(statuses)) - 1]
        return document if status is None else {**document, "status": status, "result": None}

    return change


STATUSES: dict[str, Change] = {
    "never over": _status("IN_PROGRESS"),
    "never begun": _status("SCHEDULED"),
    "paused": _status("PAUSED"),
    "done in small letters": lambda d, e: {**d, "status": str(d["status"]).lower()},
    "COMPLETED": _status("COMPLETED"),
    "CANCELED": _status("CANCELED"),
    "a failure, then the truth": _status("ENQUEUED", "SCHEDULED", None),
    "no status, then the truth": _status("", "", None),
    "running again after the end": lambda d, e: {**d, "status": "IN_PROGRESS"} if e.number % 2 else d,
    "another job": lambda d, e: {**d, "id": "aa_other", "created_at": "2020-01-01T00:00:00.000Z"},
    "a job of another type": lambda d, e: {**d, "type": "VOUCHERS.IMPORT", "exported_object": "voucher"},
}


def _result(**members: Any) -> Change:
    return lambda d, e: {**d, "result": {**(d.get("result") or {}), **members}}


def _failed(rows: list[Any], **members: Any) -> Change:
    return _result(failed=rows, **members)


RESULTS: dict[str, Change] = {
    "names rows of other files": _failed([{"source_id": "other-1", "reason": "no"}]),
    "names a row that arrived": _failed([{"source_id": "new-0", "reason": "no"}]),
    "names no row but counts one": _result(failed=[], failed_count=1, done_count=4),
    "counts more failures than rows": _result(failed=[], failed_count=50, done_count=0),
    "counts none at all": _result(failed=[], failed_count=0, done_count=0),
    "counts fewer than were sent": _result(failed=[], failed_count=0, done_count=3),
    "counts more than were sent": _result(failed=[], failed_count=0, done_count=7),
    "counts a fraction": _result(done_count=2.5),
    "counts yes": _result(done_count=True, failed_count=False),
    "fails rows without a name": _failed([{"source_id": None, "reason": "no"}] * 5, done_count=0),
    "fails one row without a name": _failed(
        [{"source_id": None, "reason": "no"}], done_count=4, failed_count=1
    ),
    "fails the same row five times": _failed([{"source_id": "new-0", "reason": "no"}] * 5, done_count=0),
    "fails with a reason that is an object": _failed([{"source_id": None, "reason": {"a": [1]}}]),
    "fails with a reason of a megabyte": _failed([{"source_id": None, "reason": "no " * 300_000}]),
    "fails with a reason that acts": _failed([{"source_id": None, "reason": "\x1b[2J\r\n\u202e"}]),
    "fails twenty thousand rows": _failed([{"source_id": f"o-{n}", "reason": "no"} for n in range(20_000)]),
    "only a message": lambda d, e: {
        **d,
        "result": {"message": "5 order(s) imported successfully, 0 failed."},
    },
    "a message that contradicts": _result(message="0 order(s) imported successfully, 5 failed."),
    "operation_status FAILED": lambda d, e: {**d, "operation_status": "FAILED"},
    "times that are wrong by years": lambda d, e: {
        **d,
        "created_at": "2001-01-01T00:00:00.000Z",
        "updated_at": "2001-01-01T00:00:01.000Z",
    },
    "times of the future": lambda d, e: {
        **d,
        "created_at": "2088-01-01T00:00:00.000Z",
        "updated_at": "2088-01-01T00:00:01.000Z",
    },
}

LIES = {"fails rows without a name"}
"""Results that say in the right form what is not so."""

URLS: dict[str, Any] = {
    "another host": "https://elsewhere.example/v1/exports/x?token=t",
    "http in place of https": "http://download.voucherify.io/v1/exports/x?token=t",
    "a file": "file:///etc/passwd",
    "a script": "javascript:alert(1)",
    "another port": "http://127.0.0.1:9/v1/exports/x?token=t",
    "a user": "http://a:b@127.0.0.1/v1/exports/x?token=t",
    "no host": "https://",
    "a host of another alphabet": "https://аpi.voucherify.io/x",
    "an IP address": "http://169.254.169.254/latest/meta-data",
    "a line end": "http://127.0.0.1/x\r\nX-A: b",
    "a megabyte": "https://x.example/" + "a" * 1_000_000,
    "a path": "/v1/exports/x?token=t",
    "without a scheme": "127.0.0.1/v1/exports/x",
    "a fragment": "https://x.example/#a",
}

LISTS: dict[Kind, dict[str, Change]] = {
    "exports": {
        "no jobs but a total": lambda d, e: {**d, "exports": [], "total": 50},
        "a job twice": lambda d, e: {**d, "exports": d["exports"] * 2},
        "a total that is less": lambda d, e: {**d, "total": 0},
        "a total of words": lambda d, e: {**d, "total": "many"},
        "jobs of the future": lambda d, e: {
            **d,
            "exports": [{**row, "created_at": "2088-01-01T00:00:00.000Z"} for row in d["exports"]],
        },
    },
    "actions": {
        "no jobs but more": lambda d, e: {**d, "async_actions": [], "has_more": True},
        "the same page for ever": lambda d, e: {**d, "has_more": True},
        "a job twice": lambda d, e: {**d, "async_actions": d["async_actions"] * 2},
        "jobs of the future": lambda d, e: {
            **d,
            "async_actions": [
                {**row, "created_at": "2088-01-01T00:00:00.000Z"} for row in d["async_actions"]
            ],
        },
    },
}


def _of(kind: Kind) -> frozenset[Kind]:
    return frozenset({kind})


JOB_WAYS = (
    *(
        Way(f"export: {name}", _of("export_job"), _job(change), lies=name == "a job of another type")
        for name, change in STATUSES.items()
    ),
    *(Way(f"job: {name}", _of("action"), _job(change)) for name, change in STATUSES.items()),
    *(
        Way(f"result: {name}", _of("action"), _done(change), lies=name in LIES)
        for name, change in RESULTS.items()
    ),
    *(
        Way(
            f"export link: {name}",
            _of("export_job"),
            _done(lambda d, e, url=url: {**d, "result": {"url": url}}),
        )
        for name, url in URLS.items()
    ),
    *(
        Way(f"{kind}: {name}", _of(kind), _job(change))
        for kind, changes in LISTS.items()
        for name, change in changes.items()
    ),
)
