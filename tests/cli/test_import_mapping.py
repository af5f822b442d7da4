"""``ordex import`` of foreign CSVs: proposed, mapped, saved, and the rejects imported again."""

import json
import shlex
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from tests.support.command_line import Ended, Ordex
from tests.support.sandbox import RunningSandbox

SHOP = """\
Number,Total,E-Mail,Channel,Note
A-1,12.50,a@b.c,web,x
A-2,much,,app,y
"""

GERMAN = "Bestellung;Betrag;Kunde\nB-1;1.234,50;Jörg\nB-2;8,00;Änne\n"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of one's own: mappings are kept there."""
    monkeypatch.setenv("ORDEX_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def shop(tmp_path: Path) -> str:
    """A CSV of another shop."""
    path = tmp_path / "shop.csv"
    path.write_text(SHOP)
    return str(path)


def order(sandbox: RunningSandbox, source_id: str) -> dict[str, Any]:
    """An order of the sandbox."""
    answer = httpx.get(f"{sandbox.url}/v1/orders/{quote(source_id)}", headers=sandbox.headers)
    found: dict[str, Any] = answer.json()
    return found


def pasted(ended: Ended, **fields: str) -> list[str]:
    """The words of the command that was proposed, with fields written behind the signs of equality."""
    _, _, command = ended.err.rpartition("  ordex import")
    words = shlex.split(command.replace("\\\n", " "))
    filled = [f"{word}{fields[word[:-1]]}" if word[:-1] in fields else word for word in words]
    return ["import", *filled]


MAPPED = ("--map", "Number=source_id", "--map", "Total=amount:amount", "--map", "E-Mail=customer.email")
REST = ("--map", "Channel=metadata.channel", "--map", "Note=")


def test_unknown_columns_are_refused_with_a_command_to_paste(
    ordex: Ordex, served: RunningSandbox, shop: str
) -> None:
    """Nothing is sent; what is pasted has a place for the field of each column, and saves the mapping."""
    refused = ordex("import", shop, "--yes")
    assert refused.code == 2
    assert "5 columns are unknown to the API" in refused.err
    words = pasted(refused)
    assert words[:2] == ["import", shop]
    assert {"Number=", "Total=", "Note=", "--save-mapping", "--dry-run"} <= {*words}
    assert "no column fills a field" in ordex(*words).err
    done = ordex(*pasted(refused, Number="source_id", Total="amount:amount"))
    assert done.code == 9
    assert "the mapping is saved as “shop”" in done.err
    assert "1 of 2 rows can be imported, 1 cannot" in done.err
    assert order(served, "A-1")["code"] == 404
    again = ordex("import", shop, "--yes")
    assert "the saved mapping “shop” fits: ordex import" in again.err
    assert ordex("import", shop, "--mapping", "shop", "--yes").code == 9
    assert order(served, "A-1")["amount"] == 1250


def test_rejects_are_imported_with_the_same_mapping(
    ordex: Ordex, served: RunningSandbox, shop: str, tmp_path: Path
) -> None:
    """They are in the form of the file, so that mending one cell is enough."""
    rejects = tmp_path / "rejects.csv"
    ended = ordex(
        "import", shop, *MAPPED, *REST, "--save-mapping", "mine", "--yes", "--rejects", str(rejects)
    )
    assert ended.code == 9
    header, row = rejects.read_text().splitlines()
    assert header == "_line,_reason,Number,Total,E-Mail,Channel,Note"
    assert row.startswith('3,"line 3: amount must be an amount like 1,234.50')
    rejects.write_text(rejects.read_text().replace(",much,", ",8.00,"))
    assert ordex("import", str(rejects), "--mapping", "mine", "--yes").code == 0
    assert order(served, "A-2") == order(served, "A-2") | {"amount": 800, "metadata": {"channel": "app"}}


def test_a_proposal_asks_no_account(ordex: Ordex, shop: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Columns with samples as data; the first rows as orders beside it."""
    monkeypatch.setenv("VOUCHERIFY_APP_ID", "id")
    monkeypatch.setenv("VOUCHERIFY_APP_TOKEN", "token")
    monkeypatch.setenv("VOUCHERIFY_API_BASE_URL", "http://127.0.0.1:9")
    ended = ordex("import", shop, "--propose", "--map", "Note=", "--format", "json")
    assert ended.code == 0
    total = {"column": "Total", "sample": "12.50", "field": None, "kind": None}
    assert ended.document[1] == total | {"candidates": "amount, metadata.Total"}
    assert "“Total”: 12.50 → 12.50 as amount:amount" in ended.err
    mapped = ordex("import", shop, "--propose", *MAPPED, "--format", "json")
    assert mapped.document[1] == total | {"field": "amount", "kind": "amount", "candidates": ""}
    assert "1 of the first 2 rows can be imported" in mapped.err
    assert 'line 2 becomes {"source_id":"A-1","amount":1250' in mapped.err
    assert "line 3: amount must be an amount" in mapped.err
    assert "there is no file" in ordex("import", "nowhere.csv", "--propose").err


def test_other_ways_of_writing_have_to_be_said_and_are_proposed(
    ordex: Ordex, served: RunningSandbox, tmp_path: Path
) -> None:
    """Never guessed: the command says delimiter and encoding, and the mapping keeps them."""
    path = tmp_path / "de.csv"
    path.write_bytes(GERMAN.encode("cp1252"))
    refused = ordex("import", str(path), "--map", "Betrag=amount:amount", "--map", "Bestellung=source_id")
    assert refused.code == 2
    assert "seems to use another dialect (semicolon, cp1252)" in refused.err
    words = pasted(refused, Kunde="metadata.Kunde")
    assert {"semicolon", "cp1252"} <= {*words}
    assert ordex(*words).code == 0
    assert ordex("import", str(path), "--mapping", "de", "--yes").code == 0
    assert order(served, "B-1")["amount"] == 123_450
    assert order(served, "B-2")["metadata"] == {"Kunde": "Änne"}


def test_a_saved_mapping_is_changed_by_words(ordex: Ordex, served: RunningSandbox, shop: str) -> None:
    """What is typed beside it wins; what neither knows is left out, which is said."""
    ordex("import", shop, *MAPPED, *REST, "--save-mapping", "mine", "--dry-run")
    file = Path(shop)
    file.write_text("Number,Total,E-Mail,Channel,New\nC-1,12.500,a@b.c,web,z\n")
    ended = ordex(
        "import", shop, "--mapping", "mine", "--map", "Channel=metadata.from", "--decimals", "3", "--yes"
    )
    assert ended.code == 0
    assert "The column “New” is left out." in ended.err
    assert order(served, "C-1") == order(served, "C-1") | {"amount": 12_500, "metadata": {"from": "web"}}


def test_only_a_csv_has_columns(ordex: Ordex, served: RunningSandbox, tmp_path: Path) -> None:
    """And a resumed run keeps its mapping, so that it takes no other."""
    path = tmp_path / "orders.jsonl"
    path.write_text('{"source_id": "x"}\n')
    assert "is JSON" in ordex("import", str(path), "--map", "a=b").err
    ended = ordex("import", "--resume", "last", "--mapping", "shop")
    assert (ended.code, "leave --mapping out" in ended.err) == (2, True)


def test_a_mapping_is_not_overwritten_unasked(ordex: Ordex, served: RunningSandbox, shop: str) -> None:
    """It is somebody's work; it is changed by using it."""
    save = ("--save-mapping", "mine", "--dry-run")
    assert ordex("import", shop, *MAPPED, *REST, *save).code == 9
    assert "a mapping “mine” already" in ordex("import", shop, *MAPPED, *REST, *save).err
    assert ordex("import", shop, "--mapping", "mine", "--map", "Note=metadata.note", *save).code == 9
    shown = ordex("mappings", "show", "mine", "--format", "json").document
    assert {"column": "Note", "field": "metadata.note", "kind": "text"} in shown


def test_mappings_are_listed_shown_and_deleted(ordex: Ordex, shop: str, home: Path) -> None:
    """Without an account; one that cannot be read says why."""
    assert ordex("import", shop, "--propose", *MAPPED, "--save-mapping", "mine").code == 0
    (home / "config" / "mappings" / "broken.json").write_text("{")
    listed = ordex("mappings", "--format", "json").document
    assert [row["name"] for row in listed[:2]] == ["broken", "mine"]
    exports = {row["name"]: row["export"] for row in listed[2:]}
    assert exports["shopify"] == "Shopify order export"
    assert "cannot be read" in listed[0]["problem"]
    assert listed[1] == {"name": "mine", "columns": 3, "left_out": 2, "written": "comma, utf-8"}
    assert ordex("mappings", "show", "mine", "--format", "csv").out.startswith(
        "column,field,kind,values\nNumber,source_id"
    )
    assert ordex("mappings", "delete", "mine").code == 0
    for words in (("delete", "mine"), ("show", "mine"), ("show",)):
        assert ordex("mappings", *words).code == 2
    assert [row["name"] for row in ordex("mappings", "--format", "json").document[:2]] == ["broken", "amazon"]


def test_titles_that_act_on_a_terminal_are_shown_and_not_typed(ordex: Ordex, tmp_path: Path) -> None:
    """A command could not hold them as they are: the mapping is saved and changed as a file."""
    path = tmp_path / "evil.csv"
    path.write_text("\x1b]0;evil\x07,Total\nx,1\n")
    ended = ordex("import", str(path), "--propose")
    assert "\x1b" not in ended.out + ended.err
    assert "--propose --save-mapping evil" in ended.err


def test_json_tells_what_is_needed(ordex: Ordex, served: RunningSandbox, shop: str) -> None:
    """For programs: the reason, the columns with what is proposed, the saved mappings that fit."""
    ended = ordex("import", shop, "--yes", "--format", "json")
    told = json.loads(ended.out)
    assert (told["outcome"], told["saved"]) == ("mapping needed", [])
    assert {column["field"] for column in told["columns"]} == {None}
    assert [column["candidates"].partition(",")[0] for column in told["columns"]] == [
        "source_id", "amount", "customer.email", "metadata.Channel", "metadata.Note",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("export", "amounts"),
    [
        ("shopify", {"#1": 1500, "#2": 2500}),
        ("bigcommerce", {"101": 5720, "102": 2750}),
        ("stripe", {"ch_1": 5700, "ch_2": 1500}),
        ("square-items", {"T-1": 101250}),
        ("amazon", {"111-1": 11150, "111-2": None}),
    ],
)
def test_a_known_export_is_recognised_and_imported_by_the_printed_command(
    export: str, amounts: dict[str, int | None], ordex: Ordex, served: RunningSandbox
) -> None:
    """Nothing is sent before the command is given; the plan shows how amounts are read."""
    path = Path(__file__).parents[1] / "jobs" / "importing" / "exports" / f"{export}.csv"
    assert "recognised: " in ordex("import", str(path), "--yes").err
    proposal = ordex("import", str(path), "--propose")
    assert "Recognised: " in proposal.err
    words = pasted(proposal)
    assert words[-3:] == ["--mapping", export, "--dry-run"]
    done = ordex(*words[:-1], "--yes")
    assert done.code == 0
    assert "Amounts are read like this: " in done.err
    assert {number: order(served, number).get("amount") for number in amounts} == amounts


def test_words_of_a_status_are_printed_to_be_filled_in(
    ordex: Ordex, served: RunningSandbox, tmp_path: Path
) -> None:
    """Each once, with what it may mean; one that is said to be nothing is said in the plan."""
    path = tmp_path / "shop.csv"
    path.write_text("Order,Status,Total\n1,on-hold,1.00\n2,lost,1.00\n3,Paid,1.00\n4,lost,1.00\n")
    proposal = ordex("import", str(path), "--propose")
    assert "--value Status:on-hold=  (perhaps CREATED)\n  --value Status:lost=\n" in proposal.err
    words = [
        "import",
        str(path),
        "--map",
        "Order=source_id",
        "--map",
        "Status=status:status",
        "--map",
        "Total=",
    ]
    said = ["--value", "Status:on-hold=created", "--value", "Status:lost="]
    done = ordex(*words, *said, "--yes")
    assert done.code == 0
    assert "Orders whose “Status” is lost get no status." in done.err
    assert "No order in this file has an amount." in done.err
    assert [order(served, number)["status"] for number in "123"] == ["CREATED", "CREATED", "PAID"]


def test_a_separator_that_is_ambiguous_is_asked_about(
    ordex: Ordex, served: RunningSandbox, tmp_path: Path
) -> None:
    """Whatever else is said; both commands are printed."""
    path = tmp_path / "shop.csv"
    path.write_text("Order;Total, gross\n1;12,50\n2;3,00\n")
    for words in ((), ("--map", "Order=source_id"), ("--decimal-comma",)):
        refused = ordex("import", str(path), *words, "--yes")
        assert refused.code == 2
        assert "--propose --delimiter comma" in refused.err
        assert "--propose --delimiter semicolon" in refused.err
    mapped = ("--map", "Order=source_id", "--map", "Total, gross=amount:amount")
    assert ordex("import", str(path), "--delimiter", ";", *mapped, "--yes").code == 0
    assert order(served, "1")["amount"] == 1250


def test_money_of_one_file_is_read_alike(ordex: Ordex, served: RunningSandbox, tmp_path: Path) -> None:
    """A column of amounts whose kind is not said is read as the others are; the plan shows a cell of each."""
    path = tmp_path / "shop.csv"
    path.write_text("Order,Subtotal,Product,Price,Discount\n1,540.00,Frame,540,40.00\n")
    mapped = ("Order=source_id", "Subtotal=amount:amount", "Product=items.product.name")
    more = ("Price=items.price", "Discount=discount_amount")
    done = ordex("import", str(path), *(w for m in (*mapped, *more) for w in ("--map", m)), "--yes")
    assert done.code == 0
    assert "“Price”: 540 → 540.00" in done.err
    assert "Totals of the first orders: 1 540.00 − 40.00 = 500.00." in done.err
    found = order(served, "1")
    assert (found["amount"], found["items"][0]["price"], found["total_amount"]) == (54000, 54000, 50000)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("source_id;amount\nS-1;500\n", "utf-8"), ("source_id\tamount\nS-1\t500\n", "utf-16")],
)
def test_a_file_of_fields_that_was_saved_again_is_read_by_the_printed_command(
    text: str, encoding: str, ordex: Ordex, served: RunningSandbox, tmp_path: Path
) -> None:
    """Only the way in which it is written has to be given; there is no mapping to save."""
    path = tmp_path / "own.csv"
    path.write_text(text, encoding=encoding)
    refused = ordex("import", str(path), "--yes")
    assert refused.code == 2
    assert "this reads it:" in refused.err
    assert ordex(*pasted(refused)[:-1], "--yes").code == 0
    assert order(served, "S-1")["amount"] == 500
