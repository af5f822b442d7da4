"""Imports of foreign CSVs through a mapping, from the plan to the rejects."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.jobs.importing.conftest import Bench
from tui.jobs.importing.import_engine import ImportEngine
from tui.jobs.importing.import_options import ImportOptions
from tui.jobs.importing.mapping.column_mapping import ColumnMapping, MappedColumn
from tui.jobs.importing.mapping.csv_dialect import Dialect


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """A bench with a sound service."""
    return Bench(tmp_path)


async def test_rejects_of_a_mapped_csv_are_written_as_it_is(bench: Bench, tmp_path: Path) -> None:
    """Same columns, delimiter and encoding: the file is imported with the same mapping after mending.

    They were written in UTF-8 before, whatever the file's encoding, which a second import misread.
    """
    path = tmp_path / "in.csv"
    path.write_bytes("Nr;Kunde;Betrag\n1;Jörg;8,00\n2;Änne;viel\n".encode("cp1252"))
    columns = (
        MappedColumn("Nr", "source_id"),
        MappedColumn("Kunde", "customer.name"),
        MappedColumn("Betrag", "amount", "amount"),
    )
    mapping = ColumnMapping("de", columns, dialect=Dialect(";", "cp1252", ","))
    result = await bench.engine.start(await bench.engine.plan(path, ImportOptions(mapping=mapping)))
    assert (result.imported, result.rejected) == (1, 1)
    rejects = tmp_path / "rejects.csv"
    assert await bench.engine.write_rejects(result.run, rejects) == 1
    text = rejects.read_bytes().decode("cp1252")
    assert text.startswith("_line;_reason;Nr;Kunde;Betrag\n3;line 3: ")
    rejects.write_bytes(text.replace("viel", "9,50").encode("cp1252"))
    assert mapping.fits(text.splitlines()[0].split(";"))
    again = await bench.engine.start(await bench.engine.plan(rejects, ImportOptions(mapping=mapping)))
    assert (again.imported, again.rejected) == (1, 0)
    assert bench.service.orders["2"]["customer"] == {"name": "Änne"}
    assert bench.service.orders["2"]["amount"] == 950


async def test_rejects_keep_one_column_of_a_name(bench: Bench, tmp_path: Path) -> None:
    """A mapping that leaves a column “source_id” out had its rejects written with two of them."""
    path = tmp_path / "in.csv"
    path.write_text("source_id,Betrag\nx,viel\n")
    columns = (MappedColumn("source_id", None), MappedColumn("Betrag", "amount", "amount"))
    options = ImportOptions(mapping=ColumnMapping("m", columns))
    plan = await bench.engine.plan(path, options)
    rejects = tmp_path / "rejects.csv"
    await bench.engine.write_rejects(plan.run, rejects)
    assert rejects.read_text().splitlines()[0] == "_line,_reason,source_id,Betrag"
    rejects.write_text(rejects.read_text().replace("viel", "5"))
    assert (await bench.engine.plan(rejects, options)).checked.good == 1


async def test_a_resumed_run_keeps_its_mapping(bench: Bench, tmp_path: Path) -> None:
    """It is in the journal: what was saved under its name may be another by now, or gone."""
    path = tmp_path / "in.csv"
    path.write_text("Nr;Betrag;Neu\n" + "".join(f"{n};{n},50;x\n" for n in range(1, 301)))
    columns = (MappedColumn("Nr", "source_id"), MappedColumn("Betrag", "amount", "amount"))
    mapping = ColumnMapping("de", columns, dialect=Dialect(";", decimal=","))
    plan = await bench.engine.plan(path, ImportOptions(mapping=mapping, chunk=100))
    assert "The column “Neu” is left out." in plan.remarks()

    bench.service.on_call = lambda name: name == "get_async_action" and bench.engine.cancel(plan.run)
    first = await bench.engine.start(plan)
    assert 0 < first.imported < 300
    bench.service.on_call = lambda name: None
    second = await ImportEngine(bench.service, bench.folder, profile="p", clock=bench.clock).resume()
    assert (second.run, second.imported, second.rejected) == (plan.run, 300, 0)
    assert bench.service.orders["300"] == bench.service.orders["300"] | {"amount": 30_050}
