"""The options of an import; stored in its journal, so that a resumed run uses the same ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal

from tui.jobs.importing.mapping.column_mapping import ColumnMapping
from tui.jobs.importing.mapping.csv_dialect import DEFAULT_DIALECT, Dialect
from tui.jobs.importing.reading.import_file import Format

from .import_errors import ImportRefused

CHUNK = 2000
"""The most orders in one request by the API today; the limit may change.

See ``docs/voucherify-api.md#imports``.
"""

Duplicates = Literal["error", "first", "last"]


MetadataRule = Literal["current", "text", "json"]


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How a file is read and sent.

    ``dialect`` is the dialect of a CSV that differs from the mapping's. ``duplicates``: two rows of one
    source_id are errors, or the ``first`` or the ``last`` one is taken. ``metadata`` is how metadata is read
    whose type the file does not show: as the type that the ``current`` order has, however many calls that
    takes, as ``text``, or as ``json``; ``None`` looks up what takes few calls. ``missing_source_id``: rows
    without one are given one that depends on the file and line only, or are errors. ``ids``: ``drop`` leaves
    out the ids of orders and customers of another account. ``keep_created_at_as`` is a metadata key for the
    true date, since an import sets ``created_at`` to the time of the import.
    """

    format: Format | None = None
    dialect: Dialect | None = None
    mapping: ColumnMapping | None = None
    duplicates: Duplicates = "error"
    missing_source_id: Literal["assign", "refuse"] = "assign"
    ids: Literal["keep", "drop"] = "keep"
    keep_created_at_as: str | None = None
    chunk: int = CHUNK
    metadata: MetadataRule | None = None

    def __post_init__(self) -> None:
        if self.chunk < 1:
            raise ImportRefused("a request must hold at least one order")

    @property
    def written(self) -> Dialect:
        """How the file is written if it is a CSV: as chosen, else by the mapping."""
        return self.dialect or (self.mapping.dialect if self.mapping else DEFAULT_DIALECT)

    def to_document(self) -> dict[str, Any]:
        """The options as plain data."""
        document = {one.name: getattr(self, one.name) for one in fields(self)}
        document["dialect"] = asdict(self.dialect) if self.dialect else None
        document["mapping"] = self.mapping.to_document() if self.mapping else None
        return document

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> ImportOptions:
        """Read what ``to_document`` wrote."""
        mapping, dialect = document["mapping"], document["dialect"]
        return cls(
            **{
                **document,
                "dialect": Dialect(**dialect) if dialect else None,
                "mapping": ColumnMapping.from_document(mapping) if mapping else None,
            }
        )
