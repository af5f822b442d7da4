"""The controllers of the order form, each on a screen with nothing else."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget

from tui.app.dialogs.chooser import ChoiceList
from tui.app.forms.debounced_update import DELAY, DebouncedUpdate
from tui.app.forms.draft_autosave import SAVE_AFTER, DraftAutosave
from tui.app.forms.form_documents import FormDocuments, PasteBox
from tui.app.forms.form_drafts import ProfileDrafts
from tui.app.forms.form_editor import FormEditor
from tui.app.forms.form_interface import new_form
from tui.app.forms.model.document_input import fill_form
from tui.app.forms.model.suggestions import collect_suggestions
from tui.app.textual_themes import variable_defaults
from tui.jobs.changes.drafts import Drafts


class Counter(Widget):
    """Counts how often it was updated, and how often it was told to read its value again."""

    settled = loaded = 0

    def settle(self) -> None:
        """Count."""
        self.settled += 1

    def load(self) -> None:
        """Count."""
        self.loaded += 1


class Bare(Screen[object]):
    """A screen with one widget of a form."""

    def compose(self) -> ComposeResult:
        """The counter."""
        yield Counter()


class StyledApp(App[None]):
    """An app with the variables of our style sheets."""

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Ours."""
        return variable_defaults(self.current_theme)


@asynccontextmanager
async def bare() -> AsyncIterator[tuple[Bare, FormEditor, Pilot[None]]]:
    """A screen and a form that know nothing of each other."""
    app = StyledApp()
    async with app.run_test() as pilot:
        screen = Bare()
        await app.push_screen(screen)
        yield screen, FormEditor(new_form(), seen=collect_suggestions([])), pilot


def change(editing: FormEditor, source_id: str, *, reload: bool = False) -> None:
    """Change one field as typing does."""
    state = fill_form(editing.state, {"source_id": source_id}, whole=False)
    editing.change(state, tag="source_id", reload=reload)


async def until(pilot: Pilot[None], is_so: Callable[[], object]) -> None:
    """Wait for something that follows."""
    for _ in range(400):
        if is_so():
            return
        await pilot.pause(0.01)
    raise AssertionError("never came true")


async def test_keys_in_a_row_update_the_widgets_once() -> None:
    """And one that replaces the values of fields does so at once."""
    async with bare() as (screen, editing, pilot):
        counter = screen.query_one(Counter)
        updates = DebouncedUpdate(screen, editing, lambda: updates.show())  # noqa: PLW0108 (not there yet)
        updates.start()
        for typed in ("a", "ab", "abc"):
            change(editing, typed)
        assert (counter.settled, counter.loaded) == (0, 0)
        await until(pilot, lambda: counter.settled)
        assert (counter.settled, counter.loaded) == (1, 0)
        change(editing, "abcd", reload=True)
        assert (counter.settled, counter.loaded) == (1, 1)
        updates.stop()
        change(editing, "abcde", reload=True)
        assert (counter.settled, counter.loaded) == (1, 1)


async def test_a_covered_screen_is_updated_when_it_is_on_top_again() -> None:
    """With all values, since what covered it may have changed any of them."""
    async with bare() as (screen, editing, pilot):
        counter = screen.query_one(Counter)
        updates = DebouncedUpdate(screen, editing, lambda: updates.show())  # noqa: PLW0108 (not there yet)
        updates.start()
        # The one below the top may be seen through it, and is updated.
        await screen.app.push_screen(Screen())
        await screen.app.push_screen(Screen())
        change(editing, "a")
        await pilot.pause(DELAY * 2)
        assert (counter.settled, counter.loaded) == (0, 0)
        await screen.app.pop_screen()
        await screen.app.pop_screen()
        await until(pilot, lambda: screen.is_current)
        updates.resume()
        assert (counter.settled, counter.loaded) == (0, 1)


async def test_a_draft_is_saved_after_a_pause_and_deleted_when_all_is_undone(tmp_path: Path) -> None:
    """Nobody has to ask for it."""
    stored = Drafts(tmp_path)
    async with bare() as (screen, editing, pilot):
        autosave = DraftAutosave(screen, editing, ProfileDrafts(stored, "shop"))
        autosave.start()
        change(editing, "web-1")
        assert stored.get("shop", autosave.name) is None
        await pilot.pause(SAVE_AFTER)
        await until(pilot, lambda: stored.get("shop", autosave.name) is not None)
        editing.undo()
        await autosave.stop()
        assert stored.get("shop", autosave.name) is None
        change(editing, "web-2")
        assert await autosave.save()
        assert stored.get("shop", autosave.name) is None


async def test_a_form_without_drafts_asks_before_it_closes() -> None:
    """One that is unchanged does not."""
    async with bare() as (screen, editing, pilot):
        autosave = DraftAutosave(screen, editing, None)
        autosave.start()
        change(editing, "web-1")
        await autosave.close()
        await until(pilot, lambda: screen.app.screen.query(ChoiceList))
        screen.app.screen.dismiss("discard")
        await until(pilot, lambda: screen not in screen.app.screen_stack)


async def test_a_pasted_document_fills_the_form_after_a_yes() -> None:
    """What is no order is not offered."""
    async with bare() as (screen, editing, pilot):
        documents = FormDocuments(screen, editing, edit_text=lambda text: text)
        documents.paste("no order")
        await pilot.pause()
        assert screen.is_current
        documents.paste('{"source_id": "web-9"}')
        await until(pilot, lambda: screen.app.screen.query(ChoiceList))
        screen.app.screen.dismiss("whole")
        await until(pilot, lambda: editing.state.document == {"source_id": "web-9"})


async def test_the_paste_box_gives_what_was_taken() -> None:
    """Or nothing, where it was closed."""
    async with bare() as (screen, editing, pilot):
        documents = FormDocuments(screen, editing, edit_text=lambda text: text)
        documents.open_paste_box()
        await until(pilot, lambda: isinstance(screen.app.screen, PasteBox))
        screen.app.screen.dismiss(None)
        await until(pilot, lambda: screen.is_current)
        assert editing.state.is_untouched
