"""``doctor``: is all as it should be, and what to do if not."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from tui.actions.catalogue import of_verb
from tui.actions.desk import Desk
from tui.actions.results import ReportResult
from tui.actions.verb import Argument, Verb


async def run(desk: Desk, given: Mapping[str, Any]) -> ReportResult:
    """Look around in a thread, then ask the accounts if that is wanted."""
    from tui.actions.doctor.finding import exit_code_of, summary
    from tui.actions.doctor.looking import discretion, look_around, profiles_here

    fixed = []
    if given["fix"]:
        from tui.actions.doctor.fixing import fix

        fixed = [await asyncio.to_thread(fix, desk.folders, desk.now())]
    profiles = await asyncio.to_thread(profiles_here, desk.folders, desk.profile)
    sections = fixed + await asyncio.to_thread(look_around, desk.folders, profiles)
    if given["online"] and desk.connect is not None:
        from tui.actions.doctor.online import ask_accounts, online_section

        desk.progress("asking the accounts")
        usable = [found.profile for found in profiles if found.profile is not None and not found.missing]
        sections.append(online_section(await ask_accounts(usable, desk.connect)))
    shown = discretion().sections(sections)
    return ReportResult(shown, (f"{summary(shown)}; no secret is in this report",), exit_code_of(shown))


VERB = Verb(
    name="doctor",
    summary=of_verb("doctor").help,
    help=(
        "Say which program and terminal this is, where settings, secrets and orders are kept, who else can "
        "read them, what works here and what does not, and what to do about it. No secret, no home folder "
        "and no user name is in the report, so it can be pasted into a bug report as it is. Nothing is "
        "changed without --fix, and nothing is sent without --online. Ends with 0 when nothing fails (a "
        "warning is no failure), else with the code of what fails first: 2 for settings, 4 for keys, 8 for "
        "the network."
    ),
    run=run,
    arguments=(
        Argument(
            "online",
            "flag",
            "Make one call to each account: its keys, its rate limit, its clock.",
            default=False,
        ),
        Argument(
            "fix",
            "flag",
            "Remove old changes, imports and the like now, and keep others out of Ordex's folders.",
            default=False,
        ),
    ),
    examples=("doctor", "doctor --fix", "doctor --online", "doctor --format json"),
    formats=("table", "json"),
)
