"""The arguments of ``import``, as a declaration and as typed values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, Self

from tui.actions.arguments.document import DRY_RUN, YES
from tui.actions.arguments.output_path import FORCE
from tui.actions.verb import Argument, typed_arguments
from tui.jobs.importing.checking.confirmations import CONFIRMATION_KINDS

from .column_arguments import COLUMN_ARGUMENTS, ColumnOptions

MOST_SAMPLED = 100
"""The most rows that ``--sample`` looks up; a plan keeps as many for it."""

IMPORT_ARGUMENTS = (
    Argument("file", "file", "File to import; - is standard input.", positional=True, metavar="FILE"),
    DRY_RUN,
    YES,
    Argument(
        "confirm",
        "text",
        "Do not ask; for production: the profile's name and the number of orders.",
        metavar="TEXT",
    ),
    Argument(
        "accept",
        "choice",
        "Agree to what --yes does not: orders get another source_id (renames), a source_id like 1001.0 is"
        " meant (decimal-ids), rows without a source_id create their orders again (repeats).",
        choices=CONFIRMATION_KINDS,
        several=True,
    ),
    Argument("resume", "text", "Continue a run; “last” is the newest unfinished one.", metavar="RUN"),
    Argument("rejects", "file", "Write the rows that were not imported to this file.", metavar="FILE"),
    replace(FORCE, help="Replace the file of rejects if it exists."),
    Argument("detach", "flag", "Continue without this terminal; see ordex jobs.", default=False),
    Argument("chunk", "number", "Orders per request.  [default: 2000]", minimum=1, maximum=2000),
    Argument(
        "duplicates",
        "choice",
        "If two rows have one source_id: report an error, or import the first or last.",
        default="error",
        choices=("error", "first", "last"),
    ),
    Argument(
        "sample",
        "number",
        "Look up this many rows to see how many exist already (one call each).",
        metavar="N",
        minimum=1,
        maximum=MOST_SAMPLED,
    ),
    *COLUMN_ARGUMENTS,
    Argument(
        "metadata",
        "choice",
        "Type of metadata values if the file has no types (5 may be a number or text): as in the "
        "current order, text, or json.  [default: current, if it takes few calls]",
        choices=("current", "text", "json"),
    ),
    Argument(
        "ids",
        "choice",
        "Keep the service's ids of orders and customers, or drop them to copy into another account.",
        default="keep",
        choices=("keep", "drop"),
    ),
    Argument("require_source_id", "flag", "Refuse rows without a source_id.", default=False),
    Argument(
        "keep_created_at",
        "text",
        "Save each order's creation date under this metadata key.",
        metavar="KEY",
    ),
)
"""The arguments in the order in which the help lists them."""


@dataclass(frozen=True)
class ImportArguments(ColumnOptions):
    """Values of ``IMPORT_ARGUMENTS``, by the names of the arguments."""

    file: str | None = None
    dry_run: bool = False
    yes: bool = False
    confirm: str | None = None
    accept: tuple[str, ...] = ()
    resume: str | None = None
    rejects: str | None = None
    force: bool = False
    detach: bool = False
    chunk: int | None = None
    duplicates: Literal["error", "first", "last"] = "error"
    sample: int | None = None
    metadata: Literal["current", "text", "json"] | None = None
    ids: Literal["keep", "drop"] = "keep"
    require_source_id: bool = False
    keep_created_at: str | None = None

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Self:
        """The arguments as a front end passes them."""
        return typed_arguments(cls, given)
