"""Archives of calls that are written while masks are on."""

from __future__ import annotations

import json

from tests.support.calls import a_call
from tui.actions.masking import concealing
from tui.orders.privacy import Masks
from tui.voucherify.har import har
from tui.voucherify.redaction import KeptBody

NAME, EMAIL = "Ágnes Kovács-Nagy", "agnes.kovacs@example.com"


def test_nothing_personal_is_in_an_archive_that_was_written_masked() -> None:
    """Not as a field, not in a note that repeats it, not escaped in JSON, not encoded in an address."""
    order = {"customer": {"name": NAME, "email": EMAIL}, "metadata": {"note": f"call {NAME}"}}
    masks = Masks()
    masks.put_on()
    masks.learn(order)
    call = a_call(
        path="/v1/orders/agnes.kovacs%40example.com",
        request_body=KeptBody(json.dumps(order)),
        response_body=KeptBody(f"no JSON, but {NAME}"),
        response_headers=(("ETag", EMAIL),),
    )
    told = json.dumps(har([call], concealing(masks)), ensure_ascii=False)
    for part in (NAME, "Kov", "gnes", "kovacs", json.dumps(NAME)[1:-1]):
        assert part not in told
    masks.take_off()
    assert NAME in json.dumps(har([call], concealing(masks)), ensure_ascii=False)
