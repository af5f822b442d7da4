"""Files that Ordex or the service wrote, imported as a user would."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support.command_line import Ordex
from tests.support.sandbox import RunningSandbox, an_order, running_sandbox

METADATA: dict[str, Any] = {"qty": 5, "flag": True, "tags": ["a", "b"], "zip": "007", "size": "5"}


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Four orders with typed metadata, one of them without a source_id."""
    orders = [an_order(n, status="CANCELED", metadata={**METADATA, "n": n}) for n in range(3)]
    orders.append(an_order(9, status="CANCELED", source_id=None, metadata=METADATA))
    with running_sandbox(orders=orders) as sandbox:
        monkeypatch.setenv("VOUCHERIFY_APP_ID", sandbox.app_id)
        monkeypatch.setenv("VOUCHERIFY_APP_TOKEN", sandbox.app_token)
        monkeypatch.setenv("VOUCHERIFY_API_BASE_URL", sandbox.url)
        yield sandbox


def documents(sandbox: RunningSandbox) -> list[dict[str, Any]]:
    """Every order, but for the time of its last update."""
    listed = httpx.get(f"{sandbox.url}/v1/orders", params={"limit": 100}, headers=sandbox.headers).json()
    return [{k: v for k, v in order.items() if k != "updated_at"} for order in listed["orders"]]


@pytest.mark.parametrize(
    "words",
    [
        ("list", "--format", "csv"),
        ("list", "--format", "csv", "--columns", "id,metadata.qty,metadata.flag,metadata.tags,metadata.size"),
        ("list", "--format", "json"),
        ("list", "--format", "jsonl"),
        ("export", "--where", "status:canceled", "--fields", "id,status,metadata", "-o"),
        ("export", "--spreadsheet", "--fields", "source_id,id,customer_id,metadata.tags", "-o"),
        ("export", "-o"),
    ],
)
def test_a_file_of_ours_updates_the_same_orders(
    ordex: Ordex, account: RunningSandbox, tmp_path: Path, words: tuple[str, ...]
) -> None:
    """No mapping is asked for; the plan says that none is created, and nothing changes."""
    before = documents(account)
    path = tmp_path / "own"
    if words[-1] == "-o":
        assert ordex(*words, str(path)).code == 0
    else:
        path.write_text(ordex(*words).out, "utf-8")
    ended = ordex("import", str(path), "--yes", "--sample", "4")
    assert ended.code == 0, ended.err
    assert "4 rows matched by id: the order is updated" in ended.err
    assert "rename" not in ended.err
    assert "4 of 4 rows looked up exist already" in ended.err
    assert documents(account) == before


def test_a_raw_export_of_the_service_is_known_by_its_titles(
    ordex: Ordex, account: RunningSandbox, tmp_path: Path
) -> None:
    """Downloaded elsewhere: bare titles are metadata, whose types are those of the orders."""
    before = documents(account)
    job = ordex("export", "--detach", "--fields", "id,source_id,total_amount,metadata", "--format", "json")
    ordex("jobs", "wait", job.document["id"])
    export = f"{account.url}/v1/exports/{job.document['id']}"
    link = httpx.get(export, headers=account.headers).json()["result"]["url"]
    raw = tmp_path / "raw.csv"
    raw.write_bytes(httpx.get(link, headers=account.headers).content)
    assert raw.read_text().startswith("ID,Source ID,Total Amount,flag,")
    ended = ordex("import", str(raw), "--yes")
    assert ended.code == 0, ended.err
    assert "the file is an export of the service; metadata: flag, n, qty, size, tags and 1 more" in ended.err
    assert "The column “Total Amount” is left out." in ended.err
    assert documents(account) == before


def test_the_proposal_for_a_file_of_ours_addresses_the_same_orders(
    ordex: Ordex, account: RunningSandbox, tmp_path: Path
) -> None:
    """Also where a user asks for one although none is needed."""
    path = tmp_path / "own.csv"
    path.write_text(ordex("list", "--format", "csv").out, "utf-8")
    found = ordex("import", str(path), "--propose", "--format", "json").document
    fields = {row["column"]: row["field"] for row in found}
    assert (fields["id"], fields["customer_id"]) == ("id", "customer_id")


def test_a_dry_run_counts_what_would_be_updated(
    ordex: Ordex, account: RunningSandbox, tmp_path: Path
) -> None:
    """By id it is known, by source_id it is asked for; an id in the wrong column is told."""
    ids = [order["id"] for order in documents(account)]
    path = tmp_path / "in.jsonl"
    rows = [{"id": ids[0]}, {"source_id": "source-1"}, {"source_id": ids[1]}, {"source_id": "new"}]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    ended = ordex("import", str(path), "--dry-run", "--sample", "4", "--format", "json")
    document = ended.document
    assert (document["updated_by_id"], document["matched_by_source_id"]) == (1, 3)
    assert document["sampled"] == {"existing": 2, "rows": 4, "unknown_ids": 0, "misplaced": 1, "of": 4}
    assert "would make a NEW order" in ended.err
