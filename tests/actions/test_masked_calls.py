"""Calls of the log while masks are on."""

from __future__ import annotations

import json

from tests.support.calls import a_call
from tui.actions.masking import masked_call
from tui.orders.privacy import Masks
from tui.voucherify.har import har
from tui.voucherify.redaction import KeptBody

NAME, EMAIL = "Ágnes Kovács-Nagy", "agnes.kovacs@example.com"


def test_nothing_personal_is_in_an_archive_that_was_written_masked() -> None:
    """Not as a field, not in a note that repeats it, not escaped in JSON, not encoded in an address."""
    order = {"customer": {"name": NAME, "email": EMAIL}, "metadata": {"note": f"call {NAME}"}}
    masks = Masks()
    masks.put_on()
    call = a_call(
        path="/v1/orders/agnes.kovacs%40example.com",
        request_body=KeptBody(json.dumps(order)),
        response_body=KeptBody(f"no JSON, but {NAME}"),
        response_headers=(("ETag", EMAIL),),
    )
    told = json.dumps(har([masked_call(call, masks)]), ensure_ascii=False)
    for part in (NAME, "Kov", "gnes", "kovacs", json.dumps(NAME)[1:-1]):
        assert part not in told
    masks.take_off()
    assert NAME in json.dumps(har([masked_call(call, masks)]), ensure_ascii=False)


def test_a_body_that_was_cut_is_masked_pair_by_pair() -> None:
    """Nobody has learnt what is in it, and its last value has no end."""
    masks = Masks()
    masks.put_on()
    cut = json.dumps({"orders": [{"metadata": {"email": "x", "recipient": NAME, "channel": "web"}}]})
    call = a_call(response_body=KeptBody(cut[: cut.index("Nagy")], whole=False))
    told = masked_call(call, masks).response_body.text
    assert "gnes" not in told
    assert "Kov" not in told
    assert '"channel"' not in told
    assert '"recipient": "*' in told
