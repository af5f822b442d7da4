"""Allowing changes on production for a time: asked, counted down, told, and refused again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from textual.widgets import Input

from tests.support.changing import NEWEST, Changed, changing, edit, shop
from tests.support.exploring import choose
from tui.app.accounts.unlock_dialog import UnlockDialog
from tui.app.changing.bulk_status import BulkPreview, BulkProgress
from tui.app.changing.plan_preview import PlanPreview
from tui.app.forms.order_form import OrderForm
from tui.app.panels.title_bar import TitleBar
from tui.app.widgets.choice_line import ChoiceLine
from tui.voucherify.write_lock import WriteLock


class Hands:
    """A clock whose hands a test moves."""

    now = 100.0

    def __call__(self) -> float:
        """Seconds."""
        return self.now


@asynccontextmanager
async def production(folder: Path, **options: Any) -> AsyncIterator[tuple[Changed, Hands]]:
    """An explorer on a production profile that only reads, and the clock of its lock."""
    hands = Hands()
    lock = WriteLock(read_only=True, clock=hands)
    async with changing(
        options.pop("orders", shop()), folder, kind="production", write_lock=lock, **options
    ) as changed:
        yield changed, hands


async def unlock(changed: Changed, typed: str = "shop", *, keys: str | None = "W") -> None:
    """Press the key, type the name."""
    if keys:
        await changed.explored.press(keys)
    await changed.shows(UnlockDialog)
    await changed.explored.press(*typed, "enter")


def title(changed: Changed) -> str:
    """The first line of the screen."""
    return changed.explored.text.splitlines()[0]


async def noted(changed: Changed, words: str) -> None:
    """Wait until a note with the words was left."""
    await changed.explored.until(lambda: words in changed.notes())


def look(changed: Changed, hands: Hands, seconds: float) -> None:
    """Let time pass, and the watches look at it."""
    hands.now += seconds
    lock: Any = changed.explored.screen.flows.stage.account.write_lock
    for listener in lock._listeners:
        listener()


async def test_the_name_is_typed_and_the_header_counts_down(tmp_path: Path) -> None:
    """Before it nothing can be begun, with it everything as on any profile; then it is over, and told."""
    async with production(tmp_path) as (changed, hands):
        await changed.explored.press("n")
        await noted(changed, "this profile is read-only; W allows changes")
        assert "! PRODUCTION [R] !  shop" in title(changed)
        await unlock(changed)
        await changed.browses()
        await changed.explored.until(lambda: "! PRODUCTION [RW 15:00] !" in title(changed))
        await noted(changed, "shop: changes are allowed for 15:00.")
        look(changed, hands, 28)
        await changed.explored.until(lambda: "[RW 14:32]" in title(changed))
        await changed.explored.press("n")
        await changed.shows(OrderForm)
        await changed.explored.press("escape")
        await changed.browses()
        assert "in a minute" not in changed.notes()
        look(changed, hands, 14 * 60 - 28)
        await noted(changed, "shop: read-only again in a minute.")
        look(changed, hands, 60)
        await changed.explored.until(lambda: "[R]" in title(changed))
        await noted(changed, "Locked shop: read-only again.")
        assert changed.explored.screen.situation.read_only


async def test_a_countdown_draws_one_line_and_stops_with_the_time(tmp_path: Path) -> None:
    """Each second asks for the title alone; nothing ticks while nothing is counted."""
    async with production(tmp_path) as (changed, hands):
        bar = changed.explored.screen.query_one(TitleBar)
        assert bar._ticking is None
        await unlock(changed)
        await changed.browses()
        await changed.explored.until(lambda: bar._ticking is not None)
        drawn: list[Any] = []
        for widget in changed.explored.screen.walk_children():
            widget.refresh = lambda *_, widget=widget, **__: drawn.append(widget) or widget  # type: ignore[method-assign]
        bar.look()
        assert drawn == [bar]
        hands.now += 3600
        bar.look()
        assert bar._ticking is None


async def test_another_name_unlocks_nothing(tmp_path: Path) -> None:
    """It says so and asks again; esc leaves all as it was."""
    async with production(tmp_path) as (changed, _):
        await unlock(changed, "shpo")
        await changed.explored.until(lambda: "It does not match. Type shop" in changed.explored.text)
        assert changed.explored.app.screen.query_one(Input).selected_text == "shpo"
        await changed.explored.press("escape")
        await changed.browses()
        assert "[R]" in title(changed)


async def test_the_time_can_be_chosen(tmp_path: Path) -> None:
    """Five minutes, fifteen, or an hour."""
    async with production(tmp_path) as (changed, _):
        await changed.explored.press("W")
        dialog = await changed.shows(UnlockDialog)
        await changed.explored.press(*"shop", "tab")
        await changed.explored.until(lambda: isinstance(changed.explored.app.focused, ChoiceLine))
        await changed.explored.press("right")
        assert dialog.query_one(ChoiceLine).value == "an hour"
        await changed.explored.press("enter", "enter")
        await changed.browses()
        await changed.explored.until(lambda: "[RW 60:00]" in title(changed))


async def test_the_same_key_locks_at_once(tmp_path: Path) -> None:
    """Also a session that was opened for good, by --write."""
    async with changing(shop(), tmp_path, kind="production") as changed:
        assert "! PRODUCTION [RW] !" in title(changed)
        await changed.explored.press("W")
        await changed.explored.until(lambda: "! PRODUCTION [R] !" in title(changed))
        await changed.explored.press("e")
        await noted(changed, "Edit: this profile is read-only; W allows changes")


async def test_a_sealed_session_is_not_asked(tmp_path: Path) -> None:
    """--read-only: the reason is said, and the dialog does not open."""
    lock = WriteLock(read_only=True, sealed=True)
    async with changing(shop(), tmp_path, kind="production", write_lock=lock) as changed:
        await changed.explored.press("W", "n")
        await noted(changed, "Unlock: this profile is read-only by --read-only or its settings")
        await noted(changed, "New: this profile is read-only by --read-only or its settings")
        assert changed.explored.app.screen is changed.explored.screen


async def test_a_form_that_outlived_the_time_asks_again_and_loses_nothing(tmp_path: Path) -> None:
    """Declined, the form is back with what was typed; allowed, it goes on to be sent."""
    async with production(tmp_path) as (changed, hands):
        await unlock(changed)
        await changed.browses()
        await edit(changed, amount=4200)
        look(changed, hands, 3600)
        await changed.explored.press("ctrl+s")
        await changed.shows(UnlockDialog)
        assert "The change was not sent yet; it is kept." in changed.explored.text
        await changed.explored.press("escape")
        await noted(changed, "shop is read-only. Nothing was sent.")
        form = await changed.shows(OrderForm)
        assert form.editing.state.document["amount"] == 4200
        await changed.explored.press("ctrl+s")
        await unlock(changed, keys=None)
        await changed.shows(PlanPreview)
        await changed.explored.press(*"shop", "enter")
        await changed.browses()
        await changed.explored.until(lambda: changed.writes(NEWEST) == ["update"])
        assert (await changed.order(NEWEST))["amount"] == 4200


async def test_a_preview_that_outlived_the_time_asks_before_it_sends(tmp_path: Path) -> None:
    """The consent was for a time that is over."""
    async with production(tmp_path) as (changed, hands):
        await unlock(changed)
        await changed.browses()
        await changed.explored.press("S")
        await choose(changed.explored, "PAID")
        await changed.shows(PlanPreview)
        hands.now += 3600
        await changed.explored.press(*"shop", "enter")
        await changed.shows(UnlockDialog)
        await changed.explored.press("escape")
        await changed.browses()
        assert changed.writes(NEWEST) == []


async def test_several_orders_stop_where_the_time_ends(tmp_path: Path) -> None:
    """The order at hand is refused with a clear word, the rest is not tried; nothing is half done."""
    async with production(tmp_path) as (changed, hands):
        await unlock(changed)
        await changed.browses()
        await changed.explored.press("space", "space", "space", "S")
        await choose(changed.explored, "PAID")
        await changed.shows(BulkPreview)
        sent = changed.explored.screen.flows.changing._sending  # type: ignore[union-attr] # it is open
        carry_out = sent.carry_out  # type: ignore[union-attr] # it is open

        async def late(plan: Any) -> Any:
            outcome = await carry_out(plan)
            hands.now += 3600
            return outcome

        sent.carry_out = late  # type: ignore[union-attr,method-assign] # it is open
        await changed.explored.press(*"shop", "space", "3", "enter")
        progress = await changed.shows(BulkProgress)
        await changed.explored.until(lambda: progress.ended)
        await changed.explored.until(lambda: "This profile is read-only" in changed.explored.text)
        text = changed.explored.text
        assert "1 of 3 done" in text
        assert "not tried" in text
        changes = [f"ord_{number:018x}" for number in range(10)]
        assert sum(len(changed.writes(order)) for order in changes) == 1


async def test_a_sandbox_that_was_locked_is_unlocked_by_the_same_key(tmp_path: Path) -> None:
    """It asked for a name and lasted 15 minutes, though changes had been allowed from the start."""
    async with changing(shop(), tmp_path) as changed:
        assert "[RW]" in title(changed)
        await changed.explored.press("W")
        await changed.explored.until(lambda: "[R]" in title(changed))
        await changed.explored.press("W")
        await changed.explored.until(lambda: "[RW]" in title(changed))
        await changed.browses()


async def test_production_that_began_with_changes_can_have_the_session_back(tmp_path: Path) -> None:
    """The name is typed as ever."""
    async with changing(shop(), tmp_path, kind="production") as changed:
        await changed.explored.press("W")
        await changed.explored.until(lambda: "[R]" in title(changed))
        await changed.explored.press("W")
        dialog = await changed.shows(UnlockDialog)
        dialog.query_one(ChoiceLine).value = "this session"
        await changed.explored.press(*"shop", "enter")
        await changed.explored.until(lambda: "[RW]" in title(changed))
