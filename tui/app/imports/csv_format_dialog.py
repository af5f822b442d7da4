"""A dialog for the format of a CSV file: separator, encoding, decimals, quotes."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from tui.app.forms.labelled import labelled
from tui.app.modal import Modal
from tui.app.widgets.choice_line import ChoiceLine
from tui.app.widgets.safe_input import SafeInput
from tui.jobs.importing.import_errors import ImportRefused
from tui.jobs.importing.mapping.column_mapping import MOST_DECIMALS
from tui.jobs.importing.mapping.csv_dialect import DELIMITERS, Dialect
from tui.jobs.importing.reading.csv_sample import CsvSample, read_sample
from tui.orders.amounts import DecimalMark
from tui.terminal.visible import visible

if TYPE_CHECKING:
    from pathlib import Path

QUOTED, UNQUOTED = "yes", "no"
ANY, POINT, COMMA = "as seen", "12.50", "12,50"
_DECIMALS: dict[str, DecimalMark | None] = {ANY: None, POINT: ".", COMMA: ","}


class CsvFormat(NamedTuple):
    """A sample of the file, read in the chosen format, and the decimals of its amounts."""

    csv_sample: CsvSample
    decimals: int


class CsvFormatDialog(Modal["CsvFormat | None"]):
    """Returns the chosen format with a sample of the file, or ``None``."""

    CSS_PATH: ClassVar = ["../styles/form.tcss", "../styles/mutation.tcss", "../styles/jobs.tcss"]
    AUTO_FOCUS = "#delimiter"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "take", "Apply"),
        Binding("escape", "dismiss", "Back"),
        Binding("down", "focus_next", show=False),
        Binding("up", "focus_previous", show=False),
    ]

    def __init__(self, path: Path, dialect: Dialect, decimals: int) -> None:
        super().__init__()
        self._path = path
        self._dialect = dialect
        self._decimals = decimals

    def compose(self) -> ComposeResult:
        """Lay out the choices, the fault and the keys."""
        counts = tuple(str(count) for count in range(MOST_DECIMALS + 1))
        with Vertical(classes="mutation") as box:
            box.border_title = Content("File format")
            yield from labelled(
                "Cell separator", ChoiceLine(tuple(DELIMITERS), required=True, id="delimiter")
            )
            encoding = SafeInput(self._dialect.encoding, id="encoding", compact=True, select_on_focus=False)
            yield from labelled("Encoding", encoding)
            yield from labelled("Decimal mark", ChoiceLine(tuple(_DECIMALS), required=True, id="decimal"))
            yield from labelled("Decimals of amounts", ChoiceLine(counts, required=True, id="decimals"))
            yield from labelled("Quoted cells", ChoiceLine((QUOTED, UNQUOTED), required=True, id="quotes"))
            skipped = SafeInput(
                str(self._dialect.skip_lines),
                type="integer",
                id="skipped",
                compact=True,
                select_on_focus=False,
            )
            yield from labelled("Lines to skip", skipped)
            yield Static(Content(""), id="fault")
            yield Static(Content("ctrl+s apply · ← → choose · tab next · esc back"), classes="keys")

    def on_mount(self) -> None:
        """Show the current format."""
        self.query_one("#delimiter", ChoiceLine).value = self._dialect.delimiter_name
        decimal = next(word for word, mark in _DECIMALS.items() if mark == self._dialect.decimal)
        self.query_one("#decimal", ChoiceLine).value = decimal
        self.query_one("#quotes", ChoiceLine).value = QUOTED if self._dialect.quotes else UNQUOTED
        self.query_one("#decimals", ChoiceLine).value = str(self._decimals)

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Apply the format on enter, too."""
        event.stop()
        await self.action_take()

    async def action_take(self) -> None:
        """Read the file in this format, or show why that fails."""
        delimiter = self.query_one("#delimiter", ChoiceLine).value
        skipped = self.query_one("#skipped", Input).value.strip()
        try:
            dialect = Dialect(
                DELIMITERS.get(delimiter, delimiter),
                self.query_one("#encoding", Input).value.strip(),
                _DECIMALS[self.query_one("#decimal", ChoiceLine).value],
                self.query_one("#quotes", ChoiceLine).value == QUOTED,
                int(skipped) if skipped.isdecimal() else 0,
            )
            csv_sample = await asyncio.to_thread(read_sample, self._path, dialect)
        except ImportRefused as refused:
            fault = visible(f"{refused}. {refused.hint}", limit=300)
            self.query_one("#fault", Static).update(Content(fault))
        else:
            self.dismiss(CsvFormat(csv_sample, int(self.query_one("#decimals", ChoiceLine).value)))
