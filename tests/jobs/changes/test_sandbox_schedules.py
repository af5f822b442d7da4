"""The promises of the journal against the real sandbox: its applied writes are what is counted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

import httpx
import pytest

from tests.jobs.changes.test_change_sender import SCHEDULES, assert_settled
from tests.support.ambiguous_failures import History, run_schedule, schedule
from tests.support.clients import client
from tests.support.sandbox import InProcessSandbox, an_order, in_process
from tui.jobs.changes.change_engine import ChangeEngine
from tui.jobs.changes.change_journal import ChangeJournal
from tui.sandbox.http.faults import FaultKind, FaultPlan, ScriptedFault
from tui.sandbox.policies import Policies
from tui.voucherify.client import VoucherifyClient

ORDER = f"ord_{1:018x}"
URL = "http://localhost"

EDITS: dict[str, dict[str, Any]] = {
    "status": {"status": "CANCELED"},
    "amount": {"amount": 4200},
    "metadata": {"metadata": {"channel": "phone", "tags": ["a"], "since": 5}},
    "source_id": {"source_id": "another"},
    "items": {"items": [{"product_id": "q", "quantity": 3, "price": 100, "amount": 300}], "amount": 300},
}


class Recorder(httpx.AsyncBaseTransport):
    """Passes requests on, and keeps the body of each write that was answered well, by the order's id."""

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        self._inner = inner
        self.bodies: dict[str, list[dict[str, Any]]] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer one request."""
        response = await self._inner.handle_async_request(request)
        assert isinstance(response.stream, httpx.AsyncByteStream)
        content = b"".join([part async for part in response.stream])
        if request.method != "GET" and response.is_success:
            self.bodies.setdefault(json.loads(content)["id"], []).append(json.loads(await request.aread()))
        return httpx.Response(
            response.status_code, headers=response.headers, stream=httpx.ByteStream(content), request=request
        )


def connected(sandbox: InProcessSandbox, network: httpx.AsyncBaseTransport | None = None) -> VoucherifyClient:
    """A client of the sandbox."""
    return client(URL, credentials=lambda: sandbox.headers, network=network or sandbox.transport)


def history_of(sandbox: InProcessSandbox, recorder: Recorder) -> History:
    """The bodies of the writes that the sandbox applied; its own history says how many those are."""

    async def history(order_id: str) -> list[dict[str, Any]]:
        bodies = recorder.bodies[order_id]
        assert len(sandbox.store.history(order_id)) == len(bodies)
        return bodies

    return history


@pytest.mark.parametrize("part", range(8))
async def test_every_schedule_ends_settled_on_the_sandbox(part: int, tmp_path: Path) -> None:
    """200 schedules: done, not done or conflict, and at most one applied write, by the sandbox's history."""
    with in_process() as sandbox:
        recorder = Recorder(sandbox.transport)
        history = history_of(sandbox, recorder)
        async with connected(sandbox, recorder) as shop:
            for seed in range(part, SCHEDULES, 8):
                planned = schedule(seed)
                result = await run_schedule(planned, shop, history, tmp_path / str(seed))
                assert_settled(planned, result)


@pytest.mark.parametrize("fault", ["drop-response", "reset", "502", "500", "truncate", "garbage"])
@pytest.mark.parametrize("operation", ["update", "create"])
async def test_faults_of_the_sandbox_itself_end_settled(
    fault: FaultKind, operation: str, tmp_path: Path
) -> None:
    """The write is broken on the way: the journal's word and the sandbox's history agree."""
    script = [ScriptedFault(fault, 1, lambda method, _path: method != "GET")]
    with in_process(orders=[an_order(1)], faults=FaultPlan(script=script)) as sandbox:
        async with connected(sandbox) as shop:
            mutations = ChangeEngine(shop, ChangeJournal(tmp_path), "test", settle_seconds=0)
            if operation == "create":
                outcome = await mutations.carry_out(await mutations.plan_create({"source_id": "new"}))
                applied = 1 if outcome.answer else 0
            else:
                opened = (await shop.get_order(ORDER)).raw
                plan = await mutations.plan_update(opened, {**opened, "amount": 5})
                outcome = await mutations.carry_out(plan)
                applied = len(sandbox.store.history(ORDER))
            assert outcome.state in ("DONE", "NOT_DONE")
            assert applied == (outcome.state == "DONE")


@pytest.mark.parametrize("items_policy", ["replace", "by_position"])
@pytest.mark.parametrize("metadata_policy", ["merge", "replace"])
@pytest.mark.parametrize("edit", EDITS)
async def test_undo_brings_the_order_back_field_for_field(
    edit: str,
    metadata_policy: Literal["merge", "replace"],
    items_policy: Literal["replace", "by_position"],
    tmp_path: Path,
) -> None:
    """Under each policy only the time of the update is another, and new metadata keys are null."""
    item = {"object": "order_item", "product_id": "p", "quantity": 1, "price": 1001, "amount": 1001}
    order = an_order(1, metadata={"channel": "web"}, items=[{**item, "subtotal_amount": 1001}])
    policies = Policies(metadata_on_update=metadata_policy, items_on_update=items_policy)
    with in_process(orders=[order], policies=policies) as sandbox:
        async with connected(sandbox) as shop:
            mutations = ChangeEngine(shop, ChangeJournal(tmp_path), "test", settle_seconds=0)
            before = (await shop.get_order(ORDER)).raw
            outcome = await mutations.carry_out(
                await mutations.plan_update(before, {**before, **EDITS[edit]})
            )
            assert outcome.is_as_intended
            undone = await mutations.carry_out(await mutations.plan_undo(outcome.entry))
            assert undone.is_as_intended == (edit != "metadata")
            after = (await shop.get_order(ORDER)).raw
            kept = {"tags": None, "since": None} if edit == "metadata" else {}
            assert {**after, "updated_at": None} == {**before, "metadata": {**before["metadata"], **kept}}


async def test_undo_keeps_what_somebody_else_wrote(tmp_path: Path) -> None:
    """In another field, in another key and in another line."""
    lines = [{"product_id": name, "quantity": 1, "price": 500} for name in "pq"]
    with in_process(orders=[an_order(1)]) as sandbox:
        async with connected(sandbox) as shop:
            mutations = ChangeEngine(shop, ChangeJournal(tmp_path), "test", settle_seconds=0)
            opened = (await shop.update_order(ORDER, {"items": lines, "metadata": {"k": 1}})).raw
            edited = [{**lines[0], "quantity": 3}, lines[1]]
            outcome = await mutations.carry_out(
                await mutations.plan_update(
                    opened, {**opened, "items": edited, "amount": 2000, "metadata": {"k": 2}}
                )
            )
            await shop.update_order(
                ORDER, {"status": "CANCELED", "items": edited[:1], "metadata": {"other": 1}}
            )
            undone = await mutations.carry_out(await mutations.plan_undo(outcome.entry))
            after = (await shop.get_order(ORDER)).raw
            assert undone.is_as_intended
            assert (after["status"], after["metadata"]) == ("CANCELED", {"k": 1, "other": 1})
            assert [(item["product_id"], item["quantity"]) for item in after["items"]] == [("p", 1)]
            assert after["amount"] == 500
