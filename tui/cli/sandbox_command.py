"""``ordex sandbox serve``: a stand-alone sandbox for any client."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from .ordex_command import OrdexCommand
from .streams import narrate, write

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.sandbox.http.faults import FaultPlan
    from tui.sandbox.http.rate_limits import RateLimit

T = TypeVar("T")


@click.group("sandbox", short_help="Run a stand-alone sandbox for tests and demos.")
def sandbox() -> None:
    """A stand-alone Voucherify for tests and demos: the same API, made-up orders."""


def _key(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """Check that the key can be sent in a header."""
    if value is not None and not (value and value.isascii() and value.isprintable() and " " not in value):
        raise click.BadParameter("a key may hold only ASCII letters, digits and punctuation, and no spaces")
    return value


@sandbox.command(
    "serve",
    cls=OrdexCommand,
    examples=(
        "sandbox serve --port 8470",
        "sandbox serve --orders 100000 --data shop.sqlite3",
        "sandbox serve --fault reset:0.1 --fault drop-response:0.05 --rate-limit 100/3600",
    ),
)
@click.option("--host", default=None, metavar="ADDRESS", help="Address to listen on.  [default: 127.0.0.1]")
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=0,
    show_default=True,
    help="Port to listen on; 0 means any free port.",
)
@click.option("--data", type=click.Path(dir_okay=False, path_type=Path), help="Store the data in this file.")
@click.option(
    "--orders",
    type=click.IntRange(0, 1_000_000),
    default=2500,
    show_default=True,
    help="Number of made-up orders.",
)
@click.option(
    "--seed",
    type=int,
    default=20_160_504,
    show_default=True,
    help="Seed of the made-up shop: the same seed makes the same shop.",
)
@click.option("--app-id", metavar="X", callback=_key, help="Application id.  [default: random]")
@click.option(
    "--app-token",
    metavar="Y",
    callback=_key,
    help="Application token. Never use a real one.  [default: random]",
)
@click.option("--latency", type=click.IntRange(0, 60_000), default=0, metavar="MS", help="Delay each answer.")
@click.option("--rate-limit", metavar="N/SECONDS", help="Calls allowed per period, e.g. 100/3600.")
@click.option(
    "--fault",
    "faults",
    multiple=True,
    metavar="KIND:RATE",
    help="Break a share of the answers, e.g. reset:0.1. Can be repeated.",
)
@click.option(
    "--fault-seed",
    type=int,
    default=0,
    show_default=True,
    help="Seed of the faults: the same seed breaks the same answers.",
)
def serve(
    *,
    host: str | None,
    port: int,
    data: Path | None,
    orders: int,
    seed: int,
    app_id: str | None,
    app_token: str | None,
    latency: int,
    rate_limit: str | None,
    faults: tuple[str, ...],
    fault_seed: int,
) -> None:
    """Serve a sandbox over HTTP until interrupted.

    The first line on stdout, once it listens, is JSON: {"url", "app_id", "app_token"}.
    Fault kinds: 429, 500, 502, timeout, reset, drop-response, truncate, garbage, slow.
    """
    from tui.sandbox import serving
    from tui.sandbox.store import StoreUnusable
    from tui.terminal.log_capture import install

    install()
    options = serving.ServeOptions(
        host=host,
        port=port,
        data=data,
        orders=orders,
        seed=seed,
        app_id=app_id,
        app_token=app_token,
        latency=latency / 1000,
        rate_limit=_rate_limit(rate_limit),
        faults=_faults(faults, fault_seed),
    )
    try:
        serving.serve(options, announce=_announce)
    except (serving.CannotListen, StoreUnusable) as error:
        raise click.ClickException(str(error)) from None


def _announce(line: str) -> None:
    write(line + "\n")
    narrate("The sandbox is running. Press ctrl+c to stop it.")


def _rate_limit(typed: str | None) -> RateLimit:
    from tui.sandbox.http.rate_limits import GENEROUS, parse_rate_limit

    return GENEROUS if typed is None else _read(parse_rate_limit, typed, "--rate-limit")


def _faults(typed: tuple[str, ...], seed: int) -> FaultPlan | None:
    from tui.sandbox.http.faults import FaultPlan, parse_fault

    if not typed:
        return None
    read = [_read(parse_fault, fault, "--fault") for fault in typed]
    return FaultPlan({fault.kind: fault.rate for fault in read}, seed=seed)


def _read(parse: Callable[[str], T], typed: str, option: str) -> T:
    try:
        return parse(typed)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint=option) from None
