"""``doctor``: is all as it should be, and what to do if not."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from tui.actions.catalogue import of_verb
from tui.actions.results import ReportResult
from tui.actions.verb import Argument, Verb
from tui.actions.verb_context import VerbContext


async def run(context: VerbContext, given: Mapping[str, Any]) -> ReportResult:
    """Look around in a thread, then ask the accounts if that is wanted."""
    from tui.actions.doctor.finding import exit_code_of, summary
    from tui.actions.doctor.looking import discretion, look_around, profiles_here

    fixed = []
    if given["fix"]:
        from tui.actions.doctor.fixing import fix

        fixed = [await asyncio.to_thread(fix, context.folders, context.now())]
    profiles = await asyncio.to_thread(profiles_here, context.folders, context.profile)
    sections = fixed + await asyncio.to_thread(look_around, context.folders, profiles)
    if given["online"] and context.connect is not None:
        from tui.actions.doctor.online import ask_accounts, online_section

        context.progress("asking the accounts")
        usable = [found.profile for found in profiles if found.profile is not None and not found.missing]
        sections.append(online_section(await ask_accounts(usable, context.connect)))
    shown = discretion().sections(sections)
    return ReportResult(shown, (f"{summary(shown)}; no secret is in this report",), exit_code_of(shown))


VERB = Verb(
    name="doctor",
    summary=of_verb("doctor").help,
    help=(
        "Report the version and the terminal, where settings, secrets and orders are, who else can read "
        "them, what works here, and how to fix what does not. The report contains no secret, home folder "
        "or user name: paste it into a bug report. Changes nothing without --fix and sends nothing "
        "without --online. Exits with 0 if nothing fails (warnings do not count), else with the code of "
        "the first failure: 2 for settings, 4 for keys, 8 for the network."
    ),
    run=run,
    arguments=(
        Argument(
            "online",
            "flag",
            "Make one call to each account to check keys, rate limit and clock.",
            default=False,
        ),
        Argument(
            "fix",
            "flag",
            "Remove old changes, imports and other data now, and make Ordex's folders private.",
            default=False,
        ),
    ),
    examples=("doctor", "doctor --fix", "doctor --online", "doctor --format json"),
    formats=("table", "json"),
)
