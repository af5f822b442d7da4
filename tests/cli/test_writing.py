"""``ordex create``, ``update``, ``undo`` and ``journal`` over real HTTP: what is sent, said, and answered."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support.command_line import Ordex
from tests.support.sandbox import RunningSandbox
from tests.support.written import journalled, order, writes
from tui.actions.prompts import Confirmation
from tui.cli import prompts
from tui.sandbox.http.faults import FaultPlan, ScriptedFault
from tui.voucherify.client import VoucherifyClient


@pytest.fixture
def agree(monkeypatch: pytest.MonkeyPatch) -> list[Confirmation]:
    """Agree to every question; the list holds what was asked."""
    asked: list[Confirmation] = []

    async def yes(question: Confirmation) -> bool:
        asked.append(question)
        return True

    monkeypatch.setattr(prompts, "confirm", yes)
    return asked


def test_a_create_is_shown_sent_and_answered(ordex: Ordex, served: RunningSandbox) -> None:
    """The order goes to stdout as the service answered it, what was done to stderr."""
    ended = ordex("create", "--set", "source_id=new-1", "--set", "amount=1250", "--yes", "--format", "json")
    assert (ended.code, ended.document["amount"]) == (0, 1250)
    assert ended.document == order(served, "new-1")
    assert "amount: (none) → 12.50" in ended.err
    assert "no way to delete" in ended.err
    assert journalled() == ["DONE"]


def test_an_update_sends_the_changed_field_only(ordex: Ordex, served: RunningSandbox) -> None:
    """The body of the request is what the dry run showed: one field."""
    dry = ordex("update", "source-7", "--set", "status=FULFILLED", "--dry-run", "--format", "json")
    assert (dry.code, dry.document["method"], dry.document["body"]) == (0, "PUT", {"status": "FULFILLED"})
    assert writes(served, "source-7") == 0
    assert journalled() == []
    ended = ordex("update", "source-7", "--set", "status=FULFILLED", "--yes")
    assert ended.code == 0
    assert "status: PAID → FULFILLED" in ended.err
    assert "1 call to send (2 already used to check)" in ended.err
    assert order(served, "source-7")["status"] == "FULFILLED"
    assert writes(served, "source-7") == 1


def test_metadata_goes_as_the_full_object_that_is_meant(ordex: Ordex, served: RunningSandbox) -> None:
    """Keys that were there are sent along."""
    dry = ordex("update", "source-7", "--set", 'metadata.tags=["a"]', "--dry-run", "--format", "json")
    assert dry.document["body"] == {"metadata": {"channel": "web", "tags": ["a"]}}


def test_an_amount_that_followed_from_its_items_follows_again(ordex: Ordex, served: RunningSandbox) -> None:
    """A new quantity gives a new amount."""
    words = ("--set", "items[0].price=500", "--set", "items[0].quantity=1")
    assert ordex("create", "--set", "source_id=sum", *words, "--yes").code == 0
    ended = ordex("update", "sum", "--set", "items[0].quantity=3", "--yes", "--format", "json")
    assert (ended.document["amount"], ended.document["items"][0]["amount"]) == (1500, 1500)


def test_a_dry_run_shows_curl_without_the_key(ordex: Ordex, served: RunningSandbox) -> None:
    """The keys are variables of the shell."""
    ended = ordex("update", "source-7", "--set", "status=CANCELED", "--dry-run")
    assert "PUT /v1/orders/ord_" in ended.out
    assert '-H "X-App-Token: $VOUCHERIFY_APP_TOKEN"' in ended.out
    assert served.url in ended.out
    assert served.app_token not in ended.out + ended.err


def test_a_create_that_would_update_is_announced(
    ordex: Ordex, served: RunningSandbox, agree: list[Confirmation]
) -> None:
    """Before the question, with the update's difference."""
    ended = ordex("create", "--set", "source_id=source-7", "--set", "status=CANCELED")
    assert ended.code == 0
    assert "exists: sending this would update it" in ended.err
    assert "status: PAID → CANCELED" in ended.err
    assert [question.text for question in agree] == ["This order exists: update source-7?"]


def test_without_a_yes_nothing_is_sent(ordex: Ordex, served: RunningSandbox) -> None:
    """No terminal to ask on and no ``--yes``: exit code 5, nothing journalled."""
    ended = ordex("update", "source-7", "--set", "status=CANCELED")
    assert ended.code == 5
    assert "use --yes" in ended.err
    assert writes(served, "source-7") == 0
    assert journalled() == []


def test_a_production_profile_wants_its_name(
    ordex: Ordex, served: RunningSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``--yes`` is not enough, another name is refused, the profile's own name goes."""
    monkeypatch.setattr("tui.settings.profile_lookup.is_loopback", lambda _: True)
    monkeypatch.setattr("tui.wiring.Session.kind", "production")
    change = ("update", "source-7", "--set", "status=CANCELED", "--write")
    refused = ordex(*change, "--yes")
    assert refused.code == 5
    assert "use --confirm environment" in refused.err
    assert ordex(*change, "--confirm", "other").code == 5
    assert writes(served, "source-7") == 0
    assert ordex(*change, "--confirm", "environment").code == 0
    assert writes(served, "source-7") == 1


@pytest.mark.parametrize("verb", [("create",), ("update", "source-7"), ("undo",)])
def test_a_read_only_profile_refuses(ordex: Ordex, served: RunningSandbox, verb: tuple[str, ...]) -> None:
    """Exit code 5 before any call is made."""
    words = () if verb == ("undo",) else ("--set", "amount=5")
    ended = ordex(*verb, *words, "--yes", "--read-only")
    assert ended.code == 5
    assert "--write" in ended.err
    assert journalled() == []


def test_a_read_only_profile_may_look_at_what_it_would_send(ordex: Ordex, served: RunningSandbox) -> None:
    """A dry run sends nothing, so it is allowed."""
    assert ordex("update", "source-7", "--set", "amount=5", "--dry-run", "--read-only").code == 0


def test_a_document_can_come_from_stdin(
    ordex: Ordex, served: RunningSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``--file -``, with ``--set`` laid over it."""
    monkeypatch.setattr("sys.stdin", io.StringIO('{"source_id": "piped", "amount": 100}'))
    ended = ordex("create", "--file", "-", "--set", "status=PAID", "--yes", "--format", "json")
    assert (ended.code, ended.document["status"], ended.document["amount"]) == (0, "PAID", 100)


def test_a_whole_order_can_be_given_back_edited(ordex: Ordex, served: RunningSandbox, tmp_path: Path) -> None:
    """What ``get`` printed, with one field changed, sends that field; a second time it is stale."""
    document = {**ordex("get", "source-7", "--format", "json").document, "status": "CANCELED"}
    path = tmp_path / "order.json"
    path.write_text(json.dumps(document))
    dry = ordex("update", "source-7", "--file", str(path), "--dry-run", "--format", "json")
    assert dry.document["body"] == {"status": "CANCELED"}
    assert ordex("update", "source-7", "--set", "amount=77", "--yes").code == 0
    stale = ordex("update", "source-7", "--file", str(path), "--yes")
    assert stale.code == 6
    assert "status: the file has CANCELED, the order PAID" in stale.err
    assert order(served, "source-7")["status"] == "PAID"


def meddle_after_the_first_read(
    monkeypatch: pytest.MonkeyPatch, served: RunningSandbox, body: dict[str, Any]
) -> None:
    """Let another client write between the reading of an order and the making of the plan."""
    read = VoucherifyClient.get_order
    seen: list[str] = []

    async def read_and_meddle(self: VoucherifyClient, order_id: str) -> Any:
        found = await read(self, order_id)
        if not seen:
            seen.append(order_id)
            async with httpx.AsyncClient(base_url=served.url, headers=served.headers) as other:
                await other.put(f"/v1/orders/{found.id}", json=body)
        return found

    monkeypatch.setattr(VoucherifyClient, "get_order", read_and_meddle)


def test_the_same_field_changed_by_others_is_a_conflict(
    ordex: Ordex, served: RunningSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 6 with all three values; nothing is sent."""
    meddle_after_the_first_read(monkeypatch, served, {"status": "CANCELED"})
    ended = ordex("update", "source-7", "--set", "status=FULFILLED", "--yes")
    assert ended.code == 6
    assert "status: was PAID, yours FULFILLED, theirs CANCELED" in ended.err
    assert order(served, "source-7")["status"] == "CANCELED"
    assert journalled() == []


def test_another_field_changed_by_others_is_merged(
    ordex: Ordex, served: RunningSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both changes survive, and the other one is told."""
    meddle_after_the_first_read(monkeypatch, served, {"amount": 4200})
    ended = ordex("update", "source-7", "--set", "status=FULFILLED", "--yes")
    assert ended.code == 0
    assert "changed by others in the meantime and kept: amount: 10.07 → 42.00" in ended.err
    now = order(served, "source-7")
    assert (now["status"], now["amount"]) == ("FULFILLED", 4200)


def test_nothing_to_change_is_done(ordex: Ordex, served: RunningSandbox) -> None:
    """The order is printed, and nothing is sent."""
    ended = ordex("update", "source-7", "--set", "status=PAID", "--format", "json")
    assert (ended.code, ended.document["source_id"]) == (0, "source-7")
    assert "nothing to send" in ended.err
    assert writes(served, "source-7") == 0


def test_undo_brings_the_order_back_field_for_field(ordex: Ordex, served: RunningSandbox) -> None:
    """Only the time of the update is another."""
    before = order(served, "source-7")
    words = ("--set", "status=CANCELED", "--set", "amount=5")
    assert ordex("update", "source-7", *words, "--yes").code == 0
    ended = ordex("undo", "--yes")
    assert ended.code == 0
    after = order(served, "source-7")
    assert {**after, "updated_at": None} == before
    again = ordex("undo", "--yes")
    assert again.code == 3
    assert "ordex journal" in again.err


def test_undo_keeps_other_fields_and_refuses_the_same_field(ordex: Ordex, served: RunningSandbox) -> None:
    """What others changed is kept and told; in the same field it is exit code 6 with all values."""
    url = f"{served.url}/v1/orders/source-7"
    assert ordex("update", "source-7", "--set", "status=CANCELED", "--yes").code == 0
    httpx.put(url, json={"status": "CREATED"}, headers=served.headers)
    ended = ordex("undo", "--yes")
    assert ended.code == 6
    assert "status: before the change PAID, after it CANCELED, now CREATED" in ended.err
    httpx.put(url, json={"status": "CANCELED", "amount": 4200}, headers=served.headers)
    ended = ordex("undo", "--yes")
    assert ended.code == 0
    assert "changed by others in the meantime and kept: amount: 10.07 → 42.00" in ended.err
    assert (order(served, "source-7")["status"], order(served, "source-7")["amount"]) == ("PAID", 4200)


def test_what_cannot_be_undone_is_told_before_and_after(ordex: Ordex, served: RunningSandbox) -> None:
    """A metadata key becomes null: exit code 9; the next undo does not go on to another order."""
    ordex("update", "source-8", "--set", "status=PAID", "--yes")
    ordex("update", "source-7", "--set", "metadata.note=x", "--yes")
    assert "metadata.note: the API is not known to remove a metadata key" in ordex("undo", "--dry-run").err
    ended = ordex("undo", "--yes")
    assert ended.code == 9
    assert "not as intended: metadata.note should be (none), is null" in ended.err
    again = ordex("undo", "--yes")
    assert again.code == 5
    assert "The update before it is change 1, of order source-8: ordex undo 1" in again.err
    assert order(served, "source-8")["status"] == "PAID"


def test_a_change_that_does_not_take_effect_is_exit_code_9(ordex: Ordex, served: RunningSandbox) -> None:
    """The key that was to go stays in the order, and that is said."""
    ordex("update", "source-7", "--set", "metadata.note=x", "--yes")
    ended = ordex("update", "source-7", "--set", "metadata.note-=", "--yes")
    assert ended.code == 9
    assert "not as intended: metadata.note should be (none), is x" in ended.err
    refused = ordex("update", "source-7", "--set", "amount-=", "--yes")
    assert refused.code == 2
    assert "amount: the API can change it but not remove it; it stays" in refused.err


@pytest.mark.parametrize("name", ["import", "EXPORT", "..", "a/../import"])
def test_a_source_id_without_an_address_is_refused(name: str, ordex: Ordex, served: RunningSandbox) -> None:
    """Neither read, updated nor created by a name under which the API has another endpoint."""
    del served
    for words in (("get", name), ("update", name, "--set", "amount=5", "--yes")):
        ended = ordex(*words)
        assert (ended.code, "by its id, which begins with ord_" in ended.err) == (2, True)
    ended = ordex("create", "--set", f"source_id={name}", "--yes")
    assert (ended.code, name == ".." or "choose another" in ended.err) == (2, True)


def test_one_of_two_equal_products_is_taken_out(ordex: Ordex, served: RunningSandbox) -> None:
    """The first line goes, the second one stays as it is."""
    lines = [{"product_id": "tea", "quantity": quantity, "price": 100} for quantity in (1, 2)]
    httpx.put(f"{served.url}/v1/orders/source-7", json={"items": lines}, headers=served.headers)
    assert ordex("update", "source-7", "--set", "items[0]-=", "--yes").code == 0
    assert [line["quantity"] for line in order(served, "source-7")["items"]] == [2]


def test_a_create_cannot_be_undone_and_says_why(ordex: Ordex, served: RunningSandbox) -> None:
    """Exit code 5: the API has no delete."""
    ordex("create", "--set", "source_id=stays", "--yes")
    ended = ordex("undo", "--yes")
    assert ended.code == 5
    assert "no way to delete" in ended.err


def test_a_change_is_named_by_its_number(ordex: Ordex, served: RunningSandbox) -> None:
    """Any other word is a wrong usage, an unknown number is not found."""
    ordex("update", "source-7", "--set", "status=CANCELED", "--yes")
    ordex("update", "source-8", "--set", "amount=5", "--yes")
    assert ordex("undo", "1", "--yes").code == 0
    assert order(served, "source-7")["status"] == "PAID"
    assert ordex("undo", "one", "--yes").code == 2
    assert ordex("undo", "77", "--yes").code == 3


def test_the_journal_lists_and_exports(ordex: Ordex, served: RunningSandbox) -> None:
    """A table for people; JSON lines with the whole of each entry."""
    assert ordex("journal").err == "nothing was changed from here yet\n"
    ordex("create", "--set", "source_id=one", "--yes")
    ordex("update", "one", "--set", "status=PAID", "--yes")
    listed = ordex("journal")
    assert [line.split()[3] for line in listed.out.splitlines()[1:]] == ["update", "create"]
    lines = [json.loads(line) for line in ordex("journal", "--all", "--format", "jsonl").out.splitlines()]
    assert [line["body"] for line in lines] == [{"status": "PAID"}, {"source_id": "one"}]
    assert served.app_token not in json.dumps(lines)


def plan_of(kind: str, call: int = 1) -> FaultPlan:
    """A fault at a write."""
    fault = ScriptedFault(kind, call, lambda method, _path: method != "GET")  # type: ignore[arg-type]  # a kind
    return FaultPlan(script=[fault])


@pytest.mark.parametrize(
    ("kind", "code", "state", "applied"),
    [("drop-response", 0, "DONE", 1), ("reset", 8, "NOT_DONE", 0), ("502", 8, "NOT_DONE", 0)],
)
def test_a_cut_line_ends_in_what_is_known(
    ordex: Ordex,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
    code: int,
    state: str,
    applied: int,
) -> None:
    """The order is read to find out; done is exit code 0, not done is 8."""
    from tests.cli.conftest import ORDERS
    from tests.support.sandbox import running_sandbox

    monkeypatch.setattr(
        "tui.jobs.changes.change_engine.ChangeEngine.__init__.__kwdefaults__",
        {"fresh_seconds": 5.0, "settle_seconds": 0.0, "neighbour_seconds": 5.0},
    )
    with running_sandbox(orders=ORDERS, faults=plan_of(kind)) as sandbox:
        monkeypatch.setenv("VOUCHERIFY_APP_ID", sandbox.app_id)
        monkeypatch.setenv("VOUCHERIFY_APP_TOKEN", sandbox.app_token)
        monkeypatch.setenv("VOUCHERIFY_API_BASE_URL", sandbox.url)
        ended = ordex("update", "source-7", "--set", "status=CANCELED", "--yes")
        assert ended.code == code
        assert journalled() == [state]
        assert writes(sandbox, "source-7") == applied


def test_what_a_crash_left_open_is_told_before_the_next_write(
    ordex: Ordex, served: RunningSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The change of a program that died is looked up first."""
    from tui.jobs.changes.change_journal import ChangeJournal

    ordex("update", "source-7", "--set", "status=CANCELED", "--yes")
    journal = ChangeJournal(Path(os.environ["ORDEX_HOME"]) / "state")
    done = journal.entries()[0]
    monkeypatch.setattr("tui.jobs.changes.change_journal.os.getpid", lambda: 2**22 + 1)
    journal.prepare(
        token="t", profile=done.profile, operation="update", order_id=done.order_id, source_id="source-7",
        body={"status": "PAID"}, base=done.answer or {}, intended={},
    )  # fmt: skip
    monkeypatch.undo()
    monkeypatch.setenv("ORDEX_HOME", str(journal.path.parent.parent))
    monkeypatch.setenv("VOUCHERIFY_APP_ID", served.app_id)
    monkeypatch.setenv("VOUCHERIFY_APP_TOKEN", served.app_token)
    monkeypatch.setenv("VOUCHERIFY_API_BASE_URL", served.url)
    ended = ordex("update", "source-8", "--set", "amount=1", "--yes")
    assert ended.code == 0
    assert "change 2 of order source-7, interrupted earlier: not done" in ended.err


def test_hostile_text_never_acts_in_what_is_told(ordex: Ordex, served: RunningSandbox) -> None:
    """Values of a difference are made visible, in the request too."""
    hostile = "\x1b]52;c;UFdORUQ=\x07\u202e[bold]x[/]\u200b"
    ended = ordex("update", "source-7", "--set", f"metadata.note={hostile}", "--dry-run")
    assert ended.code == 0
    assert not set(ended.out + ended.err) & set("\x1b\x07\x9b\u202e\u200b")


def test_one_change_is_told_in_the_singular(ordex: Ordex, served: RunningSandbox) -> None:
    """It said “1 changes, newest first”."""
    assert ordex("create", "--set", "source_id=one", "--yes").code == 0
    assert ordex("journal").err == "1 change, newest first\n"


def test_a_journal_that_is_cut_says_so(ordex: Ordex, served: RunningSandbox) -> None:
    """A part is never shown as the whole."""
    for _ in range(3):
        ordex("create", "--set", "amount=5", "--yes", "--write")
    assert "2 changes, newest first; 1 older: --all shows them too" in ordex("journal", "--limit", "2").err
    assert "older" not in ordex("journal", "--limit", "3").err


def test_a_line_end_in_a_value_begins_no_line_of_its_own(ordex: Ordex, served: RunningSandbox) -> None:
    """Neither in the plan nor in what became of it: data cannot pass for what Ordex says."""
    note = "gift\nsource-7 updated, change 99"
    for words in (("--dry-run",), ("--yes",)):
        ended = ordex("update", "source-7", "--set", f"metadata.note={note}", *words)
        assert ended.code == 0
        assert "metadata.note: (none) → gift⏎source-7 updated, change 99" in ended.err
        assert not [line for line in ended.err.splitlines() if line.startswith("source-7 updated, change 99")]
    assert order(served, "source-7")["metadata"]["note"] == note


@pytest.mark.parametrize(
    ("assignment", "way_back"),
    [
        ("status=FULFILLED", "ordex undo reverts it\n"),
        ("metadata.fresh=1", "ordex undo reverts it, except for metadata.fresh: "),
        ("metadata.fresh=null", "ordex undo cannot revert it: metadata.fresh: "),
    ],
)
def test_what_an_undo_would_leave_is_said_with_the_update(
    ordex: Ordex, served: RunningSandbox, assignment: str, way_back: str
) -> None:
    """The API takes no metadata key away: no undo is promised that cannot be."""
    ended = ordex("update", "source-7", "--set", assignment, "--yes")
    assert ended.code == 0
    assert way_back in ended.err


def test_an_undo_does_not_blame_others_for_a_change_of_ones_own(ordex: Ordex, served: RunningSandbox) -> None:
    """The newer change of the field was made from here too."""
    for status in ("FULFILLED", "CANCELED"):
        ordex("update", "source-7", "--set", f"status={status}", "--yes")
    ended = ordex("undo", "1", "--yes")
    assert ended.code == 6
    assert "order source-7 was changed again since in the same fields; nothing was sent" in ended.err
    assert "somebody else" not in ended.err
