"""The arguments of the file that an export is written to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tui.actions.arguments.output_path import check_output
from tui.actions.verb import Argument

if TYPE_CHECKING:
    from tui.jobs.exporting.export_request import CellEscape, Format

AS = Argument(
    "as",
    "choice",
    "Format of the file.  [default: by its name, else csv]",
    choices=("csv", "jsonl", "parquet"),
)
SPREADSHEET = Argument(
    "spreadsheet", "flag", "Protect cells that a spreadsheet would run as formulas.", default=False
)


@dataclass(frozen=True)
class ExportFileArguments:
    """Values of ``--output``, ``FORCE``, ``AS`` and ``SPREADSHEET``."""

    output: str | None = None
    force: bool = False
    as_: Format | None = None
    spreadsheet: bool = False

    @property
    def format(self) -> Format:
        """The format of the file: the one that was asked for, else by its name."""
        from tui.jobs.exporting.export_request import format_of

        return self.as_ or format_of(Path(self.output or ""))

    @property
    def escape(self) -> CellEscape:
        """The escaping of cells that a spreadsheet would run."""
        return "spreadsheet" if self.spreadsheet else "none"

    def check_output(self) -> None:
        """Check that the file can be written, where one is named.

        Raises:
            InputError: it cannot.
        """
        if self.output is not None:
            check_output(self.output, force=self.force)
