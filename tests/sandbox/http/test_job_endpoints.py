"""Imports, exports and async actions over HTTP, by a clock that the tests move."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.conftest import Caller
from tests.support.sandbox import an_order
from tui.sandbox.policies import Policies


async def start_import(call: Caller, rows: list[dict[str, Any]]) -> str:
    """Start an import and give the id of its action."""
    identifier: str = (await call("POST", "/v1/orders/import", rows)).json()["async_action_id"]
    return identifier


async def action(call: Caller, identifier: str) -> dict[str, Any]:
    """Read an async action."""
    document: dict[str, Any] = (await call("GET", f"/v1/async-actions/{identifier}")).json()
    return document


async def export(call: Caller, **parameters: Any) -> dict[str, Any]:
    """Run an export to its end."""
    scheduled = (await call("POST", "/v1/orders/export", {"parameters": parameters})).json()
    call.clock.advance(0.2)
    await call("GET", "/v1/exports")
    call.clock.advance(10)
    document: dict[str, Any] = (await call("GET", f"/v1/exports/{scheduled['id']}")).json()
    return document


async def test_an_import_runs_with_the_clock(call: Caller) -> None:
    """Rows are applied as time passes; the result comes at the end, with the time it took."""
    identifier = await start_import(call, [{"source_id": f"r{n}", "amount": n} for n in range(1000)])
    first = await action(call, identifier)
    assert (first["status"], first["progress"], first["result"]) == ("IN_PROGRESS", 0, None)
    assert first["operation_status"] == "UNKNOWN"
    call.clock.advance(0.25)
    assert (await action(call, identifier))["progress"] == 50
    assert (await call("GET", "/v1/orders")).json()["total"] == 500
    call.clock.advance(60)
    last = await action(call, identifier)
    assert (last["status"], last["operation_status"], last["progress"]) == ("DONE", "SUCCESS", 100)
    assert last["processing_time"] == 500
    assert last["result"] == {
        "message": "1000 order(s) imported successfully, 0 failed.",
        "failed": [],
        "done_count": 1000,
        "failed_count": 0,
    }


async def test_failed_rows_are_told_in_their_order(call: Caller) -> None:
    """A row that fails leaves no trace and stops nothing; the job is DONE all the same."""
    rows = [{"source_id": "a", "id": "ord_no"}, {"source_id": "b"}, {"customer": {"id": "cust_no"}}]
    identifier = await start_import(call, rows)
    call.clock.advance(1)
    done = await action(call, identifier)
    assert (done["status"], done["operation_status"]) == ("DONE", "SUCCESS")
    assert done["result"]["failed"] == [
        {"source_id": "a", "reason": "Cannot find order with id ord_no"},
        {"source_id": None, "reason": "Cannot find customer with id cust_no"},
    ]
    assert (await call("GET", "/v1/orders")).json()["total"] == 1


async def test_one_import_runs_at_a_time(call: Caller) -> None:
    """The second waits ENQUEUED until the first is done, then takes its own time."""
    first = await start_import(call, [{} for _ in range(2000)])
    second = await start_import(call, [{}])
    call.clock.advance(0.9)
    assert (await action(call, second))["status"] == "ENQUEUED"
    call.clock.advance(0.2)
    assert (await action(call, first))["status"] == "DONE"
    assert (await action(call, second))["status"] == "IN_PROGRESS"
    call.clock.advance(0.2)
    assert (await action(call, second))["processing_time"] == 1300


async def test_an_import_ignores_created_at_and_upserts(call: Caller) -> None:
    """The time of creation is the import's; a known source_id is updated."""
    order = await call.create(source_id="known", amount=1)
    rows = [{"source_id": "known", "amount": 2}, {"source_id": "new", "created_at": "2001-01-01T00:00:00Z"}]
    await start_import(call, rows)
    call.clock.advance(1)
    assert (await call("GET", "/v1/orders/known")).json()["amount"] == 2
    assert (await call("GET", "/v1/orders/new")).json()["created_at"].startswith("2026-03-14T12:00:00.3")
    assert [write.kind for write in call.store.history(order["id"])] == ["create", "import"]


async def test_a_faulty_row_refuses_the_whole_import(call: Caller) -> None:
    """The path in the details has no row number; more than 2,000 rows are refused too."""
    answer = await call("POST", "/v1/orders/import", [{}, {"items": [{"initial_quantity": 0}]}])
    assert answer.status_code == 400
    assert answer.json()["details"] == "Property .items[0].initial_quantity cannot be lower than 1"
    assert (await call("POST", "/v1/orders/import", [{}] * 2001)).status_code == 400
    assert (await call("POST", "/v1/orders/import", {})).json()["details"] == "Payload must be array"


async def test_async_actions_are_listed_newest_first_up_to_a_date(call: Caller) -> None:
    """end_date is exclusive; the list has no results; has_more tells of older ones."""
    identifiers = []
    for _ in range(3):
        identifiers.append(await start_import(call, []))
        call.clock.advance(1)
    page = (await call("GET", "/v1/async-actions", params={"limit": 2})).json()
    assert [entry["id"] for entry in page["async_actions"]] == identifiers[:0:-1]
    assert page["has_more"] is True
    assert "result" not in page["async_actions"][0]
    end = page["async_actions"][-1]["created_at"]
    rest = (await call("GET", "/v1/async-actions", params={"end_date": end})).json()
    assert [entry["id"] for entry in rest["async_actions"]] == identifiers[:1]
    wrong = await call("GET", "/v1/async-actions", params={"end_date": "soon"})
    assert wrong.json()["details"] == "Property .end_date cannot be recognized as a ISO-8601 compliant date"


async def test_an_export_goes_through_its_states(call: Caller) -> None:
    """SCHEDULED with no result, IN_PROGRESS, DONE with a link; parameters are echoed, {} if none."""
    scheduled = (await call("POST", "/v1/orders/export", {})).json()
    assert (scheduled["status"], scheduled["result"], scheduled["parameters"]) == ("SCHEDULED", None, {})
    states = []
    for seconds in (0.05, 0.1, 1.0):
        call.clock.advance(seconds)
        states.append((await call("GET", f"/v1/exports/{scheduled['id']}")).json()["status"])
    assert states == ["SCHEDULED", "IN_PROGRESS", "DONE"]


async def test_an_export_is_of_one_moment(call: Caller) -> None:
    """What is written after the job began to run is not in the file."""
    await call.create(source_id="before")
    scheduled = (await call("POST", "/v1/orders/export", {})).json()
    call.clock.advance(0.2)
    await call.create(source_id="after")
    call.clock.advance(1)
    url = (await call("GET", f"/v1/exports/{scheduled['id']}")).json()["result"]["url"]
    text = (await call("GET", url)).text
    assert "before" in text
    assert "after" not in text


async def test_a_download_has_rows_filtered_and_sorted(call: Caller) -> None:
    """Filters, order and fields are those asked for."""
    call.store.load(orders=[an_order(n, metadata={"n": n}) for n in range(10)])
    done = await export(
        call,
        fields=["source_id", "amount", "metadata.n"],
        order="created_at",
        filters={"amount": {"conditions": {"$more_than_equal": [1007]}}},
    )
    answer = await call("GET", done["result"]["url"])
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.text == "Source ID,Amount,n\nsource-7,1007,7\nsource-8,1008,8\nsource-9,1009,9\n"


async def test_a_download_needs_a_living_token_and_the_keys(call: Caller) -> None:
    """A wrong, foreign or old token is 401, and so is a right one without the keys."""
    done, other = await export(call), await export(call)
    url = done["result"]["url"]
    assert (await call("GET", url, headers={"X-App-Token": "no"})).status_code == 401
    assert (await call("GET", url.replace(done["id"], other["id"]))).status_code == 401
    assert (await call("GET", f"/v1/exports/{done['id']}?token=é")).status_code == 401
    fresh = (await call("GET", f"/v1/exports/{done['id']}")).json()["result"]["url"]
    assert fresh != url
    call.clock.advance(901)
    assert (await call("GET", url)).status_code == 401


@pytest.mark.parametrize("options", [{"policies": Policies(download_auth="token")}])
async def test_a_token_may_suffice_by_policy(call: Caller) -> None:
    """With the other policy the link alone downloads, and nothing else opens."""
    done = await export(call)
    assert (await call("GET", done["result"]["url"], headers={"X-App-Token": ""})).status_code == 200
    assert (await call("GET", "/v1/exports", headers={"X-App-Token": ""})).status_code == 401


async def test_a_download_can_be_resumed(call: Caller) -> None:
    """A range gives the rest; another file's ETag gives the whole; past the end is 416."""
    call.store.load(orders=[an_order(1)])
    url = (await export(call))["result"]["url"]
    whole = await call("GET", url)
    etag = whole.headers["ETag"]
    rest = await call("GET", url, headers={"Range": "bytes=5-", "If-Range": etag})
    assert (rest.status_code, rest.content) == (206, whole.content[5:])
    assert rest.headers["Content-Range"] == f"bytes 5-{len(whole.content) - 1}/{len(whole.content)}"
    assert (await call("GET", url, headers={"Range": "bytes=-3"})).content == whole.content[-3:]
    assert (await call("GET", url, headers={"Range": "bytes=5-", "If-Range": '"x"'})).status_code == 200
    assert (await call("GET", url, headers={"Range": "bytes=9999-"})).status_code == 416


async def test_an_export_can_be_deleted(call: Caller) -> None:
    """204 with nothing, then 404; the list no longer has it, its link no longer works."""
    done = await export(call)
    answer = await call("DELETE", f"/v1/exports/{done['id']}")
    assert (answer.status_code, answer.content) == (204, b"")
    gone = await call("DELETE", f"/v1/exports/{done['id']}")
    assert gone.json()["details"] == f"Cannot find export with id {done['id']}"
    assert (await call("GET", "/v1/exports")).json()["total"] == 0
    assert (await call("GET", done["result"]["url"])).status_code == 401


@pytest.mark.parametrize(
    ("path", "body", "key", "details"),
    [
        ("/v1/orders/export", {"parameters": {"fields": ["items"]}}, "invalid_export_fields",
         ("Unsupported field used. Allowed fields: id, source_id, created_at, updated_at, status, amount,"
         " discount_amount, items_discount_amount, total_discount_amount, total_amount, customer_id,"
         " referrer_id, metadata")),
        ("/v1/orders/export", {"parameters": {"filters": {"junction": "xor"}}}, "invalid_payload",
         "Property .parameters.filters has wrong `junction` property. It must be one of: and, or"),
        ("/v1/exports", {"exported_object": "rocket"}, "invalid_payload",
         ("Property .exported_object must be equal to one of the allowed values [ voucher, redemption,"
         " customer, publication, order, points_expiration, voucher_transactions ]")),
        ("/v1/exports", {}, "invalid_payload", "Payload must have required property 'exported_object'"),
        ("/v1/orders/export", {"parameters": {"order": "amount"}}, "invalid_payload",
         ("Property .parameters.order must be equal to one of the allowed values"
          " [ -created_at, created_at, -updated_at, updated_at, -status, status ]")),
    ],
)  # fmt: skip
async def test_export_requests_are_checked(
    call: Caller, path: str, body: dict[str, Any], key: str, details: str
) -> None:
    """The error bodies are the recorded ones."""
    answer = await call("POST", path, body)
    assert answer.status_code == 400
    assert (answer.json()["key"], answer.json()["details"]) == (key, details)


async def test_a_wrong_condition_lists_the_right_ones(call: Caller) -> None:
    """The message begins and ends as the service's does."""
    filters = {"amount": {"conditions": {"$roughly": 5}}}
    answer = await call("POST", "/v1/orders/export", {"parameters": {"filters": filters}})
    details = answer.json()["details"]
    assert details.startswith("Property .parameters.filters should match either `filters[${field}]")
    assert details.endswith("$enabled, $disabled, $redeemed, $redeemable")


async def test_exports_of_other_objects_are_empty(call: Caller) -> None:
    """The sandbox holds orders only: an export of vouchers has its header and no rows."""
    scheduled = (await call("POST", "/v1/exports", {"exported_object": "voucher"})).json()
    assert scheduled["exported_object"] == "voucher"
    call.clock.advance(0.2)
    await call("GET", "/v1/exports")
    call.clock.advance(1)
    url = (await call("GET", f"/v1/exports/{scheduled['id']}")).json()["result"]["url"]
    assert (await call("GET", url)).text == "ID,Code,Voucher Type,Value\n"


async def test_jobs_are_in_the_file_not_in_the_process(call: Caller) -> None:
    """Another application on the same data sees the jobs and brings them on."""
    import httpx

    from tests.support.sandbox import in_process

    identifier = await start_import(call, [{"source_id": "x"}])
    call.clock.advance(5)
    with in_process(store=call.store, clock=call.clock) as second:
        async with httpx.AsyncClient(
            transport=second.transport, base_url=second.url, headers=second.headers
        ) as client:
            assert (await client.get(f"/v1/async-actions/{identifier}")).json()["status"] == "DONE"
    assert (await call("GET", "/v1/orders/x")).status_code == 200
