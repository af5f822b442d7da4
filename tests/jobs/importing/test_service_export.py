"""CSV that the service exported, known by its titles."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.jobs.exporting.export_request import FIELDS
from tui.jobs.importing.proposal.service_export import TITLES, service_mapping
from tui.jobs.importing.reading.csv_sample import read_sample


def mapped(tmp_path: Path, header: str, record: str) -> dict[str, str] | None:
    """The fields and kinds by title, or nothing where the file is not recognised."""
    path = tmp_path / "raw.csv"
    path.write_text(f"{header}\n{record}\n", "utf-8")
    mapping = service_mapping(read_sample(path))
    return None if mapping is None else {c.header: f"{c.path}:{c.kind}" for c in mapping.columns}


def test_titles_are_fields_and_other_names_are_metadata(tmp_path: Path) -> None:
    """What an import cannot set is left out; types of metadata are those of the orders."""
    header = "ID,Source ID,Customer ID,Total Amount,channel,order no"
    assert mapped(tmp_path, header, "ord_1,s,cust_1,5,web,7") == {
        "ID": "id:text",
        "Source ID": "source_id:text",
        "Customer ID": "customer_id:text",
        "channel": "metadata.channel:current",
        "order no": "metadata.order no:current",
    }


@pytest.mark.parametrize(
    ("header", "record"),
    [
        ("ID,Source ID,note", "1001,s,x"),
        ("ID,note", "ord_1,x"),
        ("Id,Source ID", "ord_1,s"),
        ("ID,Source ID,amount", "ord_1,s,5"),
        ("ID,Source ID,metadata.a", "ord_1,s,5"),
        ("ID,Source ID,a,a", "ord_1,s,5,6"),
    ],
)
def test_other_files_are_not_taken_for_one(tmp_path: Path, header: str, record: str) -> None:
    """Numbers of a shop under ID, unknown spellings, names that could be fields or metadata."""
    assert mapped(tmp_path, header, record) is None


def test_every_exported_field_has_a_title() -> None:
    """The two lists are of the same fields."""
    assert set(TITLES) == set(FIELDS)
