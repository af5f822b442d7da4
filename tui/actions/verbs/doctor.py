"""``doctor``: check the installation, settings, terminal and accounts."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING, Any

from tui.actions.catalogue import of_verb
from tui.actions.doctor.finding import CheckResult, Section, ok, warn
from tui.actions.doctor.permissions import access_to, inside
from tui.actions.results import ReportResult
from tui.actions.retention import apply_limits
from tui.actions.verb import Argument, Verb, typed_arguments
from tui.actions.verb_context import VerbContext
from tui.errors import OrdexError
from tui.jobs.changes.change_journal import FILE_NAME, ChangeJournal
from tui.terminal.pluralize import pluralize

if TYPE_CHECKING:
    from tui.settings.folders import Folders


@dataclass(frozen=True)
class DoctorArguments:
    """Values of the arguments of ``doctor``, by their names."""

    online: bool = False
    fix: bool = False


async def run(context: VerbContext, given: Mapping[str, Any]) -> ReportResult:
    """Run the local checks in a thread, then those of the accounts if requested."""
    from tui.actions.doctor.finding import exit_code_of, summary
    from tui.actions.doctor.report import anonymizer, look_around, profiles_here

    arguments = typed_arguments(DoctorArguments, given)
    fixed = []
    if arguments.fix:
        fixed = [await asyncio.to_thread(fix, context.folders, context.now())]
    profiles = await asyncio.to_thread(profiles_here, context.folders, context.profile)
    sections = fixed + await asyncio.to_thread(look_around, context.folders, profiles)
    if arguments.online and context.connect is not None:
        from tui.actions.doctor.account_checks import ask_accounts, online_section

        context.progress("asking the accounts")
        usable = [found.profile for found in profiles if found.profile is not None and not found.missing]
        sections.append(online_section(await ask_accounts(usable, context.connect)))
    shown = anonymizer().sections(sections)
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


def fix(folders: Folders, now: datetime) -> Section:
    """Fix what needs no decision by the user, and report it. Blocks."""
    found = (*_limits(folders, now), *_modes(folders))
    return Section("Fixed", found or (ok("nothing", "there was nothing to fix"),))


def _limits(folders: Folders, now: datetime) -> Iterator[CheckResult]:
    for done in apply_limits(folders, now):
        if done.failure:
            yield warn(done.rule.name, done.failure, "see below")
        elif done.removed:
            yield ok(done.rule.name, f"{pluralize(done.removed, 'old one')} removed")
    if (folders.state / FILE_NAME).exists():
        with suppress(OrdexError):  # in use, or damaged, which the report says
            ChangeJournal(folders.state).compact()


def _modes(folders: Folders) -> Iterator[CheckResult]:
    for name, folder in (("config", folders.config), ("state", folders.state), ("data", folders.data)):
        itself = access_to(folder)
        if itself is None or not itself.folder:
            continue
        changed = 0
        for found in chain([itself], inside(folder)):
            if found.mine and found.open_by_mode:
                found.path.chmod(found.mode & 0o700)
                changed += 1
        if changed:
            yield ok(name, f"others can no longer read {pluralize(changed, 'file or folder')} in {folder}")
