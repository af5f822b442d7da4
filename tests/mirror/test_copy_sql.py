"""Queries: one SELECT over two tables, and nothing else, whoever writes it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.mirror.copies import copy_of
from tests.support.sandbox import an_order
from tui.mirror.copy_reader import CopyReader
from tui.mirror.copy_sql import ITEM_FIELDS, ORDERS, CopyDatabase, QueryError

SECRET = "a line that no query may read"
secret_rows = [(SECRET,)]
"""A list that DuckDB would find in the frames of Python."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a file that is not the copy's."""
    path = tmp_path_factory.mktemp("secrets")
    (path / "secret.csv").write_text(f"x\n{SECRET}\n")
    return path


@pytest.fixture(scope="module")
def database(folder: Path) -> Iterator[CopyDatabase]:
    """The tables of a small copy."""
    item = {"product_id": "p", "quantity": 2, "product": {"name": "Shoe"}, "metadata": {"size": 40}}
    copy = copy_of(folder / "copy", [an_order(1, items=[item, {"quantity": "odd"}])], exported=[an_order(2)])
    with CopyReader.open(copy) as reader:
        made = CopyDatabase(reader.files)
    yield made
    made.close()


def test_the_tables_have_the_documented_columns(database: CopyDatabase) -> None:
    """An item of an unexpected type is null, an order without a document has none."""
    assert database.answer("SELECT * FROM orders").columns == ORDERS
    found = database.answer("SELECT order_id, position, product_id, quantity, product->>'name' FROM items")
    order = an_order(1)["id"]
    assert found.rows == [(order, 1, "p", 2, "Shoe"), (order, 2, None, None, None)]
    assert set(database.answer("SELECT * FROM items").columns) == {"order_id", "position", *ITEM_FIELDS}


@pytest.mark.parametrize(
    "sql",
    [
        "",
        ";",
        "SELECT 1; SELECT 2",
        "PRAGMA version",
        "SET memory_limit = '1GB'",
        "RESET threads",
        "ATTACH 'x.db' AS x",
        "DETACH memory",
        "USE memory",
        "LOAD httpfs",
        "INSTALL httpfs",
        "CREATE TABLE x (a INT)",
        "DROP TABLE orders",
        "DELETE FROM orders",
        "UPDATE orders SET id = ''",
        "INSERT INTO orders (id) VALUES ('x')",
        "ALTER TABLE orders ADD COLUMN x INT",
        "CHECKPOINT",
        "COPY orders TO '{folder}/out.csv'",
        "EXPORT DATABASE '{folder}/out'",
        "CALL pragma_version()",
        "SELECT * FROM '{folder}/secret.csv'",
        "SELECT * FROM read_csv('{folder}/secret.csv')",
        "SELECT * FROM read_text('{folder}/secret.csv')",
        "SELECT * FROM glob('{folder}/*')",
        "SELECT * FROM read_blob('{folder}/secret.csv')",
        "SELECT * FROM sniff_csv('{folder}/secret.csv')",
        "SELECT * FROM read_parquet('{folder}/copy/orders-000001.parquet')",
        "SELECT * FROM secret_rows",
        "SELECT * FROM query('COPY orders TO ''{folder}/out.csv''')",
        "SELECT * FROM nothing",
        "SELECT * FROM query_table('{folder}/secret.csv')",
        "SELEC 1",
        "SELECT * FROM duckdb_extensions()",
        "SELECT * FROM read_csv('http://127.0.0.1:9/x')",
        "SELECT * FROM 'https://127.0.0.1:9/x.parquet'",
        "WITH x AS (SELECT * FROM read_text('{folder}/secret.csv')) SELECT * FROM x",
    ],
)
def test_hostile_queries_are_refused(database: CopyDatabase, folder: Path, sql: str) -> None:
    """Neither a file nor the process, neither the network nor the tables themselves."""
    before = sorted(folder.rglob("*"))
    with pytest.raises(QueryError) as refused:
        database.answer(sql.replace("{folder}", str(folder)))
    assert SECRET not in str(refused.value)
    assert sorted(folder.rglob("*")) == before
    assert database.answer("SELECT count(*) FROM orders").rows == [(2,)]


def test_values_of_any_type_are_json(database: CopyDatabase) -> None:
    """Whole numbers of any size are exact, times are the API's, what JSON lacks is text."""
    sql = (
        "SELECT TIMESTAMP '2026-01-01 10:00:00', DATE '2026-01-01', 1.50::DECIMAL(9,2), 2.00::DECIMAL(9,2),"
        " 'nan'::DOUBLE, [1, NULL], {'a': 1}, '\\xAA'::BLOB, INTERVAL 1 DAY,"
        " 170141183460469231731687303715884105727, true, NULL, MAP {'k': 1}"
    )
    assert database.answer(sql).rows == [
        (
            "2026-01-01T10:00:00.000Z", "2026-01-01", 1.5, 2, "nan", [1, None], {"a": 1}, "aa",
            "1 day, 0:00:00", 170141183460469231731687303715884105727, True, None, {"k": 1},
        )
    ]  # fmt: skip
