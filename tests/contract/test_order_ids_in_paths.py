"""Every source_id that an order can have leads to that order, through a real server and back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.sandbox import RunningSandbox, running_sandbox
from tests.support.sandbox_clients import client_of
from tui.voucherify.addresses import has_order_path
from tui.voucherify.errors import Unsendable

SIGNS = list("/?#%&=+;:@\\\"'<>{}|^`~ \t\n\r.,-_aZ0éŁ東😀\u2028\x85\x7f\x1b")

source_ids = st.text(
    st.sampled_from(SIGNS) | st.characters(codec="utf-8", exclude_characters="\0"), min_size=1
)


@pytest.fixture(scope="module")
def server() -> Iterator[RunningSandbox]:
    """One sandbox for all of them, over HTTP."""
    with running_sandbox() as running:
        yield running


async def assert_found_again(sandbox: RunningSandbox, source_id: str) -> None:
    """Created, read and changed by its source_id, it is one and the same order."""
    async with client_of(sandbox) as client:
        made = await client.create_order({"source_id": source_id, "amount": 100})
        assert made.source_id == source_id
        if not has_order_path(source_id):
            with pytest.raises(Unsendable):
                await client.get_order(source_id)
            return
        assert (await client.get_order(source_id)).id == made.id
        assert (await client.update_order(source_id, {"amount": 200})).id == made.id


@pytest.mark.parametrize(
    "source_id",
    [
        *(
            "a\nb",
            "a\n",
            "\na",
            "\n",
            "a\r\nb",
            "a/b",
            "/a",
            "a/",
            "a//b",
            "a?b",
            "?",
            "a#b",
            "a%2Fb",
            "%",
            "%00",
        ),
        *(
            "a b",
            " a",
            "a ",
            "a+b",
            "é東😀",
            "a..b",
            "...",
            "..",
            "a/../b",
            ".",
            "a\\b",
            "a;b",
            "x\x85y\u2028z",
        ),
    ],
)
async def test_awkward_source_ids_lead_to_their_order(server: RunningSandbox, source_id: str) -> None:
    """What has a meaning in URLs, in patterns or for servers."""
    await assert_found_again(server, source_id)


@given(source_ids)
@settings(max_examples=60)
async def test_any_source_id_leads_to_its_order(server: RunningSandbox, source_id: str) -> None:
    """Generated ones."""
    await assert_found_again(server, source_id)
