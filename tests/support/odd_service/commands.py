"""Commands that are run against odd answers, and what is true of what they say."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.command_line import Ended

from .exchange import Kind
from .proxy import Proxy
from .ways import Way

ROWS = 5
"""Orders in the file that is imported."""


@dataclass(frozen=True, slots=True)
class Run:
    """One command under one way: what it said, and what was true."""

    command: str
    way: Way
    ended: Ended
    proxy: Proxy
    folder: Path
    name: str
    """The source_id, or the beginning of those, that the command was to write."""

    @property
    def text(self) -> str:
        """All that was said, in one line."""
        return " ".join((self.ended.err + " " + self.ended.out[-2000:]).split())

    @property
    def changes(self) -> int:
        """Requests that the service received and that change something."""
        return sum(exchange.method != "GET" for exchange in self.proxy.seen)

    def written(self) -> list[dict[str, Any]]:
        """The orders that the service has under the name."""
        return [order for order in self.proxy.orders() if str(order.get("source_id")).startswith(self.name)]


def words_of(command: str, folder: Path, name: str, known: str) -> list[str]:
    """The command line; ``name`` is fresh, ``known`` an order that exists."""
    if command == "import":
        rows = [{"source_id": f"{name}-{at}", "amount": 100 + at} for at in range(ROWS)]
        (folder / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return {
        "list": ["list", "--limit", "20", "--format", "json"],
        "list table": ["list", "--limit", "20"],
        "all": ["list", "--all", "--format", "jsonl"],
        "filter": ["list", "--all", "--where", "amount>=1 created>=2020", "--format", "json"],
        "get": ["get", known],
        "create": ["create", "--set", f"source_id={name}", "--set", "amount=500", "--yes"],
        "update": ["update", known, "--set", f"metadata.mark={name}", "--yes"],
        "import": ["import", str(folder / "in.jsonl"), "--yes"],
        "export": ["export", "-o", str(folder / "out.csv"), "--fields", "id,status,amount,source_id"],
        "jobs": ["jobs", "list"],
        "job": ["jobs", "show", "aa_known"],
    }[command]


CONCERNED: tuple[tuple[str, Kind], ...] = (
    ("list", "list"),
    ("list table", "list"),
    ("all", "list"),
    ("filter", "list"),
    ("get", "get"),
    ("create", "create"),
    ("create", "get"),
    ("update", "get"),
    ("update", "update"),
    ("import", "import"),
    ("import", "action"),
    ("export", "list"),
    ("export", "export"),
    ("export", "export_job"),
    ("export", "download"),
    ("jobs", "exports"),
    ("jobs", "actions"),
)
"""Which answers matter to which command."""


def check(run: Run) -> list[str]:
    """What was said and is not so."""
    found = [fault for test in (*_ALWAYS, *_BY_COMMAND.get(run.command, ())) for fault in test(run)]
    return [f"{run.command} × {run.way}: {fault}" for fault in found]


def _no_fault_of_ordex(run: Run) -> list[str]:
    if run.ended.code not in {0, 2, 3, 4, 5, 6, 7, 8, 9}:
        return [f"exit code {run.ended.code}"]
    bad = [word for word in ("Traceback", "fault of Ordex") if word in run.ended.err]
    return [f"says {word!r}: {run.ended.err[-200:]}" for word in bad]


def _says_why(run: Run) -> list[str]:
    return ["fails without a word"] if run.ended.code and not run.ended.err.strip() else []


def _few_requests(run: Run) -> list[str]:
    count = len(run.proxy.seen)
    return [f"{count} requests"] if count > 120 else []


def _sent(run: Run) -> list[str]:
    if run.changes and re.search(
        r"nothing (was|is) sent|not sent[:.]|was not sent\b", run.text, re.IGNORECASE
    ):
        return [f"says that nothing was sent after {run.changes} changes were"]
    return []


def _usage(run: Run) -> list[str]:
    is_refused = "400" in run.way.name or "422" in run.way.name
    if run.ended.code == 2 and run.changes and not is_refused:
        return ["exit code 2 (nothing sent) after something was"]
    # A value that is set into metadata which is none is refused as what was typed.
    is_right = run.command != "update"
    return ["Usage: of a right command"] if "Usage:" in run.ended.err and is_right else []


def _not_found(run: Run) -> list[str]:
    if run.ended.code != 3:
        return []
    return [] if any(b'"code"' in e.served or b"Not" in e.served for e in run.proxy.seen) else ["not found"]


_ALWAYS: tuple[Callable[[Run], list[str]], ...] = (
    _no_fault_of_ordex, _says_why, _few_requests, _sent, _usage, _not_found
)  # fmt: skip


def _served_orders(run: Run) -> list[dict[str, Any]]:
    served = []
    for exchange in run.proxy.seen:
        if exchange.kind != "list":
            continue
        try:
            rows = json.loads(exchange.served)["orders"]
        except (ValueError, KeyError, TypeError, RecursionError):
            continue
        served += [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    return served


def _printed(run: Run) -> list[dict[str, Any]] | None:
    try:
        if run.command == "all":
            return [json.loads(line) for line in run.ended.out.splitlines()]
        return list(json.loads(run.ended.out)) if run.ended.out else []
    except ValueError:
        return None


def _listed(run: Run) -> list[str]:
    printed = _printed(run)
    if printed is None:
        return ["stdout is not JSON"]
    faults = []
    served = _served_orders(run)
    if served and [row for row in printed if row not in served]:
        faults.append("prints an order that was not served")
    said = re.search(r"([\d,]+) of ([\d,]+) orders?", run.text)
    if said:
        shown, of = (int(number.replace(",", "")) for number in said.groups())
        if shown != len(printed):
            faults.append(f"says {shown} orders and prints {len(printed)}")
        if of < shown:
            faults.append(f"says {said[0]}")
    return faults


def _all(run: Run) -> list[str]:
    printed = _printed(run) or []
    if run.ended.code != 0 or run.way.hides or " skipped: " in run.ended.err:
        return []
    true = {order["created_at"] for order in run.proxy.orders()}
    missing = len(true) - len(true & {str(row.get("created_at")) for row in printed})
    if missing and len(printed) < len(true):
        return [f"ends well without {missing} of {len(true)} orders: {run.text[-160:]}"]
    return []


def _got(run: Run) -> list[str]:
    if run.ended.code == 0 and not run.ended.out.strip():
        return ["shows nothing"]
    return []


def _created(run: Run) -> list[str]:
    there = run.written()
    if run.ended.code == 0 and not there:
        return ["says that it is created, and it is not"]
    if there and re.search(r"(was|is) not created|did not arrive|nothing was changed", run.text):
        return ["says that it was not created, and it was"]
    return []


def _updated(run: Run) -> list[str]:
    is_changed = any((order.get("metadata") or {}).get("mark") == run.name for order in run.proxy.orders())
    if run.ended.code == 0 and not is_changed:
        return ["says that it is changed, and it is not"]
    if is_changed and re.search(r"(was|is) not changed|did not arrive|nothing was changed", run.text):
        return ["says that it was not changed, and it was"]
    return []


def _imported(run: Run) -> list[str]:
    there = len(run.written())
    faults = []
    if run.ended.code == 0 and there < ROWS:
        faults.append(f"ends well with {there} of {ROWS} orders imported")
    said = re.search(r"(\d+) of (\d+)(?: rows| orders)? imported", run.text)
    if said and int(said[1]) > there:
        faults.append(f"says {said[0]!r}, there are {there}")
    rejected = re.search(r"(\d+)(?: rows?| orders?)?(?: were| was)? rejected", run.text)
    if rejected and int(rejected[1]) > ROWS - there:
        faults.append(f"says {rejected[0]!r}, but {there} of {ROWS} are there")
    return faults


def _exported(run: Run) -> list[str]:
    file = run.folder / "out.csv"
    if run.ended.code not in (0, 9):
        return ["leaves a file behind though it failed"] if file.exists() else []
    if not file.exists():
        return ["ends well without a file"] if run.ended.code == 0 else []
    with file.open(newline="", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    true = {order["id"]: order for order in run.proxy.orders()}
    wrong = [
        row
        for row in rows
        if row.get("id") not in true
        or row["amount"] != str(true[row["id"]]["amount"])
        or row["source_id"] != str(true[row["id"]]["source_id"] or "")
    ]
    faults = [f"the file has wrong rows, such as {wrong[0]}"] if wrong else []
    if run.ended.code == 0 and len(rows) < len(true):
        faults.append(f"ends well with {len(rows)} of {len(true)} orders: {run.text[-200:]}")
    return faults


_BY_COMMAND: dict[str, tuple[Callable[[Run], list[str]], ...]] = {
    "list": (_listed,),
    "all": (_listed, _all),
    "filter": (_all,),
    "get": (_got,),
    "create": (_created,),
    "update": (_updated,),
    "import": (_imported,),
    "export": (_exported,),
}
