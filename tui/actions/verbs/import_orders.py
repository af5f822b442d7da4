"""``import``: import the orders of a file of any size, each exactly once."""

from __future__ import annotations

import asyncio
import tempfile
import threading
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.actions.account_status import AccountStatus
from tui.actions.arguments.output_path import check_output
from tui.actions.catalogue import of_verb
from tui.actions.changes.consent import require_write_access, text_to_type
from tui.actions.exit_codes import ExitCode, exit_code
from tui.actions.jobs.import_arguments import IMPORT_ARGUMENTS, MOST_SAMPLED, ImportArguments
from tui.actions.jobs.import_runs import SHOWN, import_result
from tui.actions.masking import masked_findings
from tui.actions.printing.formats import FORMATS
from tui.actions.prompts import Confirmation
from tui.actions.results import DoneResult
from tui.actions.session import Session
from tui.actions.verb import InputError, Verb, refuse_unused
from tui.actions.verb_context import VerbContext
from tui.errors import message_with_hint
from tui.files.atomic_write import descriptor_of
from tui.files.private_copy import copy_privately, is_ordinary_file
from tui.files.threads import run_stoppable
from tui.terminal.pluralize import pluralize

if TYPE_CHECKING:
    from tui.actions.jobs.import_columns import ColumnChoice
    from tui.actions.results import Result
    from tui.jobs.importing.checking.existing_orders import ExistingOrders
    from tui.jobs.importing.checking.import_plan import ImportPlan
    from tui.jobs.importing.import_options import ImportOptions
    from tui.jobs.importing.runs.import_progress import ImportProgress


STANDARD_INPUT = Path("/dev/stdin")


async def run(context: VerbContext, given: Mapping[str, Any]) -> Result:
    """Check the whole file, show the plan, ask, send, and follow the import to its end.

    Raises:
        InputError: an argument is invalid; nothing was sent.
        ImportRefused: the file or the run cannot be used.
        ReadOnly: the profile is read-only, and this is not a dry run.
    """
    arguments = ImportArguments.of(given)
    if (arguments.file is None) == (arguments.resume is None):
        raise InputError("name a file to import, or a run with --resume", argument="file")
    if arguments.detach and arguments.dry_run:
        raise InputError("--dry-run sends nothing; leave --detach out", argument="detach")
    if arguments.rejects is not None:
        check_output(arguments.rejects, force=arguments.force, argument="rejects")
    if arguments.resume is not None:
        used = {"resume", "rejects", "detach", "yes", "confirm"}
        message = "a resumed import keeps its options; leave {} out"
        refuse_unused(VERB.arguments, given, used, message)
        session = await _open(context, arguments)
        return await _carry_on(context, session, arguments, await session.importer.resolve(arguments.resume))
    if arguments.propose:
        used = {argument.name for argument in VERB.arguments} - {"rejects", "detach", "sample"}
        refuse_unused(VERB.arguments, given, used, "--propose sends nothing; leave {} out")
    return await _import(context, arguments, arguments.file or "")


async def _import(context: VerbContext, arguments: ImportArguments, name: str) -> Result:
    from tui.actions.jobs.import_columns import MappingProposal, choose_columns
    from tui.actions.jobs.mapping_proposal import needed, proposed
    from tui.jobs.importing.mapping.mapping_store import MappingStore

    if not arguments.propose:
        await _open(context, arguments)
    async with _readable(name, context) as (file, source):
        chosen = await asyncio.to_thread(
            choose_columns, file, arguments, MappingStore(context.folders.mappings), name=name
        )
        if isinstance(chosen, MappingProposal):
            return (proposed if arguments.propose else needed)(chosen, context.masks)
        if arguments.propose:
            raise InputError(f"there is no file {file}", argument="file")
        for sentence in chosen.messages:
            context.narrate(sentence)
        session = await context.open()
        plan = await session.importer.plan(
            file, _options(arguments, chosen), source=source, on_progress=_progress_reporter(context)
        )
    return await _go_on(context, session, arguments, plan)


@asynccontextmanager
async def _readable(name: str, context: VerbContext) -> AsyncIterator[tuple[Path, Path | None]]:
    """The file to read and, where the user named a pipe, that: it is read once, into a private file.

    Raises:
        InputError: the pipe cannot be read, or there is no standard input.
    """
    path = STANDARD_INPUT if name == "-" else Path(name)
    if path == STANDARD_INPUT and context.read_input is None:
        raise InputError("no standard input; name a file", argument="file")
    if is_ordinary_file(path) or (descriptor_of(path) is None and not path.exists()):
        yield path, None
        return
    with tempfile.TemporaryDirectory(prefix="ordex-") as folder:
        copy, stop = Path(folder) / path.name, threading.Event()
        try:
            facts = await run_stoppable(lambda: copy_privately(path, copy, is_stopped=stop.is_set), stop.set)
        except OSError as error:
            raise InputError(f"{path} cannot be read: {error.strerror}", argument="file") from None
        if not facts.size:
            named = "standard input" if path == STANDARD_INPUT else str(path)
            raise InputError(f"{named} is empty", argument="file")
        yield copy, path


async def _open(context: VerbContext, arguments: ImportArguments) -> Session:
    session = await context.open()
    if not arguments.dry_run:
        require_write_access(session)
    return session


async def _go_on(
    context: VerbContext, session: Session, arguments: ImportArguments, plan: ImportPlan
) -> DoneResult:
    checked = replace(plan.checked, findings=masked_findings(plan.checked.findings, context.masks))
    plan = replace(plan, checked=checked)
    for sentence in _plan_sentences(plan):
        context.narrate(sentence)
    if plan.unknown_outcomes and plan.obstacle is None and not arguments.sample:
        rows = min(plan.unknown_outcomes, MOST_SAMPLED)
        context.narrate(f"--sample {rows} counts how many of {pluralize(rows, 'row')} exist, a call each")
    if arguments.rejects and context.masks is not None and context.masks.on:
        context.narrate("the rejects file holds the rows as they are in your file, not masked")
    sampled = await _sampled(context, session, arguments, plan)
    if arguments.dry_run or plan.obstacle is not None:
        return await _dry(session, arguments, plan, sampled)
    if not await _agreed(context, session, arguments, plan):
        await session.importer.discard(plan.run)
        return DoneResult(("not confirmed; nothing was sent",), code=ExitCode.REFUSED)
    await session.importer.hand_over(plan)
    context.facts.leaves(f"import {plan.run}", f"ordex import --resume {plan.run}")
    return await _carry_on(context, session, arguments, plan.run)


async def _carry_on(
    context: VerbContext, session: Session, arguments: ImportArguments, run: str
) -> DoneResult:
    if not arguments.detach:
        return await _finish(context, session, arguments, run)
    from tui.actions.jobs.detached_import import detach_import

    rejects = None if arguments.rejects is None else Path(arguments.rejects)
    return await detach_import(session, run, rejects=rejects, overwrite=arguments.force)


async def _sampled(
    context: VerbContext, session: Session, arguments: ImportArguments, plan: ImportPlan
) -> ExistingOrders | None:
    rows = min(arguments.sample or 0, len(plan.checked.sample))
    if not rows or plan.obstacle is not None:
        return None
    context.narrate(f"looking {pluralize(rows, 'row')} up, a call each, to see how many exist already")
    try:
        sampled = await session.importer.sample_existing(
            plan,
            rows,
            on_row=lambda row, of: context.progress(f"looked up {row:,} of {pluralize(of, 'row')}"),
        )
    except BaseException:
        await session.importer.discard(plan.run)
        raise
    context.narrate(sampled.describe())
    return sampled


async def _dry(
    session: Session, arguments: ImportArguments, plan: ImportPlan, sampled: ExistingOrders | None
) -> DoneResult:
    rejects = await _rejects(session, arguments, plan.run)
    await session.importer.discard(plan.run)
    checked = plan.checked
    code = ExitCode.USAGE if plan.obstacle else ExitCode.PARTIAL if checked.faulty else ExitCode.DONE
    document = {
        "outcome": "dry run" if arguments.dry_run else "not sent",
        "rows": checked.rows,
        "importable": checked.good,
        "faulty": checked.faulty,
        "duplicates_left_out": checked.skipped,
        "requests": plan.requests,
        "polls": plan.polls,
        "obstacle": plan.obstacle,
        "columns_left_out": list(checked.left_out),
        "updated_by_id": checked.by_id,
        "matched_by_source_id": plan.unknown_outcomes,
        "doubts": [{"kind": doubt.kind, "message": doubt.words} for doubt in plan.doubts],
        "sampled": asdict(sampled) if sampled else None,
        "findings": [asdict(finding) for finding in checked.findings],
    }
    end = plan.obstacle or "dry run"
    return DoneResult((*rejects, f"{end}: nothing was sent"), document, code=code)


async def _finish(context: VerbContext, session: Session, arguments: ImportArguments, run: str) -> DoneResult:
    from tui.jobs.importing.import_errors import ImportInterrupted, ImportRefused

    if changed := await session.importer.changed_file(run):
        context.narrate(
            f"{changed} has changed since; the import continues with its private copy, which was checked"
        )
    try:
        result = await session.importer.resume(run, on_progress=_progress_reporter(context))
    except ImportInterrupted as stopped:
        return DoneResult(
            (str(stopped), stopped.hint),
            {"outcome": "interrupted", "run": stopped.run},
            code=exit_code(stopped, context.facts),
        )
    code = None
    try:
        rejects = await _rejects(session, arguments, result.run)
    except (ImportRefused, OSError) as error:
        again = f"ordex import --resume {result.run} --rejects FILE"
        rejects = (f"the rejected rows were not written: {message_with_hint(error)}", f"try again: {again}")
        code = ExitCode.PARTIAL
    ended = import_result(result, rejects, masks=context.masks)
    return ended if code is None else replace(ended, code=code)


async def _rejects(session: Session, arguments: ImportArguments, run: str) -> tuple[str, ...]:
    if arguments.rejects is None:
        return ()
    target = Path(arguments.rejects)
    rows = await session.importer.write_rejects(run, target, overwrite=arguments.force)
    if not rows:
        return ()
    lie, them = ("row with its reasons is", "it") if rows == 1 else ("rows with their reasons are", "them")
    return (f"{rows:,} rejected {lie} in {target}; correct {them} and import that file",)


async def _agreed(
    context: VerbContext, session: Session, arguments: ImportArguments, plan: ImportPlan
) -> bool:
    """Whether the user agrees to the import, and to each doubt, which ``--yes`` and ``--confirm`` do not."""
    for doubt in plan.doubts:
        if doubt.kind not in arguments.accept:
            instead = f"use --accept {doubt.kind} to agree beforehand"
            if not await context.confirm(
                Confirmation(AccountStatus.of(session), doubt.question, instead=instead)
            ):
                return False
    orders = plan.checked.good
    typed = None
    if session.kind == "production":
        typed = text_to_type(session.name, orders=orders)
    if arguments.yes and typed is None:
        return True
    if arguments.confirm is not None:
        return bool(arguments.confirm == (typed or session.name))
    question = f"Import {pluralize(orders, 'order')} into {session.name}?"
    return await context.confirm(Confirmation(AccountStatus.of(session), question, typed=typed))


def _plan_sentences(plan: ImportPlan) -> list[str]:
    from tui.jobs.importing.import_errors import UnreadableFile

    findings = plan.checked.findings
    lines = [str(finding) for finding in findings[:SHOWN]]
    if plan.checked.faulty > SHOWN:
        lines.append(f"… and {plan.checked.faulty - SHOWN:,} more; --rejects FILE writes them all")
    broken = plan.checked.unreadable
    hint = [broken.hint] if broken is not None and broken.hint != UnreadableFile.hint else []
    outcome = [plan.describe_outcome()] if plan.obstacle is None else []
    doubts = [doubt.words for doubt in plan.doubts]
    return [*lines, plan.describe_findings(), *doubts, *outcome, plan.describe(), *plan.remarks(), *hint]


def _progress_reporter(context: VerbContext) -> Callable[[ImportProgress], None]:
    def report(progress: ImportProgress) -> None:
        context.progress(progress.describe(), until=progress.waiting_until)

    return report


def _options(arguments: ImportArguments, chosen: ColumnChoice) -> ImportOptions:
    from tui.jobs.importing.import_options import CHUNK, ImportOptions

    return ImportOptions(
        dialect=chosen.dialect,
        mapping=chosen.mapping,
        duplicates=arguments.duplicates,
        missing_source_id="refuse" if arguments.require_source_id else "assign",
        keep_created_at_as=arguments.keep_created_at,
        chunk=arguments.chunk or CHUNK,
        metadata=arguments.metadata,
        ids=arguments.ids,
    )


VERB = Verb(
    name="import",
    summary=of_verb("import").help,
    help=(
        "Imports are for historical orders. For ongoing synchronisation use ordex create and ordex "
        "update, as Voucherify's documentation recommends. Import orders from a JSON array, JSONL, CSV or "
        "Parquet file of any size, plain or gzip. Ordex checks the whole file and shows a plan before it "
        "sends anything. Each order is imported exactly once, even after an interruption: --resume "
        "continues. --detach continues without this terminal once you have agreed. Rows that cannot be "
        "imported are listed with line, field and reason, and --rejects writes them to a file that you "
        "can correct and import. For a CSV with other column titles than the API's fields, use a mapping:"
        " --propose suggests one, --map changes it, --save-mapping saves it, --mapping uses it. On "
        "production, type the profile's name and the number of orders, or pass --confirm 'NAME COUNT'."
    ),
    run=run,
    arguments=IMPORT_ARGUMENTS,
    examples=(
        "import orders.jsonl --dry-run",
        "import orders.csv.gz --rejects rejects.csv --keep-created-at ordered_at",
        "import orders.jsonl --yes --detach",
        "import - --yes < orders.jsonl",
        "import --resume last",
        "import shop.csv --propose",
        "import shop.csv --map 'Order No=source_id' --map 'Total=amount:amount' --map 'Note=' --dry-run",
        "import shop.csv --mapping shop",
        "import orders.jsonl --ids drop --profile other",
    ),
    formats=FORMATS,
    writes=True,
)
