"""Builds a client: the transports in their order, around the network or anything that stands in for it."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import Any, Literal

import httpx

from tui import __version__
from tui.voucherify.calls.call_log import CallLog
from tui.voucherify.transports.budget_reader import BudgetReader
from tui.voucherify.transports.call_recorder import CallRecorder
from tui.voucherify.transports.concurrency_limit import ConcurrencyLimit
from tui.voucherify.transports.max_response_size import MaxResponseSize

from .addresses import Address
from .client import VoucherifyClient
from .limits import Limits
from .rate_limit import CallBudget, Wait
from .transports.credentials import Credentials, OriginBoundCredentials
from .transports.deadline import Deadline
from .transports.network import network as real_network
from .transports.network import quieten
from .transports.oauth import AccessToken, OAuth
from .transports.read_only import ReadOnlyGuard
from .transports.retry import Retry
from .write_lock import WriteLock

CHANNEL = f"ordex:{__version__}"

TOKEN_BYTES = 64 * 1024
"""Bytes that an answer with an access token may have."""


def connect(
    *,
    base_url: str,
    credentials: Credentials,
    auth: Literal["keys", "oauth"] = "keys",
    write_lock: WriteLock | None = None,
    network: httpx.AsyncBaseTransport | None = None,
    on_wait: Callable[[Wait], None] | None = None,
    channel: str = CHANNEL,
    limits: Limits | None = None,
    rng: random.Random | None = None,
    now: Callable[[], float] = time.time,
    on_document: Callable[[Any], None] | None = None,
) -> VoucherifyClient:
    """Build a client.

    Args:
        base_url: The region's URL, without ``/v1``.
        credentials: Gives the headers that authorise a request, at each sending. Must be quick; its result is
            put on the request and not kept.
        auth: Whether requests carry those headers, or an access token that they are exchanged for.
        write_lock: Decides at each request whether anything but GET may leave; open when not given.
        network: What sends in place of the network, for example ``httpx.ASGITransport`` of the sandbox.
        on_wait: Told each wait before a retry as it begins.
        channel: ``X-Voucherify-Channel`` of each request.
        limits: Times, sizes and counts.
        rng: The randomness of retries.
        now: This machine's clock, in epoch seconds: when a response was read.
        on_document: Told the JSON of each request, imports excepted, and of each answer.

    Raises:
        BadAddress: keys may not be sent to the base URL.
    """
    quieten()
    address = Address.read(base_url)
    limits = limits or Limits()
    budget, calls = CallBudget(), CallLog()
    stack = real_network(address, limits) if network is None else network
    stack = ConcurrencyLimit(stack, limits.connections)
    door, token = stack, AccessToken()
    stack = OriginBoundCredentials(door, address, token.headers if auth == "oauth" else credentials)
    stack = MaxResponseSize(stack, limits.answer_bytes)
    stack = CallRecorder(stack, calls)
    if auth == "oauth":
        exchange = MaxResponseSize(OriginBoundCredentials(door, address, credentials), TOKEN_BYTES)
        stack = OAuth(stack, CallRecorder(exchange, calls), address, token)
    stack = BudgetReader(stack, budget)
    stack = Retry(stack, limits, on_wait=on_wait, rng=rng)
    stack = Deadline(stack, limits)
    write_lock = write_lock or WriteLock(read_only=False)
    stack = ReadOnlyGuard(stack, write_lock)
    headers = {"User-Agent": f"ordex/{__version__}", "X-Voucherify-Channel": channel}
    return VoucherifyClient(
        stack,
        address,
        headers=headers,
        limits=limits,
        budget=budget,
        calls=calls,
        write_lock=write_lock,
        now=now,
        on_document=on_document,
    )
