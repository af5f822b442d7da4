"""``export``: export orders of the whole account to a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.actions.arguments.filter_and_columns import notes_on_empty_result, parse_filter
from tui.actions.arguments.output_path import FORCE, is_standard_output, output_file
from tui.actions.catalogue import of_verb
from tui.actions.exit_codes import ExitCode
from tui.actions.jobs.export_file_arguments import AS, SPREADSHEET, ExportFileArguments
from tui.actions.jobs.export_plan import check_detached, plan_export
from tui.actions.printing.formats import FORMATS
from tui.actions.results import DoneResult
from tui.actions.verb import Argument, InputError, Verb, refuse_unused, typed_arguments
from tui.actions.verb_context import VerbContext

if TYPE_CHECKING:
    from tui.jobs.exporting.export_request import ExportOrder
    from tui.jobs.exporting.progress import ExportProgress

ORDERS = ("-created_at", "created_at", "-updated_at", "updated_at", "-status", "status")


@dataclass(frozen=True)
class ExportArguments(ExportFileArguments):
    """Values of the arguments of ``export``, by their names."""

    fields: str | None = None
    where: str | None = None
    order: ExportOrder = "-created_at"
    detach: bool = False


async def run(context: VerbContext, given: Mapping[str, Any]) -> DoneResult:
    """Start the export, wait for it, download the file and check it.

    Raises:
        InputError: an argument cannot be, or the file cannot be written there.
        ExportRefused: the file cannot be written as requested, or the service did not make it.
        ReadOnly: the profile is read-only; an export is a job that is created.
        VoucherifyError: the service cannot be used now.
    """
    from tui.jobs.exporting.export_request import FIELDS
    from tui.jobs.exporting.parquet import check_format

    arguments = typed_arguments(ExportArguments, given)
    if arguments.output is None and not arguments.detach:
        raise InputError("name the file to write with --output, or --detach", argument="output")
    if arguments.detach:
        used = {"detach", "fields", "where", "order"}
        message = "--detach writes no file: leave {} out, and give it to ordex jobs download"
        refuse_unused(VERB.arguments, given, used, message)
    arguments.check_output()
    check_format(arguments.format, arguments.escape)
    where = parse_filter(arguments.where, now=context.now())
    names = arguments.fields
    fields = tuple(name.strip() for name in names.split(",")) if names else FIELDS
    plan = plan_export(where, fields, arguments.order)
    if arguments.detach:
        check_detached(plan)
    for remark in plan.remarks:
        context.narrate(remark)
    session = await context.open()
    engine = session.exporter

    def report(progress: ExportProgress) -> None:
        context.progress(progress.describe(), until=progress.waiting_until)

    if arguments.detach:
        export = await engine.create(plan.request, report)
        text = f"export {export.id} is {export.status or 'made'}"
        text += f"; ordex jobs download {export.id} -o FILE downloads it"
        return DoneResult((text,), export.raw)
    with output_file(arguments.output or "") as target:
        result = await engine.export(
            plan.request,
            target,
            overwrite=arguments.force,
            format=arguments.format,
            escape=arguments.escape,
            keep=plan.keep,
            left="; ".join(plan.left),
            on_progress=report,
            on_created=lambda export: context.facts.leaves(
                f"export {export.id}",
                # A file that is brought down later is not filtered here.
                "" if plan.keep is not None else f"ordex jobs download {export.id} -o FILE",
            ),
        )
    code = ExitCode.PARTIAL if result.is_partial else ExitCode.DONE
    if is_standard_output(arguments.output):  # It holds the orders and nothing else.
        text = replace(result, path=Path("standard output")).describe()
        return DoneResult((text, *notes_on_empty_result(where, result.rows)), code=code)
    document = {"outcome": "done", **asdict(result), "path": str(result.path)}
    return DoneResult((result.describe(), *notes_on_empty_result(where, result.rows)), document, code=code)


VERB = Verb(
    name="export",
    summary=of_verb("export").help,
    help=(
        "Export orders of the whole account to a file. The service makes the file as a job; Ordex waits "
        "for it, downloads and checks it, and puts it in place when it is complete. The service applies "
        "as much of the filter as it can; Ordex applies the rest to the download. --detach accepts only "
        "filters that the service can apply alone. Parquet has amounts as integers and times in UTC."
    ),
    run=run,
    arguments=(
        Argument("output", "file", "Write this file; - is standard output.", metavar="FILE", short="-o"),
        FORCE,
        Argument(
            "fields",
            "text",
            "Export these fields, e.g. id,amount,metadata (every key), metadata.channel.  [default: all "
            "but metadata]",
            metavar="A,B",
        ),
        Argument("where", "filter", "Export only orders that match.", metavar="FILTER"),
        Argument("order", "choice", "Order of the rows.", default="-created_at", choices=ORDERS),
        AS,
        SPREADSHEET,
        Argument("detach", "flag", "Start the job and do not wait for it.", default=False),
    ),
    examples=(
        "export -o orders.csv",
        "export -o paid.jsonl --where 'status:paid created>=2026-01' --fields id,amount",
        "export -o orders.parquet",
        "export -o - --as jsonl --where status:paid",
        "export --detach",
    ),
    formats=FORMATS,
)
