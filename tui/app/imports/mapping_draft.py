"""A mapping while it is made: columns are given fields and kinds, and every step can be taken back."""

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
    """The columns of a file as they are mapped now. ``before`` is the draft that an undo brings back.

    ``saved`` is the mapping as it was saved or loaded; a draft that says the same needs no saving.
    """

    csv_sample: CsvSample
    mapping: ColumnMapping
    saved: ColumnMapping | None = None
    before: MappingDraft | None = None

    @classmethod
    def of(cls, csv_sample: CsvSample, begun: ColumnMapping | None = None) -> MappingDraft:
        """What is proposed for a file, or what a mapping that was made before says of it."""
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
        """Whether it says what its saved mapping says."""
        return self.saved == self.mapping

    def samples(self, at: int) -> tuple[str, ...]:
        """The first cells of a column that are not empty."""
        return self.csv_sample.samples(self.csv_sample.titles.index(self.columns[at].header))

    def filled_by(self, path: str) -> MappedColumn | None:
        """The column that fills a field."""
        return next((column for column in self.columns if column.path == path), None)

    def is_ambiguous(self, at: int, path: str | None) -> bool:
        """Whether the cells of a column that shall fill a field may be units or minor units of money."""
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

    def give(self, at: int, path: str | None, kind: CellKind | None = None) -> MappingDraft:
        """Let a column fill a field, or leave it out; columns that filled it or a part of it are left out.

        It is read as ``kind``, else as its cells suggest.
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
            # The money of one file is written in one way.
            columns[at] = replace(columns[at], kind="amount")
        if path and kind is not None:
            columns[at] = replace(columns[at], kind=kind)
        return self._with(replace(self.mapping, columns=tuple(columns)))

    def take_back(self, at: int) -> MappingDraft:
        """Leave a column out, or let it fill the likeliest field that is free."""
        column = self.columns[at]
        if column.path is not None:
            return self.give(at, None)
        if not column.header.strip():
            return self
        free = next((path for path in self.candidates(at) if not self.conflicting(path)), None)
        return self if free is None else self.give(at, free)

    def conflicting(self, path: str) -> tuple[MappedColumn, ...]:
        """The columns that fill a field, a part of it or what it is a part of."""
        paths = ((column, column.path) for column in self.columns)
        return tuple(c for c, other in paths if other and (other == path or first_overlap((other, path))))

    def candidates(self, at: int) -> tuple[str, ...]:
        """The fields that a column may be meant for, the likeliest first."""
        return candidate_fields(self.csv_sample, at)

    def next_kind(self, at: int) -> MappingDraft:
        """Read the column as the next kind that its field may have."""
        column = self.columns[at]
        kinds = kinds_for(column.path) if column.path else ()
        if len(kinds) < 2:
            return self
        kind = kinds[(kinds.index(column.kind) + 1) % len(kinds)]
        columns = (*self.columns[:at], replace(column, kind=kind), *self.columns[at + 1 :])
        return self._with(replace(self.mapping, columns=columns))

    def read_as(self, at: int, values: tuple[tuple[str, str], ...]) -> MappingDraft:
        """Read other texts in place of some cells of a column."""
        columns = (*self.columns[:at], replace(self.columns[at], values=values), *self.columns[at + 1 :])
        return self._with(replace(self.mapping, columns=columns))

    def written(self, csv_sample: CsvSample, decimals: int) -> MappingDraft:
        """The file is written in another way: columns that are still there keep their fields."""
        kept = tuple(column for column in self.columns if column.header in csv_sample.titles)
        given = replace(self.mapping, columns=kept, decimals=decimals)
        mapping = replace(
            suggest_mapping(csv_sample, self.mapping.name, given=given), dialect=csv_sample.dialect
        )
        return replace(self._with(mapping), csv_sample=csv_sample)

    def named(self, mapping: ColumnMapping) -> MappingDraft:
        """It was saved as this."""
        return replace(self, mapping=mapping, saved=mapping)

    def loaded(self, csv_sample: CsvSample, saved: ColumnMapping) -> MappingDraft:
        """A saved mapping in place of what is there."""
        return replace(MappingDraft.of(csv_sample, saved), before=self)

    def _with(self, mapping: ColumnMapping) -> MappingDraft:
        return self if mapping == self.mapping else replace(self, mapping=mapping, before=self)
