"""The first rows of a CSV through a mapping, with everything that an import would refuse."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from tui.jobs.importing.checking.order_validator import OrderValidator
from tui.jobs.importing.checking.prepared_order import PreparedOrder, why_not_an_order
from tui.jobs.importing.import_errors import UnreadableFile
from tui.jobs.importing.mapping.column_mapping import ColumnMapping
from tui.jobs.importing.reading.csv_orders import rows_of
from tui.jobs.importing.reading.csv_sample import CsvSample
from tui.jobs.importing.reading.row import ImportRow
from tui.orders.request import FieldFault


@dataclass(frozen=True, slots=True)
class PreviewedRow:
    """An order as it would be sent, or why it would not; ``line`` is where it begins."""

    line: int
    document: dict[str, Any] | None
    faults: tuple[FieldFault, ...]


@dataclass(frozen=True, slots=True)
class MappingPreview:
    """The first rows through a mapping. ``problem`` is why the mapping does not fit the file at all."""

    rows: tuple[PreviewedRow, ...] = ()
    problem: str = ""

    @property
    def good(self) -> int:
        """How many could be imported."""
        return sum(not row.faults for row in self.rows)

    def describe(self) -> str:
        """What the preview found, in one line."""
        if self.problem:
            return self.problem
        if not self.rows:
            return "there is no row below the titles"
        if len(self.rows) == 1:
            return f"the first row can{'' if self.good else 'not'} be imported"
        return f"{self.good:,} of the first {len(self.rows):,} rows can be imported"


def preview_mapping(
    csv_sample: CsvSample, mapping: ColumnMapping | None, *, most: int = 20
) -> MappingPreview:
    """The first rows as orders. It reads no file, so it takes milliseconds."""
    dialect = mapping.dialect if mapping else csv_sample.dialect
    try:
        rows = list(rows_of(csv_sample.header, csv_sample.records, mapping, dialect))
    except UnreadableFile as error:
        return MappingPreview(problem=error.reason)
    rows = [row for row in rows if not row.blank]
    if not csv_sample.whole and len(rows) > 1:
        rows.pop()  # More items of the last order may be behind the records that were looked at.
    validator = OrderValidator()
    return MappingPreview(tuple(_previewed(row, validator) for row in rows[:most]))


def _previewed(row: ImportRow, validator: OrderValidator) -> PreviewedRow:
    if row.document is None:
        return PreviewedRow(row.line, None, row.faults)
    if fault := why_not_an_order(row.document):
        return PreviewedRow(row.line, None, (fault,))
    prepared = PreparedOrder(row.key, row.line, row.document, json.dumps(row.document))
    return PreviewedRow(row.line, row.document, validator.check(prepared)[0])
