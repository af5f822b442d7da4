"""A mapping while it is edited; every step can be undone."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tui.jobs.importing.mapping.column_mapping import ColumnMapping, MappedColumn, first_overlap
from tui.jobs.importing.mapping.import_fields import CellKind, is_money, kinds_for
from tui.jobs.importing.proposal.mapping_suggestion import (
    candidate_fields,
    likely_column,
    money_kind,
    suggest_mapping,
)
from tui.jobs.importing.reading.csv_sample import CsvSample


@dataclass(frozen=True, slots=True)
class MappingDraft:
    """The current mapping of a file's columns. ``before`` is the draft to which an undo returns.

    ``saved`` is the mapping as it was last saved or loaded.
    """

    csv_sample: CsvSample
    mapping: ColumnMapping
    saved: ColumnMapping | None = None
    before: MappingDraft | None = None

    @classmethod
    def of(cls, csv_sample: CsvSample, begun: ColumnMapping | None = None) -> MappingDraft:
        """The proposed mapping of a file, or an existing mapping applied to it."""
        if begun is None:
            return cls(csv_sample, suggest_mapping(csv_sample))
        mapping = replace(suggest_mapping(csv_sample, begun.name, given=begun), dialect=begun.dialect)
        return cls(csv_sample, mapping, mapping if begun.name else None)

    @property
    def columns(self) -> tuple[MappedColumn, ...]:
        """The columns in the order of the file."""
        return self.mapping.columns

    @property
    def is_saved(self) -> bool:
        """Whether it equals its saved mapping."""
        return self.saved == self.mapping

    def samples(self, at: int) -> tuple[str, ...]:
        """The first non-empty cells of a column."""
        return self.csv_sample.samples(self.csv_sample.titles.index(self.columns[at].header))

    def filled_by(self, path: str) -> MappedColumn | None:
        """The column mapped to a field."""
        return next((column for column in self.columns if column.path == path), None)

    def is_ambiguous(self, at: int, path: str | None) -> bool:
        """Whether the cells of a column could be units or minor units of money in a field."""
        column = self.columns[at]
        if path == column.path or not is_money(path) or not self.mapping.decimals:
            return False
        conflicting = self.conflicting(path) if path else ()
        others = {
            other.kind
            for other in self.columns
            if is_money(other.path) and other not in (column, *conflicting)
        }
        return money_kind(self.samples(at), others, is_foreign=column.header != path) is None

    def assign(self, at: int, path: str | None, kind: CellKind | None = None) -> MappingDraft:
        """Map a column to a field, or leave it out; columns that overlap the field are left out.

        Without ``kind`` the cells suggest one.
        """
        column = self.columns[at]
        if path == column.path:
            return self
        conflicting = self.conflicting(path) if path else ()
        columns = [
            MappedColumn(other.header, None) if other in conflicting else other for other in self.columns
        ]
        columns[at] = likely_column(column.header, path, self.samples(at))
        if is_money(path) and any(other.kind == "amount" for other in columns if is_money(other.path)):
            # One file writes money in one way.
            columns[at] = replace(columns[at], kind="amount")
        if path and kind is not None:
            columns[at] = replace(columns[at], kind=kind)
        return self._with(replace(self.mapping, columns=tuple(columns)))

    def toggle(self, at: int) -> MappingDraft:
        """Leave a column out, or map it to the likeliest free field."""
        column = self.columns[at]
        if column.path is not None:
            return self.assign(at, None)
        if not column.header.strip():
            return self
        free = next((path for path in self.candidates(at) if not self.conflicting(path)), None)
        return self if free is None else self.assign(at, free)

    def conflicting(self, path: str) -> tuple[MappedColumn, ...]:
        """The columns mapped to a field, a part of it or its parent."""
        paths = ((column, column.path) for column in self.columns)
        return tuple(c for c, other in paths if other and (other == path or first_overlap((other, path))))

    def candidates(self, at: int) -> tuple[str, ...]:
        """The likely fields of a column, the likeliest first."""
        return candidate_fields(self.csv_sample, at)

    def next_kind(self, at: int) -> MappingDraft:
        """Switch a column to the next kind of its field."""
        column = self.columns[at]
        kinds = kinds_for(column.path) if column.path else ()
        if len(kinds) < 2:
            return self
        kind = kinds[(kinds.index(column.kind) + 1) % len(kinds)]
        columns = (*self.columns[:at], replace(column, kind=kind), *self.columns[at + 1 :])
        return self._with(replace(self.mapping, columns=columns))

    def with_values(self, at: int, values: tuple[tuple[str, str], ...]) -> MappingDraft:
        """Replace the values of some cells of a column."""
        columns = (*self.columns[:at], replace(self.columns[at], values=values), *self.columns[at + 1 :])
        return self._with(replace(self.mapping, columns=columns))

    def with_format(self, csv_sample: CsvSample, decimals: int) -> MappingDraft:
        """Read the file in another format; columns that still exist keep their fields."""
        kept = tuple(column for column in self.columns if column.header in csv_sample.titles)
        given = replace(self.mapping, columns=kept, decimals=decimals)
        mapping = replace(
            suggest_mapping(csv_sample, self.mapping.name, given=given), dialect=csv_sample.dialect
        )
        return replace(self._with(mapping), csv_sample=csv_sample)

    def saved_as(self, mapping: ColumnMapping) -> MappingDraft:
        """Mark the draft as saved."""
        return replace(self, mapping=mapping, saved=mapping)

    def with_saved(self, csv_sample: CsvSample, saved: ColumnMapping) -> MappingDraft:
        """Replace the mapping by a saved one."""
        return replace(MappingDraft.of(csv_sample, saved), before=self)

    def _with(self, mapping: ColumnMapping) -> MappingDraft:
        return self if mapping == self.mapping else replace(self, mapping=mapping, before=self)
