"""A mapping while it is made, without a screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.app.imports.mapping_draft import MappingDraft
from tui.jobs.importing.mapping.column_mapping import ColumnMapping, MappedColumn
from tui.jobs.importing.mapping.csv_dialect import DEFAULT_DIALECT, Dialect
from tui.jobs.importing.mapping.import_fields import FIELDS
from tui.jobs.importing.reading.csv_records import Record
from tui.jobs.importing.reading.csv_sample import CsvSample, read_sample

SHOP = "Order No,Total,Status,Note,\nA-1,12.50,paid,x,\n"


@pytest.fixture
def draft(tmp_path: Path) -> MappingDraft:
    """A shop's CSV whose columns fill what they were offered."""
    path = tmp_path / "shop.csv"
    path.write_text(SHOP)
    draft = MappingDraft.of(read_sample(path))
    assert paths(draft) == [None] * 5
    for at in range(4):
        draft = draft.toggle(at)
    return draft


def paths(draft: MappingDraft) -> list[str | None]:
    """The fields of the columns."""
    return [column.path for column in draft.columns]


def test_a_field_is_given_to_one_column_only(draft: MappingDraft) -> None:
    """The column that filled it is left out; the kind is the likely one of the cells."""
    assert paths(draft) == ["source_id", "amount", "status", "metadata.Note", None]
    moved = draft.assign(3, "amount")
    assert paths(moved) == ["source_id", None, "status", "amount", None]
    assert moved.columns[3].kind == "integer"
    assert moved.assign(1, "initial_amount").columns[1] == MappedColumn("Total", "initial_amount", "amount")
    assert moved.before is draft
    assert draft.assign(1, "amount") is draft


def test_money_is_read_alike(draft: MappingDraft) -> None:
    """A column of whole amounts beside one with decimals is one of amounts, too."""
    assert draft.assign(0, "items.price").columns[0].kind == "amount"
    assert draft.assign(1, None).assign(3, "items.price").columns[3].kind == "integer"


def test_whole_amounts_are_ambiguous_until_other_money_tells(tmp_path: Path) -> None:
    """540 may be 540.00 or 5.40; decimals, thousands, a currency, other money or the API's title decide."""
    path = tmp_path / "shop.csv"
    path.write_text("No,Price,amount,Gross,Sum,Note\nA,540,54000,1,€ 12,x\nB,12,100,2,,y\n")
    draft = MappingDraft.of(read_sample(path)).assign(2, None)
    assert draft.is_ambiguous(1, "items.price")
    assert draft.is_ambiguous(3, "discount_amount")
    assert draft.is_ambiguous(5, "initial_amount")
    assert not any(draft.is_ambiguous(*how) for how in ((2, "amount"), (4, "amount"), (1, "items.quantity")))
    units = draft.assign(1, "items.price", "amount")
    assert units.columns[1].kind == "amount"
    assert not units.is_ambiguous(3, "discount_amount")
    assert units.assign(3, "discount_amount").columns[3].kind == "amount"
    minor = draft.assign(1, "items.price", "integer")
    assert (minor.is_ambiguous(3, "amount"), minor.assign(3, "amount").columns[3].kind) == (False, "integer")


def test_a_field_is_not_filled_beside_a_part_of_it(draft: MappingDraft) -> None:
    """The column of the part is left out."""
    assert paths(draft.assign(0, "metadata")) == ["metadata", "amount", "status", None, None]


def test_a_column_is_left_out_and_taken_back(draft: MappingDraft) -> None:
    """As it was offered, or as metadata where its field was given away; one without a title stays out."""
    out = draft.toggle(1)
    assert paths(out)[1] is None
    assert out.toggle(1).columns[1] == MappedColumn("Total", "amount", "amount")
    given_away = out.assign(3, "amount").toggle(1)
    assert paths(given_away)[1] == "metadata.Total"
    assert draft.toggle(4) is draft


def test_kinds_go_round_among_those_of_the_field(draft: MappingDraft) -> None:
    """A field that is read in one way only stays as it is."""
    assert draft.columns[1].kind == "amount"
    assert draft.next_kind(1).columns[1].kind == "integer"
    assert draft.next_kind(1).next_kind(1).mapping == draft.mapping
    assert draft.next_kind(0) is draft
    assert draft.next_kind(4) is draft


def test_a_file_that_is_written_otherwise_keeps_the_fields_of_its_columns(tmp_path: Path) -> None:
    """Columns that are still there stay, others are proposed anew."""
    path = tmp_path / "shop.csv"
    path.write_text("Nr;Betrag\nA-1;1,5\n")
    draft = MappingDraft.of(read_sample(path, DEFAULT_DIALECT))
    assert [column.header for column in draft.columns] == ["Nr;Betrag"]
    written = draft.with_format(read_sample(path, Dialect(";", decimal=",")), 3)
    assert [column.header for column in written.columns] == ["Nr", "Betrag"]
    mapped = written.assign(1, "amount")
    again = mapped.with_format(read_sample(path, Dialect(";", decimal=".")), 2)
    assert again.columns == mapped.columns
    assert (again.mapping.dialect.decimal, again.mapping.decimals) == (".", 2)
    assert again.before is mapped


def test_what_was_saved_is_known_as_that(draft: MappingDraft) -> None:
    """Until it is changed, and again when the change is taken back."""
    assert not draft.is_saved
    saved = draft.saved_as(ColumnMapping("shop", draft.columns))
    assert saved.is_saved
    changed = saved.toggle(1)
    assert not changed.is_saved
    assert changed.before is not None
    assert changed.before.is_saved
    begun = MappingDraft.of(draft.csv_sample, saved.mapping)
    assert (begun.is_saved, begun.mapping) == (True, saved.mapping)
    assert draft.with_saved(draft.csv_sample, saved.mapping).before is draft


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["assign", "toggle", "next_kind", "undo"]),
            st.integers(0, 3),
            st.sampled_from([*FIELDS, "metadata.x", "metadata.y"]),
        ),
        max_size=12,
    )
)
def test_whatever_is_done_the_mapping_is_one_that_may_be(steps: list[tuple[str, int, str]]) -> None:
    """Every column stands there once, no field is filled twice, every kind fits its field."""
    records = (Record(2, ["1", "12,50", "Paid", "x"]),)
    titles = ("No", "Total", "Status", "Note")
    draft = MappingDraft.of(CsvSample(Path("x.csv"), DEFAULT_DIALECT, titles, records, whole=True))
    for step, at, path in steps:
        if step == "assign":
            draft = draft.assign(at, path)
        elif step == "undo":
            draft = draft.before or draft
        else:
            draft = getattr(draft, step)(at)
        draft.mapping.check()
        assert tuple(column.header for column in draft.columns) == titles
