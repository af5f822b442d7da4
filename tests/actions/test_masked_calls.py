"""Calls of the log while masks are on."""

from __future__ import annotations

import json
import os

import pytest

from tests.support.calls import a_call
from tests.support.personal import Watch, account, session_masks
from tui.actions.masking import masked_call
from tui.orders.privacy import Masks
from tui.voucherify.calls.har import har
from tui.voucherify.calls.redaction import RedactedBody

NAME, EMAIL = "Ágnes Kovács-Nagy", "agnes.kovacs@example.com"


def test_nothing_personal_is_in_an_archive_that_was_written_masked() -> None:
    """Not as a field, not in a note that repeats it, not escaped in JSON, not encoded in an address."""
    order = {"customer": {"name": NAME, "email": EMAIL}, "metadata": {"note": f"call {NAME}"}}
    masks = Masks()
    masks.put_on()
    call = a_call(
        path="/v1/orders/agnes.kovacs%40example.com",
        request_body=RedactedBody(json.dumps(order)),
        response_body=RedactedBody(f"no JSON, but {NAME}"),
        response_headers=(("ETag", EMAIL),),
    )
    told = json.dumps(har([masked_call(call, masks)]), ensure_ascii=False)
    for part in (NAME, "Kov", "gnes", "kovacs", json.dumps(NAME)[1:-1]):
        assert part not in told
    masks.take_off()
    assert NAME in json.dumps(har([masked_call(call, masks)]), ensure_ascii=False)


def test_a_body_that_was_cut_is_told_as_far_as_it_is_whole() -> None:
    """Nobody has learnt what is in it; what an order tells that is there in part may be a name."""
    masks = session_masks(always=True)
    order = {"metadata": {"note": f"call {NAME}", "recipient": NAME, "channel": "web"}}
    cut = json.dumps({"orders": [order, order]})
    told = masked_call(
        a_call(response_body=RedactedBody(cut[: cut.rindex("Nagy")], whole=False)), masks
    ).response_body.text
    assert told.startswith('{"orders": [{"metadata": {"note": "call *')
    assert told.endswith('"channel": "web"}}')


def test_a_text_that_only_looks_like_json_is_masked_pair_by_pair() -> None:
    """Its last value has no end."""
    call = a_call(response_body=RedactedBody(f'oops "recipient": "{NAME[:8]}', whole=False))
    told = masked_call(call, session_masks(always=True)).response_body.text
    assert told.startswith('oops "recipient": "*')
    assert NAME[:5] not in told


STEP = 1 if os.environ.get("ORDEX_NIGHTLY") else 97


@pytest.mark.parametrize("escaped", [True, False])
def test_a_body_that_was_cut_anywhere_shows_nobody(escaped: bool) -> None:
    """Whatever form a name has, in a key, in a note, in half of one; nobody learnt it before."""
    orders, values = account(15)
    watch = Watch(values)
    for order in orders:
        whole = json.dumps([order, order], ensure_ascii=escaped).encode()
        for cut in range(1, len(whole), STEP):
            body = RedactedBody(whole[:cut].decode("utf-8", "replace"), whole=False)
            masks = session_masks(always=True)
            told = masked_call(a_call(request_body=body, response_body=body), masks)
            assert watch.found(told.response_body.text) == []
