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

from .exchange import Document, Kind
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


def words_of(command: str, folder: Path, name: str, proxy: Proxy) -> list[str]:
    """The command line; ``name`` is fresh, and what else it names exists."""
    known = [str(order["source_id"]) for order in proxy.orders()[-ROWS:]]
    if command in {"import", "import sample"}:
        rows = [{"source_id": f"{name}-{at}", "amount": 100 + at} for at in range(ROWS)]
        _write_rows(folder, rows)
    elif command == "import update":
        _write_rows(folder, [{"source_id": each, "metadata": {"mark": name}} for each in known])
    file = str(folder / "in.jsonl")
    return {
        "list": ["list", "--limit", "20", "--format", "json"],
        "list table": ["list", "--limit", "20"],
        "all": ["list", "--all", "--format", "jsonl"],
        "filter": ["list", "--all", "--where", "amount>=1 created>=2020", "--format", "json"],
        "get": ["get", known[0]],
        "create": ["create", "--set", f"source_id={name}", "--set", "amount=500", "--yes"],
        "update": ["update", known[0], "--set", f"metadata.mark={name}", "--yes"],
        "undo": ["undo", "--yes"],
        "import": ["import", file, "--yes"],
        "import update": ["import", file, "--yes"],
        "import sample": ["import", file, "--dry-run", "--sample", "3"],
        "export": ["export", "-o", str(folder / "out.csv"), "--fields", "id,status,amount,source_id"],
        "export jsonl": ["export", "-o", str(folder / "out.jsonl"), "--fields", "id,status,amount,source_id"],
        "export filter": ["export", "-o", str(folder / "out.jsonl"), "--where", "amount>=1 -status:paid"],
        "export detach": ["export", "--detach"],
        "jobs": ["jobs", "list"],
        "job": ["jobs", "show", "aa_known"],
        "show import": ["jobs", "show", proxy.jobs["import"], "--format", "json"],
        "show export": ["jobs", "show", proxy.jobs["export"]],
        "wait import": ["jobs", "wait", proxy.jobs["import"]],
        "wait export": ["jobs", "wait", proxy.jobs["export"]],
        "download": ["jobs", "download", proxy.jobs["export"], "-o", str(folder / "out.csv")],
        "retry": ["jobs", "retry", proxy.jobs["export"], "--yes"],
        "delete": ["jobs", "delete", proxy.jobs["export"], "--yes"],
        "doctor": ["doctor", "--online"],
        "repl": [
            "repl",
            *("-c", "list limit 20"),
            *("-c", "x = _"),
            *("-c", f"get {known[0]}"),
            *("-c", "y = _.amount"),
            *("-c", "jobs list"),
        ],
    }[command]


def _write_rows(folder: Path, rows: list[dict[str, Any]]) -> None:
    (folder / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))


_EXPORT_KINDS: tuple[Kind, ...] = ("list", "export", "export_job", "download")
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
    ("undo", "get"),
    ("undo", "update"),
    ("import", "import"),
    ("import", "action"),
    ("import update", "import"),
    ("import update", "action"),
    ("import sample", "get"),
    *(("export", kind) for kind in _EXPORT_KINDS),
    ("export jsonl", "download"),
    ("export filter", "download"),
    ("export detach", "export"),
    ("jobs", "exports"),
    ("jobs", "actions"),
    ("show import", "action"),
    ("show export", "export_job"),
    ("wait import", "action"),
    ("wait export", "export_job"),
    ("download", "export_job"),
    ("download", "download"),
    ("retry", "export_job"),
    ("retry", "export"),
    ("delete", "delete"),
    ("doctor", "list"),
    ("repl", "list"),
    ("repl", "get"),
    ("repl", "actions"),
)
"""Which answers matter to which command."""


def check(run: Run) -> list[str]:
    """What was said and is not so."""
    found = [fault for test in (*_ALWAYS, *_BY_COMMAND.get(run.command, ())) for fault in test(run)]
    return [f"{run.command} × {run.way}: {fault}" for fault in found]


def _no_fault_of_ordex(run: Run) -> list[str]:
    if run.ended.code not in {0, 2, 3, 4, 5, 6, 7, 8, 9}:
        return [f"exit code {run.ended.code}"]
    bad = [word for word in ("Traceback", "bug in Ordex", "unexpected error") if word in run.ended.err]
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
    if run.command == "filter":
        true = {order["created_at"] for order in _served_orders(run) if _matches(order)}
    missing = len(true) - len(true & {str(row.get("created_at")) for row in printed})
    if missing and len(printed) < len(true):
        return [f"ends well without {missing} of {len(true)} orders: {run.text[-160:]}"]
    return []


def _matches(order: dict[str, Any]) -> bool:
    """Whether an order as it was served is one that the filter asks for."""
    amount, created = order.get("amount"), order.get("created_at")
    is_number = isinstance(amount, int) and not isinstance(amount, bool)
    return is_number and amount >= 1 and isinstance(created, str) and created >= "2020"


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
    return _claims_of_import(run, len(run.written()))


def _claims_of_import(run: Run, there: int) -> list[str]:
    faults = []
    if run.ended.code == 0 and there < ROWS:
        faults.append(f"ends well with {there} of {ROWS} orders imported")
    said = re.search(r"(\d+) of (\d+)(?: rows| orders)? imported", run.text)
    if said and int(said[1]) > there:
        faults.append(f"says {said[0]!r}, there are {there}")
    if run.way.lies:
        return faults
    rejected = re.search(r"(\d+)(?: rows?| orders?)?(?: were| was)? rejected", run.text)
    if rejected and int(rejected[1]) > ROWS - there:
        faults.append(f"says {rejected[0]!r}, but {there} of {ROWS} are there")
    return faults


def _exported(run: Run) -> list[str]:
    files = [file for file in run.folder.iterdir() if file.name.startswith("out.")]
    if run.ended.code not in (0, 9):
        return ["leaves a file behind though it failed"] if files else []
    if not files:
        return ["ends well without a file"] if run.ended.code == 0 else []
    try:
        rows = _rows_of(files[0])
    except ValueError as error:
        return [f"the file cannot be read: {error}"]
    faults = []
    true = {order["id"]: order for order in run.proxy.orders()}
    wrong = [row for row in rows if not _is_true(row, true)]
    if run.ended.code == 0 and wrong and not run.way.lies:
        faults.append(f"ends well with wrong rows, such as {str(wrong[0])[:200]}")
    said = re.search(r"([\d,]+) (?:order|row)s? in", run.text)
    if said is None or int(said[1].replace(",", "")) != len(rows):
        faults.append(f"says {said and said[0]!r} and writes {len(rows)} rows")
    different = len({row.get("id") for row in rows})
    # Nobody knows how many orders an older export had to hold, nor how many match at the service.
    hides = run.way.hides or run.command in {"download", "export filter"}
    if run.ended.code == 0 and not hides and different < len(true):
        faults.append(f"ends well with {different} of {len(true)} orders: {run.text[-200:]}")
    return faults


def _rows_of(file: Path) -> list[dict[str, Any]]:
    with file.open(newline="", encoding="utf-8") as lines:
        if file.suffix == ".jsonl":
            return [json.loads(line) for line in lines]
        return list(csv.DictReader(lines))


def _is_true(row: dict[str, Any], true: dict[str, Document]) -> bool:
    order = true.get(str(row.get("id")))
    return order is not None and all(
        name not in row or str(row[name] or "") == str(order.get(name) or "")
        for name in ("amount", "source_id", "status")
    )


def _undone(run: Run) -> list[str]:
    marks = [(order.get("metadata") or {}).get("mark") for order in run.proxy.orders()]
    is_there = run.name in marks
    if run.ended.code == 0 and is_there:
        return ["says that it is undone, and it is not"]
    if not is_there and re.search(r"nothing was changed|was not changed|did not arrive", run.text):
        return ["says that nothing was changed, and it was"]
    return []


def _imported_updates(run: Run) -> list[str]:
    changed = sum((order.get("metadata") or {}).get("mark") == run.name for order in run.proxy.orders())
    return _claims_of_import(run, changed)


def _retried(run: Run) -> list[str]:
    made = [e for e in run.proxy.seen if e.kind == "export"]
    return ["says that an export was made, and none was"] if run.ended.code == 0 and not made else []


def _deleted(run: Run) -> list[str]:
    is_there = run.proxy.is_export(run.proxy.jobs["export"])
    if run.ended.code == 0 and is_there:
        return ["says that the export is deleted, and it is there"]
    if not is_there and re.search(r"(not|nothing was) deleted", run.text):
        return ["says that it was not deleted, and it was"]
    return []


def _waited(run: Run) -> list[str]:
    if run.ended.code != 0:
        return []
    served = [e.served for e in run.proxy.seen if e.kind in {"action", "export_job"}]
    return [] if served and b"DONE" in served[-1].upper() else ["ends well though no answer said DONE"]


_BY_COMMAND: dict[str, tuple[Callable[[Run], list[str]], ...]] = {
    "list": (_listed,),
    "all": (_listed, _all),
    "filter": (_all,),
    "get": (_got,),
    "create": (_created,),
    "update": (_updated,),
    "undo": (_undone,),
    "import": (_imported,),
    "import update": (_imported_updates,),
    **dict.fromkeys(("export", "export jsonl", "export filter", "download"), (_exported,)),
    **dict.fromkeys(("export detach", "retry"), (_retried,)),
    **dict.fromkeys(("wait import", "wait export"), (_waited,)),
    "delete": (_deleted,),
}
