"""Creating and changing orders while others write and programs die, in a real pseudo-terminal."""

from __future__ import annotations

import json
import signal
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.e2e.conftest import Open
from tests.support.pseudo_terminal import PseudoTerminal
from tests.support.served_process import account, served_process

pytestmark = pytest.mark.terminal

NEW = {
    "source_id": "NEW-1",
    "items": [
        {"product_id": "p1", "quantity": 2, "price": 500},
        {"product_id": "p2", "quantity": 1, "price": 250},
    ],
    "customer": {"source_id": "cust-new", "name": "Ada", "email": "ada@example.com"},
}
EDITOR = """
import json, sys
path, patch = sys.argv[2], json.load(open(sys.argv[1]))
document = json.load(open(path))
json.dump({**document, **patch}, open(path, "w"))
"""


class Account:
    """The served sandbox as another client sees it."""

    def __init__(self, told: dict[str, str]) -> None:
        self._url = told["url"]
        self._headers = {"X-App-Id": told["app_id"], "X-App-Token": told["app_token"]}

    def order(self, name: str) -> dict[str, Any]:
        """One order."""
        return dict(httpx.get(f"{self._url}/v1/orders/{name}", headers=self._headers).json())

    def put(self, name: str, body: dict[str, Any]) -> None:
        """Change it behind the back of who edits it."""
        httpx.put(f"{self._url}/v1/orders/{name}", headers=self._headers, json=body).raise_for_status()


class Editor:
    """A program that merges a patch into the document it is given, as a person in an editor would."""

    def __init__(self, folder: Path) -> None:
        self._patch = folder / "patch.json"
        self._program = folder / "editor.py"
        self._program.write_text(EDITOR)

    @property
    def environ(self) -> dict[str, str]:
        """What names it as the person's editor."""
        return {"VISUAL": f"{sys.executable} {self._program} {self._patch}"}

    def edit(self, terminal: PseudoTerminal, patch: dict[str, Any]) -> None:
        """Open the form's document in it, and go on to the preview."""
        self._patch.write_text(json.dumps(patch))
        terminal.press("\x05")
        terminal.settle(1.5)
        terminal.press("\x13")


def send(terminal: PseudoTerminal, told: str) -> None:
    """Agree at the preview and wait for the outcome."""
    terminal.wait_for("Send this to")
    terminal.answer("y")
    terminal.wait_for(told)


def test_orders_are_created_and_edited_while_others_write(open_ordex: Open, tmp_path: Path) -> None:
    """Another field is merged and both survive; the same field is asked about, and nothing is lost."""
    editor = Editor(tmp_path)
    with served_process("--orders", "20") as told:
        shop = Account(told)
        terminal = open_ordex(environ={**account(told), **editor.environ})
        terminal.wait_for("all 20")
        terminal.insist("n", "New order")
        editor.edit(terminal, NEW)
        send(terminal, "NEW-1 created")
        made = shop.order("NEW-1")
        assert (made["amount"], len(made["items"]), made["customer"]["object"]) == (1250, 2, "customer")

        terminal.insist("e", "Edit NEW-1")
        shop.put("NEW-1", {"metadata": {"by": "other"}})
        editor.edit(terminal, {"status": "PAID"})
        terminal.wait_for("changed by others in the meantime and kept")
        send(terminal, "NEW-1 updated")
        both = shop.order("NEW-1")
        assert (both["status"], both["metadata"]) == ("PAID", {"by": "other"})

        terminal.insist("e", "Edit NEW-1")
        shop.put("NEW-1", {"status": "FULFILLED"})
        editor.edit(terminal, {"status": "CANCELED"})
        terminal.wait_for(lambda screen: all(word in screen for word in ("PAID", "FULFILLED", "CANCELED")))
        terminal.settle(0.5)
        assert shop.order("NEW-1")["status"] == "FULFILLED"
        terminal.press("\x1b")
        terminal.wait_for("Edit NEW-1")
        assert "CANCELED" in terminal.text


def test_a_form_half_filled_survives_a_kill(open_ordex: Open, tmp_path: Path) -> None:
    """The draft is offered when the form is opened again."""
    environ = {"ORDEX_HOME": str(tmp_path)}
    terminal = open_ordex("--demo", environ=environ)
    terminal.wait_for("100 of 2,500")
    terminal.insist("n", "New order")
    terminal.press(*"HALF-TYPED")
    terminal.wait_for("draft saved")
    terminal.child.kill(signal.SIGKILL)
    terminal.vanish()

    again = open_ordex("--demo", environ=environ)
    again.wait_for("100 of 2,500")
    again.insist("n", lambda screen: "draft" in screen.lower() or "HALF-TYPED" in screen)
    again.press("\r")
    again.wait_for("HALF-TYPED")
