"""A CSV that the service's own export wrote, known by its titles (``docs/voucherify-api.md#export-files``).

Its titles are ``ID``, ``Source ID`` and the like; any other title is a key of metadata, whose type the file
does not show.
"""

from __future__ import annotations

from tui.jobs.importing.mapping.column_mapping import ColumnMapping, MappedColumn, first_repeated
from tui.jobs.importing.mapping.helper_columns import JSON_KEY
from tui.jobs.importing.mapping.import_fields import FIELDS, METADATA
from tui.jobs.importing.reading.csv_sample import CsvSample
from tui.orders.order_fields import exportable_names

TITLES = {
    name: "ID" if name == "id" else name.replace("_", " ").title().replace("Id", "ID")
    for name in exportable_names()
}
"""The titles that exports of the service are known to have, by field."""

_FIELD_OF = {title: name for name, title in TITLES.items()}


def service_mapping(csv_sample: CsvSample) -> ColumnMapping | None:
    """How to read a file that the service exported; ``None`` if it may be another file.

    It is one when the column ``ID`` holds ids of orders, another known title is there, and no other column
    could be a field of the API as well as a key of metadata.
    """
    titles = csv_sample.titles
    if "ID" not in titles or JSON_KEY in titles or first_repeated(csv_sample.header) is not None:
        return None
    ids = csv_sample.samples(titles.index("ID"))
    known = [title for title in titles if title in _FIELD_OF]
    if not ids or not all(cell.startswith("ord_") for cell in ids) or len(known) < 2:
        return None
    others = [title for title in titles if title and title not in _FIELD_OF]
    if any(title in FIELDS or title.startswith(f"{METADATA}.") for title in others):
        return None
    fields = [(title, _FIELD_OF[title]) for title in known]
    return ColumnMapping(
        "",
        (
            *(MappedColumn(title, field, FIELDS[field]) for title, field in fields if field in FIELDS),
            *(MappedColumn(title, f"{METADATA}.{title}", "current") for title in others),
        ),
    )
