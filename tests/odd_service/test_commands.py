"""Every command against answers changed in every way: no crash, no hang, and nothing said that is not so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.command_line import Ordex, command_line
from tests.support.odd_service.catalogue import FAMILIES
from tests.support.odd_service.commands import CONCERNED
from tests.support.odd_service.proxy import Proxy, proxied
from tests.support.odd_service.running import every, run_one, shorten_waits, some
from tests.support.sandbox import an_order, running_sandbox
from tui.repl.run_repl import open_repl

PARTS = 4
SHORT = 60
"""Ways of a family that the short form tries."""

ORDERS = [an_order(number) for number in range(230)]


@pytest.fixture
def ordex(capsys: pytest.CaptureFixture[str]) -> Ordex:
    """``ordex(*words)`` runs one command line in this process."""
    return command_line(capsys, repl=lambda *given, **options: open_repl(*given, **options).code)


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[Proxy]:
    """A proxy before a sandbox of 230 orders; the environment names it as the account."""
    shorten_waits(monkeypatch)
    with running_sandbox(orders=ORDERS) as sandbox, proxied(sandbox) as running:
        monkeypatch.setenv("VOUCHERIFY_APP_ID", sandbox.app_id)
        monkeypatch.setenv("VOUCHERIFY_APP_TOKEN", sandbox.app_token)
        monkeypatch.setenv("VOUCHERIFY_API_BASE_URL", running.url)
        yield running


def test_there_are_many_ways_and_each_has_a_name_of_its_own() -> None:
    """The catalogue is data; a way that is there twice tests nothing more."""
    for ways in FAMILIES.values():
        assert len({way.name for way in ways}) == len(ways)
    assert sum(map(len, FAMILIES.values())) >= 140


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_each_way_with_one_command(
    family: str, part: int, ordex: Ordex, proxy: Proxy, tmp_path: Path
) -> None:
    """The short form: commands take turns."""
    faults = [
        fault
        for way, command, kind in some(FAMILIES[family], SHORT)[part::PARTS]
        for fault in run_one(ordex, proxy, tmp_path, way, command, kind)
    ]
    assert not faults, "\n".join(faults)


@pytest.mark.nightly
@pytest.mark.timeout(0)
@pytest.mark.parametrize(
    ("family", "command"),
    [(family, command) for family in sorted(FAMILIES) for command in dict(CONCERNED)],
)
def test_each_way_with_every_command_it_concerns(
    family: str, command: str, ordex: Ordex, proxy: Proxy, tmp_path: Path
) -> None:
    """The whole product."""
    faults = [
        fault
        for way, each, kind in every(family)
        if each == command
        for fault in run_one(ordex, proxy, tmp_path, way, command, kind)
    ]
    assert not faults, "\n".join(faults)
