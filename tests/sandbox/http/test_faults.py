"""What goes wrong on purpose: in process as httpx's errors, over a socket as real cuts."""

from __future__ import annotations

import httpx
import pytest

from tests.support.sandbox import an_order, in_process, running_sandbox
from tui.sandbox.http.faults import KINDS, FaultKind, FaultPlan, FaultRate, ScriptedFault, parse_fault


@pytest.mark.parametrize("text", ["reset:0.1", " 429:1 ", "drop-response:0"])
def test_a_fault_is_read(text: str) -> None:
    """KIND:RATE becomes what it says."""
    kind, _, rate = text.strip().partition(":")
    assert parse_fault(text) == FaultRate(kind, float(rate))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("rain:0.1", "no kind of fault"),
        ("reset", "needs a rate"),
        ("reset:2", "0 to 1"),
        ("reset:nan", "0 to 1"),
    ],
)
def test_a_fault_that_makes_no_sense_is_explained(text: str, told: str) -> None:
    """The message says what would be right."""
    with pytest.raises(ValueError, match=told):
        parse_fault(text)


def test_chance_is_repeatable() -> None:
    """The same seed gives the same faults, at about the rates asked for."""
    drawn = []
    for _ in range(2):
        plan = FaultPlan(rates={"500": 0.2, "reset": 0.3}, seed=7)
        drawn.append([plan.next("GET", "/") for _ in range(1000)])
    assert drawn[0] == drawn[1]
    assert 150 < drawn[0].count("500") < 250
    assert 250 < drawn[0].count("reset") < 350


def test_a_script_counts_the_calls_it_is_about() -> None:
    """A scripted fault comes at its call among those that it applies to."""
    script = [ScriptedFault("reset", 2, lambda method, _: method == "POST")]
    plan = FaultPlan(script=script)
    happened = [plan.next(method, "/") for method in ("POST", "GET", "POST", "POST")]
    assert happened == [None, None, "reset", None]


def scripted(kind: FaultKind) -> FaultPlan:
    """A plan with one fault, at the first call."""
    return FaultPlan(script=[ScriptedFault(kind)], hold=0.1, drip=0.001)


@pytest.mark.parametrize("kind", ["reset", "drop-response", "truncate", "timeout"])
async def test_cuts_in_process_are_httpx_errors(kind: FaultKind) -> None:
    """A caller without a socket sees what it would see with one; only drop-response was processed."""
    with in_process(faults=scripted(kind)) as sandbox:
        async with httpx.AsyncClient(
            transport=sandbox.transport, base_url=sandbox.url, headers=sandbox.headers
        ) as client:
            with pytest.raises(httpx.ReadTimeout if kind == "timeout" else httpx.RemoteProtocolError):
                await client.post("/v1/orders", json={"source_id": "x"})
            found = await client.get("/v1/orders/x")
    assert found.status_code == (404 if kind in ("reset", "timeout") else 200)


@pytest.mark.parametrize("kind", KINDS)
def test_every_fault_over_a_socket(kind: FaultKind) -> None:
    """Cuts are real, bad answers are bad, and the next call is served."""
    with (
        running_sandbox(orders=[an_order(n) for n in range(50)], faults=scripted(kind)) as sandbox,
        httpx.Client(base_url=sandbox.url, headers=sandbox.headers, trust_env=False, timeout=10) as client,
    ):
        if kind in ("reset", "drop-response", "truncate", "timeout"):
            with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
                client.get("/v1/orders", params={"limit": 50})
        else:
            answer = client.get("/v1/orders", params={"limit": 50})
            expected = {"429": 429, "500": 500, "502": 502}.get(kind, 200)
            assert answer.status_code == expected
            assert (kind == "garbage") == (expected == 200 and not answer.content.startswith(b'{"object"'))
        assert client.get("/v1/orders", params={"limit": 50}).json()["total"] == 50
