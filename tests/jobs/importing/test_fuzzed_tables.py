"""Thousands of tables as shops and spreadsheets write them, damaged in every way: right, or refused.

No order reaches the service that is not in the file, none lacks an item, and each amount is the only one that
its cell can be read as.
"""

from __future__ import annotations

import csv
import io
import random
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from tests.jobs.importing.conftest import Bench
from tests.support.csv_reference import Table, orders_of, readings
from tui.actions.jobs.column_arguments import ColumnOptions
from tui.actions.jobs.import_columns import ColumnChoice, MappingProposal, choose_columns
from tui.actions.verb import InputError
from tui.jobs.importing.import_errors import ImportRefused
from tui.jobs.importing.import_options import ImportOptions
from tui.jobs.importing.mapping.mapping_store import MappingStore

FORMATS: dict[str, list[tuple[str, str]]] = {
    "shopify": [
        ("Name", "number"), ("Email", "order"), ("Total", "amount"), ("Lineitem quantity", "item"),
        ("Lineitem name", "item"), ("Lineitem price", "price"),
    ],
    "magento": [
        ("ID", "number"), ("Purchase Date", "order"), ("Grand Total (Base)", "other"),
        ("Grand Total (Purchased)", "amount"),
    ],
    "bigcommerce": [
        ("Order ID", "number"), ("Customer Email", "order"), ("Order Status", "other"),
        ("Order Total (inc tax)", "amount"), ("Order Total (ex tax)", "other"),
    ],
    "": [
        ("Order", "number"), ("E-Mail", "order"), ("Sum", "amount"), ("Goods", "item"), ("Each", "price"),
        ("Remark", "other"),
    ],
}  # fmt: skip
MAPPED = (
    "Order=source_id", "E-Mail=customer.email", "Sum=amount:amount", "Goods=items.product.name",
    "Each=items.price:amount", "Remark=",
)  # fmt: skip

NOTATIONS = (
    "{}.{:02}",
    "{}.{:02}00",
    "{},{:02}",
    "$ {}.{:02}",
    "EUR {},{:02}",
    "{}",
    "{}.{:01}",
    "{}.",
    "{},{:03}",
)


@dataclass
class File:
    """A file, what is in it, and what its owner knows of how it is written."""

    data: bytes
    table: Table
    known: str
    words: dict[str, Any]
    damaged: bool


def amount(rng: random.Random, notation: str) -> str:
    """An amount in one of the notations, with groups now and then."""
    whole, cents = rng.choice([rng.randrange(100), rng.randrange(10**6)]), rng.randrange(100)
    text = f"{whole:,}".replace(",", rng.choice(["'", " ", "\u00a0"])) if rng.random() < 0.2 else str(whole)
    if rng.random() < 0.05:
        return f"{whole:,}"
    return notation.format(text, cents if "02" in notation else cents % 10)


def table(rng: random.Random, name: str) -> Table:
    """A sound table: some orders, each of one line, or of several where the format has items."""
    titles, roles = [title for title, _ in FORMATS[name]], [role for _, role in FORMATS[name]]
    notation = rng.choice(NOTATIONS)
    made: list[list[str]] = []
    for number in range(1, rng.randrange(2, 12)):
        for line in range(rng.randrange(1, 4) if "item" in roles else 1):
            cells = {
                "number": f"#{number}",
                "amount": amount(rng, notation) if not line else "",
                "order": f"p{number}@example.com" if not line else "",
                "item": rng.choice("123"),
                "price": amount(rng, notation),
                "other": "",
            }
            made.append([cells[role] for role in roles])
    return Table(titles, roles, made)


def damage(rng: random.Random, sound: Table) -> None:
    """Do to the rows what people and programs do."""
    rows = sound.rows
    at = rng.randrange(len(rows))
    match rng.randrange(9):
        case 0:
            rows.insert(at, [""] * rng.randrange(1, len(sound.titles) + 2))
        case 1:
            rows.insert(at, [" ", "\u00a0"])
        case 2:
            rng.shuffle(rows)
        case 3:
            rows[at][sound.column("number")] = ""
        case 4:
            rows[at].append("")
        case 5:
            rows[at] = rows[at][: rng.randrange(1, len(rows[at]) + 1)]
        case 6:
            total = [""] * len(sound.titles)
            total[sound.column("number")] = rng.choice(["Total", "Summe:", ""])
            total[sound.column("amount")] = "99.50"
            rows.append(total)
        case 7:
            rows[at][rng.randrange(len(rows[at]))] = rng.choice(
                ["x", "5.55345E+12", "-", '"', "NaN", "\x00", "1e9"]
            )
        case 8:
            rows[at][sound.column("number")] += " "


def written(rng: random.Random, sound: Table) -> tuple[bytes, dict[str, Any]]:
    """The file, and the options that tell how it is written."""
    order = list(range(len(sound.titles)))
    if rng.random() < 0.3:
        rng.shuffle(order)
        sound.titles = [sound.titles[at] for at in order]
        sound.roles = [sound.roles[at] for at in order]
        sound.rows = [
            [r[at] for at in order if at < len(r)] if len(r) <= len(order) else r for r in sound.rows
        ]
    sign = rng.choice([",", ",", ";", "\t", "|"])
    encoding = rng.choice(["utf-8", "utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
    out = io.StringIO()
    skipped = rng.choice([0, 0, 0, 2])
    out.write("Orders report\n\n" if skipped else "")
    line_end = rng.choice(["\n", "\r\n"])
    writer = csv.writer(out, delimiter=sign, lineterminator=line_end, quoting=rng.choice([0, 1]))
    writer.writerow(sound.titles)
    for row in sound.rows:
        if row != [""]:
            writer.writerow(row)
    data = out.getvalue().encode(encoding, "replace")
    return data, {"delimiter": sign, "encoding": encoding, "skip_lines": skipped}


def make(rng: random.Random) -> File:
    """A file of a known format or of none, damaged up to three times."""
    known = rng.choice(list(FORMATS))
    made = table(rng, known)
    damages = rng.choice([0, 1, 1, 2, 3])
    for _ in range(damages):
        damage(rng, made)
    data, words = written(rng, made)
    if damages and rng.random() < 0.1:
        at = rng.randrange(len(data))
        data = data[:at] + bytes([rng.randrange(256)]) + data[at + 1 :]
        # What the file says now is not known: it only must not break anything.
        made = replace(made, rows=[])
    return File(data, made, known, words, bool(damages))


async def check(file: File, folder: Path) -> int:
    """Import the file as its owner would; the orders that arrived."""
    path = folder / "orders.csv"
    path.write_bytes(file.data)
    store, bench = MappingStore(folder / "mappings"), Bench(folder)
    try:
        looked = choose_columns(path, ColumnOptions(propose=True), store)
        assert isinstance(looked, MappingProposal)
        options = {"mapping": file.known} if file.known else {"map": MAPPED}
        chosen = choose_columns(path, ColumnOptions(**file.words, **options), store)
        if isinstance(chosen, MappingProposal):
            assert file.damaged, chosen.reason
            return 0
        assert isinstance(chosen, ColumnChoice)
        plan = await bench.engine.plan(path, ImportOptions(mapping=chosen.mapping, dialect=chosen.dialect))
    except (ImportRefused, InputError):
        if file.damaged:
            return 0
        raise
    if plan.obstacle is None:
        await bench.engine.start(plan)
    arrived = bench.service.orders
    if file.table.rows:
        compare(file, arrived)
    return len(arrived)


def compare(file: File, arrived: dict[str, dict[str, Any]]) -> None:
    """See that what arrived is in the file, whole, with the only amounts that its cells can mean."""
    expected = orders_of(file.table)
    for number, order in arrived.items():
        assert number in expected, f"{number} is not in the file"
        reference = expected[number]
        assert reference.is_whole, f"{number} is not whole in the file"
        amounts = {value for cell in reference.amounts for value in readings(cell)}
        assert {order["amount"]} == amounts if "amount" in order else not reference.amounts
        items = order.get("items", [])
        assert len(items) == reference.items
        prices = [readings(cell) for cell in reference.prices]
        assert [{item["price"]} for item in items if "price" in item] == prices
    for number, reference in expected.items():
        cells = (*reference.amounts, *reference.prices)
        found = [readings(cell) for cell in cells]
        certain = all(len(one) == 1 and min(one) == int(min(one)) for one in found)
        assert file.damaged or number in arrived or not certain, f"{number} did not arrive"


async def fuzz(seeds: range, folder: Path) -> int:
    """Check a file for each seed; the orders that arrived."""
    arrived = 0
    for seed in seeds:
        room = folder / str(seed)
        room.mkdir()
        try:
            arrived += await check(make(random.Random(seed)), room)
        except AssertionError as error:
            raise AssertionError(f"seed {seed}: {error}\n{(room / 'orders.csv').read_bytes()!r}") from error
    return arrived


@pytest.mark.parametrize("part", range(4))
async def test_damaged_tables_are_right_or_refused(part: int, tmp_path: Path) -> None:
    """A few hundred for every change."""
    assert await fuzz(range(part * 60, part * 60 + 60), tmp_path) > 60


@pytest.mark.nightly
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("part", range(10))
async def test_ten_thousand_damaged_tables_are_right_or_refused(part: int, tmp_path: Path) -> None:
    """A thousand in each part."""
    assert await fuzz(range(1000 + part * 1000, 2000 + part * 1000), tmp_path) > 1000
