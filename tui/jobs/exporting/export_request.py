"""The request of an export: fields, format, order, filters (``docs/voucherify-api.md#exports``)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from tui.errors import Category, OrdexError
from tui.name_suggestions import suggestion_for
from tui.orders.order_fields import exportable_names

if TYPE_CHECKING:
    from tui.orders.privacy import Masks

CellEscape = Literal["none", "spreadsheet"]
"""``spreadsheet`` writes cells that a spreadsheet would run as formulas so that it shows them as text."""
Format = Literal["csv", "jsonl", "parquet"]
FORMATS: tuple[Format, ...] = get_args(Format)

ExportOrder = Literal["created_at", "-created_at", "updated_at", "-updated_at", "status", "-status"]
ORDERS: tuple[ExportOrder, ...] = get_args(ExportOrder)

_FIRST = ("id", "source_id", "status")
FIELDS = (*_FIRST, *(name for name in exportable_names() if name not in _FIRST))
"""The fields that the service can export, besides ``metadata`` and ``metadata.KEY``."""

AMOUNTS = frozenset(field for field in FIELDS if field.endswith("amount"))
TIMES = frozenset(field for field in FIELDS if field.endswith("_at"))
METADATA = "metadata"

MINOR_UNITS = re.compile(r"(-?\d{1,18})(?:\.0*)?\Z", re.ASCII)
"""How the service writes an amount: ``7700``, or ``7700.00`` for as many minor units."""

_SUFFIXES: dict[str, Format] = {".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet"}
_OTHER_FORMS = frozenset(
    {".json", ".gz", ".zip", ".bz2", ".xz", ".zst", ".xlsx", ".xls", ".ods", ".xml", ".html"}
)
"""Suffixes of formats that an export cannot write."""


def is_minor_units(cell: str) -> bool:
    """Whether a cell is an amount in minor units."""
    return MINOR_UNITS.match(cell) is not None


class ExportRefused(OrdexError):
    """The export is not possible as requested."""

    title = "The export cannot be done"


class ExportFailed(ExportRefused):
    """The service's job failed, or its file is damaged."""

    title = "The export failed"
    category = Category.SERVICE


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """The parameters of an export.

    ``filters`` are in the service's grammar, see ``docs/voucherify-api.md#export-filters``. ``order`` is
    always sent, so the service's default does not matter. ``filter_fields`` are downloaded for a local filter
    and not written.
    """

    fields: tuple[str, ...] = FIELDS
    order: ExportOrder = "-created_at"
    filters: Mapping[str, Any] | None = None
    filter_fields: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.fields:
            raise ExportRefused("an export needs at least one field")
        all_fields = (*self.fields, *self.filter_fields)
        for field in all_fields:
            _check(field)
        if len(set(all_fields)) < len(all_fields):
            raise ExportRefused("a field is named twice")
        key = next((field for field in self.fields if field.startswith(f"{METADATA}.")), None)
        if METADATA in self.fields and key is not None:
            raise ExportRefused(f"metadata holds {key} already", hint="Leave one of the two out.")
        if self.order not in ORDERS:
            raise ExportRefused(f"invalid sort order {self.order!r}; choose from {', '.join(ORDERS)}")

    @property
    def parameters(self) -> dict[str, Any]:
        """The parameters for the service."""
        asked: dict[str, Any] = {"order": self.order, "fields": [*self.fields, *self.filter_fields]}
        if self.filters:
            asked["filters"] = dict(self.filters)
        return asked


def format_of(path: Path) -> Format:
    """The format for a file name; CSV if its suffix is unknown.

    Raises:
        ExportRefused: the suffix belongs to a format that exports do not have.
    """
    if path.suffix.lower() in _OTHER_FORMS:
        raise ExportRefused(
            f"an export is not a {path.suffix} file",
            hint="Name it .csv, .jsonl or .parquet, or give its format with --as.",
        )
    return _SUFFIXES.get(path.suffix.lower(), "csv")


def same_parameters(asked: Mapping[str, Any], echoed: Mapping[str, Any] | None) -> bool:
    """Whether a job has these parameters; it may have further empty ones."""
    echoed = echoed or {}
    if any(echoed.get(name) != value for name, value in asked.items()):
        return False
    return not any(echoed[name] for name in echoed.keys() - asked.keys() - {"response_format"})


def _check(field: str) -> None:
    if field in (*FIELDS, METADATA) or (field.startswith(f"{METADATA}.") and len(field) > len(METADATA) + 1):
        return
    raise ExportRefused(
        f"“{field}” cannot be exported{suggestion_for(field, FIELDS)}",
        hint=f"An export can hold {', '.join(FIELDS)}, metadata and metadata.KEY.",
    )


def masked_name(field: str, masks: Masks | None) -> str:
    """The name of a column, masked if it is a personal metadata key."""
    key = field.removeprefix(f"{METADATA}.")
    return field if masks is None or key == field else f"{METADATA}.{masks.text(key)}"
