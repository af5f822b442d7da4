"""``ordex sandbox serve``: a stand-alone sandbox for any client."""

from __future__ import annotations

from pathlib import Path

import click

from .verbs import write_examples


@click.group("sandbox", short_help="A stand-alone Voucherify for tests and demos.")
def sandbox() -> None:
    """A stand-alone Voucherify for tests and demos: the same wire contract, made-up orders."""


class ServeCommand(click.Command):
    """``ordex sandbox serve`` with its examples."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples below the options."""
        write_examples(
            formatter,
            (
                "sandbox serve --port 8470",
                "sandbox serve --orders 100000 --data shop.sqlite3",
                "sandbox serve --fault reset:0.1 --fault drop-response:0.05 --rate-limit 100/3600",
            ),
        )


@sandbox.command("serve", cls=ServeCommand)
@click.option("--host", default=None, metavar="ADDRESS", help="Address to listen on.  [default: 127.0.0.1]")
@click.option(
    "--port", type=click.IntRange(0, 65_535), default=0, show_default=True, help="0 takes a free one."
)
@click.option("--data", type=click.Path(dir_okay=False, path_type=Path), help="Keep the data in this file.")
@click.option(
    "--orders", type=click.IntRange(0, 1_000_000), default=2500, show_default=True, help="Made-up orders."
)
@click.option("--seed", type=int, default=7, show_default=True, help="The same seed makes the same shop.")
@click.option("--app-id", metavar="X", help="Made up when not given.")
@click.option(
    "--app-token", metavar="Y", help="Made up when not given. Not for real keys: this is a sandbox."
)
@click.option(
    "--latency", type=click.IntRange(0, 60_000), default=0, metavar="MS", help="Delay of each answer."
)
@click.option("--rate-limit", metavar="N/SECONDS", help="Calls taken in a period, e.g. 100/3600.")
@click.option("--fault", "faults", multiple=True, metavar="KIND:RATE", help="Break answers, e.g. reset:0.1.")
@click.option(
    "--fault-seed", type=int, default=0, show_default=True, help="The same seed breaks the same answers."
)
def serve(**given: object) -> None:
    """Serve a sandbox over HTTP until interrupted.

    The first line on stdout, once it listens, is JSON: {"url", "app_id", "app_token"}.
    Fault kinds: 429, 500, 502, timeout, reset, drop-response, truncate, garbage, slow.
    """
