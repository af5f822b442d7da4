"""A masked session's requests, mappings, commands and REPL: none of five hundred known values in any of it.

The account has persons in their own fields too, and values under a key of metadata that was chosen.
"""

from __future__ import annotations

import asyncio
import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.support.command_line import Ordex, command_line
from tests.support.masked_window import Masked, masked_window
from tests.support.personal import Person, Watch, order_of, people, session_masks
from tests.support.pseudo_terminal import ROOT
from tests.support.sandbox import RunningSandbox, running_sandbox
from tui.actions.api_calls import bodies
from tui.actions.masking import masked_call
from tui.app.dialogs.chooser import Chooser
from tui.app.dialogs.path_dialog import PathDialog
from tui.app.imports.column_dialogs import CellValuesDialog, FieldDialog
from tui.app.imports.import_plan_screen import ImportPlanScreen
from tui.app.imports.import_screen import ImportScreen
from tui.app.imports.mapping_screen import MappingScreen
from tui.app.inspector.call_details import CallNotCopied, CallScreen, copied_call
from tui.app.inspector.inspector_screen import InspectorScreen
from tui.app.panels.problem import Problem
from tui.orders.privacy import Masks
from tui.terminal.clipboard import ClipboardRoute, CopyOutcome
from tui.voucherify.errors import VoucherifyError
from tui.voucherify.snippets import LANGUAGES

PEOPLE = people(84)
STRANGER = people(1, seed=99)[0]
"""Somebody whom only a file, a request that fails and the person's own typing know."""


def vip_code(number: int) -> str:
    """What a shop keeps about somebody under a key of its own."""
    return f"Xqzvip{number:04}jqx"


def whole_order(person: Person, number: int) -> dict[str, Any]:
    """An order with its customer, the key that was chosen, and words that repeat both."""
    order = order_of(person, number)
    order["metadata"] |= {"vip_code": vip_code(number), "remark": f"{vip_code(number)} of {person.name}"}
    order["customer"] = {
        "object": "customer",
        "name": person.name,
        "email": person.email,
        "phone": person.phone,
        "address": {"line_1": person.street, "city": person.city},
        "metadata": {"vip_code": vip_code(number)},
    }
    return order


ORDERS = [whole_order(person, number) for number, person in enumerate(PEOPLE)]
VALUES = [*(value for person in PEOPLE for value in person.values), *map(vip_code, range(len(PEOPLE)))]
NIGHTLY = bool(os.environ.get("ORDEX_NIGHTLY"))
OPENED = range(20) if NIGHTLY else (0, 4)
"""The calls, counted from the newest, that are opened: one that was cut, and the list of orders."""

COLUMNS = range(8) if NIGHTLY else (2, 6)
"""The columns of the foreign file that are asked about."""

WATCH = Watch([*VALUES, *STRANGER.values, vip_code(900)])
CONFIG = 'mask = true\n\n[profiles.shop]\nurl = "{url}"\napp_id = "{app_id}"\nmask_metadata = ["vip_code"]\n'


@pytest.fixture
def served() -> Iterator[RunningSandbox]:
    """The account over loopback."""
    with running_sandbox(orders=ORDERS) as sandbox:
        yield sandbox


@pytest.fixture
def ordex(
    served: RunningSandbox, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Ordex:
    """The command line on a profile of the account that is always masked."""
    from tui.settings.folders import find_folders

    config = find_folders(os.environ).config_file
    config.parent.mkdir(parents=True)
    config.write_text(CONFIG.format(url=served.url, app_id=served.app_id))
    for name in ("VOUCHERIFY_APP_ID", "VOUCHERIFY_APP_TOKEN", "VOUCHERIFY_API_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ORDEX_SHOP_APP_TOKEN", served.app_token)
    monkeypatch.setenv("ORDEX_PROFILE", "shop")
    return command_line(capsys)


def foreign_csv(path: Path) -> Path:
    """A file of another shop, with columns that no field is named like."""
    written = io.StringIO()
    rows = csv.writer(written)
    rows.writerow(["Order No", "Total", "Who", "Mail", "Tel", "Where", "State", "vip_code"])
    for number, person in enumerate((STRANGER, PEOPLE[1], PEOPLE[2])):
        where = f"{person.street}, {person.city}"
        rows.writerow(
            [
                f"X-{number}",
                "12.50",
                person.name,
                person.email,
                person.phone,
                where,
                person.name,
                vip_code(900),
            ]
        )
    path.write_text(written.getvalue(), encoding="utf-8")
    return path


def test_five_hundred_values_are_known(served: RunningSandbox) -> None:
    """As many as were asked for; without masks the service tells every one."""
    assert len(set(VALUES)) == len(VALUES) == 504
    with served.store.reading() as transaction:
        told = json.dumps(list(transaction.orders.all()), ensure_ascii=False)
    assert [value for value in VALUES if json.dumps(value, ensure_ascii=False)[1:-1] not in told] == []


async def test_requests_and_mappings_show_copy_and_save_nobody(
    served: RunningSandbox, tmp_path: Path
) -> None:
    """Calls with somebody in their address, bodies and errors; every snippet, the archive; a foreign file."""
    masks = session_masks(always=True, metadata=("vip_code",))
    async with masked_window(served, tmp_path, WATCH, masks=masks, size=(100, 30)) as opened:
        await _calls(opened)
        await _inspected(opened, masks, tmp_path / "calls.har")
        await _mapped(opened, foreign_csv(tmp_path / "shop.csv"))


async def _calls(opened: Masked) -> None:
    """Somebody in what is sent, asked for, answered and refused; one body too long to be kept whole."""
    client: Any = opened.screen.paging.session.client
    await client.update_order(ORDERS[3]["id"], {"metadata": whole_order(STRANGER, 900)["metadata"]})
    for refused in (
        client.create_order({"source_id": "WEB-9", "status": STRANGER.phone, "customer": {"name": 5}}),
        client.get_order(STRANGER.email),
        client.import_orders([{**whole_order(STRANGER, 900), "amount": STRANGER.name}] * 40),
    ):
        with pytest.raises(VoucherifyError) as caught:
            await refused
        opened.screen.query_one(Problem).show(caught.value)
        await opened.pilot.pause(0.05)
        opened.look()
    opened.screen.paging.forget_failures()


async def _inspected(opened: Masked, masks: Masks, archive: Path) -> None:
    copied: list[str] = []

    def keep(text: str, write: object) -> CopyOutcome:
        copied.append(text)
        return CopyOutcome(ClipboardRoute("file", "test"), len(text), "kept by the test")

    await opened.keys("R")
    screen = await opened.top(InspectorScreen)
    screen._copy_text = keep
    made = screen._rows.row_count
    await opened.keys("y")
    await opened.top(Chooser)
    await opened.keys("enter")
    await opened.top(InspectorScreen)
    for at in range(made):
        assert screen.call is not None
        for what in (*LANGUAGES, *bodies(screen.call)):
            with suppress(CallNotCopied):
                copied.append(copied_call(what, masked_call(screen.call, masks), served_at(opened))[1])
        if at in OPENED:
            await opened.keys("enter")
            await opened.top(CallScreen)
            await opened.keys("asterisk", "pagedown", "tab", "pagedown", "escape")
            await opened.top(InspectorScreen)
        await opened.keys("j")
    assert len(copied) > 4 * made
    assert WATCH.found("\n".join(copied)) == []
    await opened.keys("w")
    (await opened.top(PathDialog)).query_one("#target").value = str(archive)
    await opened.keys("enter")
    await opened.until(archive.exists)
    told = json.loads(await asyncio.to_thread(archive.read_text))
    assert len(told["log"]["entries"]) == made
    assert WATCH.found(json.dumps(told, ensure_ascii=False)) == []
    await opened.top(InspectorScreen)
    await opened.keys("escape")
    await opened.browses()


def served_at(opened: Masked) -> str | None:
    """The account's address."""
    address: str | None = opened.screen.paging.session.base_url
    return address


async def _mapped(opened: Masked, file: Path) -> None:
    """The first values of a file, the orders that they would be, the questions about a column, the plan."""
    await opened.keys("i")
    (await opened.top(ImportScreen)).query_one("#file").value = str(file)
    await opened.keys("enter")
    screen = await opened.top(MappingScreen)
    await opened.until(lambda: screen._found.rows or screen._found.problem)
    for column in range(8):
        if column in COLUMNS:
            await opened.keys("enter")
            await opened.top(FieldDialog)
            await opened.keys("escape")
            await opened.top(MappingScreen)
            await opened.keys("t")
            await opened.keys("v", rest=0.05)
            if isinstance(opened.app.screen, CellValuesDialog):
                await opened.keys("escape")
                await opened.top(MappingScreen)
        await opened.keys("j")
    await opened.keys("c", rest=0.1)
    await opened.until(lambda: isinstance(opened.app.screen, MappingScreen | ImportPlanScreen))
    opened.look()


def test_commands_tell_and_write_nobody(ordex: Ordex, tmp_path: Path) -> None:
    """Output, narration, errors, archives of calls and exported files of a profile that is always masked."""
    foreign = foreign_csv(tmp_path / "shop.csv")
    rows = tmp_path / "rows.jsonl"
    faulty = [{**whole_order(STRANGER, 900), "amount": STRANGER.name}, whole_order(STRANGER, 901)]
    bad = tmp_path / "bad.json"
    bad.write_text(json.dumps(faulty[0]))
    rows.write_text("".join(json.dumps(row) + "\n" for row in faulty))
    columns = "id,customer.name,customer.address,metadata.vip_code,metadata.remark,metadata.log"
    for at, words in enumerate((
        ("list", "--all", "--columns", columns),
        ("list", "--all", "--format", "json"),
        ("get", STRANGER.email),
        ("get", "WEB-0003", "--format", "csv"),
        ("create", "--yes", "--file", str(bad)),
        ("create", "--yes", "--set", f"customer.email={STRANGER.email}", "--set", "items[0].quantity=-1"),
        ("update", "WEB-0003", "--yes", "--set", f"metadata.vip_code={vip_code(900)}"),
        ("update", "WEB-0004", "--dry-run", "--set", f"metadata.remark=for {PEOPLE[4].name}"),
        ("journal", "--format", "json"),
        ("import", str(rows), "--dry-run"),
        ("import", str(rows), "--dry-run", "--format", "json"),
        ("import", str(foreign), "--propose"),
        ("import", str(foreign), "--propose", "--format", "json"),
        ("import", str(foreign), "--dry-run"),
        ("export", "--output", str(tmp_path / "all.csv")),
        ("export", "--output", str(tmp_path / "some.jsonl"), "--where", "amount>=10"),
        ("jobs", "--format", "json"),
        ("doctor",),
    )):  # fmt: skip
        archive = tmp_path / f"{at}.har"
        ended = ordex(*words, "--debug", "--har", str(archive), "--write")
        assert WATCH.found(ended.out + ended.err) == [], words
        told = json.dumps(json.loads(archive.read_text()), ensure_ascii=False) if archive.exists() else ""
        assert WATCH.found(told) == [], words
    for name in ("all.csv", "some.jsonl"):
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert text.count("\n") >= len(ORDERS)
        assert WATCH.found(text) == []


def test_the_repl_tells_and_writes_nobody(ordex: Ordex, tmp_path: Path) -> None:
    """A process of its own: results, values, requests as text, snippets and an archive, files and pipes."""
    lines = (
        "list limit 100 columns id,customer,metadata.vip_code,metadata.note",
        "_[3].metadata",
        "get WEB-0005",
        "_.customer",
        f"list limit 100 format jsonl > {tmp_path / 'all.jsonl'}",
        f"get WEB-0007 | cat > {tmp_path / 'piped.txt'}",
        "update WEB-0005 --set metadata.vip_code=Xqzvip0900jqx --yes",
        "requests",
        "requests show 3",
        "requests copy 1 as php",
        f"requests har {tmp_path / 'repl.har'}",
        "journal",
        "_",
        f"get {STRANGER.email}",
    )
    done = subprocess.run(
        [sys.executable, "-m", "tui", "repl", "--write"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, input="\n".join(lines), text=True,
        capture_output=True, check=False,
    )  # fmt: skip
    assert f"stopped at line {len(lines)}" in done.stderr, done.stderr[-800:]
    files = [(tmp_path / name).read_text(encoding="utf-8") for name in ("all.jsonl", "piped.txt")]
    files.append(json.dumps(json.loads((tmp_path / "repl.har").read_text()), ensure_ascii=False))
    assert files[0].count("\n") == len(ORDERS)
    assert WATCH.found("\n".join([done.stdout, done.stderr, *files])) == []
