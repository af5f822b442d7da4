"""The virtual table by itself."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import App, ComposeResult
from textual.message import Message

from tui.app.widgets.table_source import Cell, TableColumn
from tui.app.widgets.virtual_table import VirtualTable

COLUMNS = [TableColumn(name, name.upper(), 10, 6) for name in ("key", "one", "two")]


class Numbers:
    """Rows from one number to another; remembers which were asked for."""

    def __init__(self, start: int, stop: int) -> None:
        self.start = start
        self.row_count = stop - start
        self.asked: set[int] = set()

    def row_key(self, index: int) -> str:
        """The number."""
        return str(self.start + index)

    def row_index(self, key: str) -> int | None:
        """Where the number is."""
        index = int(key) - self.start
        return index if 0 <= index < self.row_count else None

    def cells(self, index: int) -> Sequence[Cell]:
        """The number, thrice."""
        self.asked.add(index)
        return [Cell(f"n{self.start + index}")] * 3

    def note(self, index: int) -> Cell | None:
        """A note on every tenth row."""
        return Cell("!") if index % 10 == 0 else None


class TableApp(App[None]):
    """A table and what it told."""

    def __init__(self, source: Numbers) -> None:
        super().__init__()
        self.source = source
        self.told: list[Message] = []

    def compose(self) -> ComposeResult:
        """The table alone."""
        yield VirtualTable()

    def on_mount(self) -> None:
        """Fill it."""
        self.table.show(self.source, COLUMNS)
        self.table.focus()

    @property
    def table(self) -> VirtualTable:
        """The table."""
        return self.query_one(VirtualTable)

    def on_virtual_table_row_highlighted(self, message: VirtualTable.RowHighlighted) -> None:
        """Remember."""
        self.told.append(message)

    def on_virtual_table_row_activated(self, message: VirtualTable.RowActivated) -> None:
        """Remember."""
        self.told.append(message)

    def on_virtual_table_near_end(self, message: VirtualTable.NearEnd) -> None:
        """Remember."""
        self.told.append(message)

    def on_virtual_table_header_clicked(self, message: VirtualTable.HeaderClicked) -> None:
        """Remember."""
        self.told.append(message)

    def count(self, kind: type[Message]) -> int:
        """How often a message of that kind came."""
        return sum(isinstance(message, kind) for message in self.told)


def lines(app: TableApp) -> list[str]:
    """What is on the screen."""
    return ["".join(s.text for s in line).rstrip() for line in app.screen._compositor.render_strips()]


async def test_only_the_window_is_ever_asked_for() -> None:
    """A million rows cost no more than those on the screen."""
    app = TableApp(Numbers(0, 1_000_000))
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        assert lines(app)[1].startswith("›!n0")
        app.table.action_edge(1)
        await pilot.pause()
        assert lines(app)[-1].startswith("› n999999")
        assert len(app.source.asked) <= 2 * 20


async def test_a_step_of_the_cursor_draws_two_lines() -> None:
    """The row that was left and the row that was reached."""
    app = TableApp(Numbers(0, 100))
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        drawn: list[int] = []
        render = app.table.render_line

        def counted(y: int) -> object:
            drawn.append(y)
            return render(y)

        app.table.render_line = counted  # type: ignore[assignment] # counts for this test only
        app.table.action_move(1)
        await pilot.pause()
        assert sorted(set(drawn)) == [1, 2]


async def test_motions_end_where_the_rows_end() -> None:
    """No motion leaves the table."""
    app = TableApp(Numbers(0, 50))
    async with app.run_test(size=(60, 21)) as pilot:
        await pilot.pause()
        table = app.table
        for motion, reached in (
            ("move(-1)", "0"),
            ("page(1)", "20"),
            ("page(0.5)", "30"),
            ("edge(1)", "49"),
            ("move(1)", "49"),
            ("page(-1)", "29"),
            ("page(-0.5)", "19"),
            ("edge(-1)", "0"),
        ):
            await table.run_action(motion)
            assert table.cursor == reached


async def test_cursor_and_marks_are_keys() -> None:
    """Other rows, the same cursor; a key that is gone leaves the nearest, and comes back."""
    app = TableApp(Numbers(0, 50))
    async with app.run_test(size=(60, 20)) as pilot:
        table = app.table
        table.move_to(30)
        table.toggle_mark()
        table.show(Numbers(10, 60))
        assert (table.cursor, table.cursor_index) == ("30", 20)
        table.show(Numbers(40, 60))
        assert table.cursor == "59"
        table.show(Numbers(0, 50))
        assert table.cursor == "30"
        assert table.marks == {"30"}
        await pilot.pause()
        assert any(line.startswith("●") for line in lines(app))
        table.set_marks([])
        assert not table.marks


async def test_no_rows_have_no_cursor() -> None:
    """An emptied table says so and stays usable."""
    app = TableApp(Numbers(0, 5))
    async with app.run_test(size=(60, 20)) as pilot:
        app.table.empty_text = "nothing here"
        app.table.show(Numbers(0, 0))
        app.table.action_move(1)
        app.table.action_activate()
        await pilot.pause()
        assert app.table.cursor is None
        assert "nothing here" in lines(app)[2]
        assert app.count(VirtualTable.RowActivated) == 0


async def test_the_end_is_told_once_and_only_to_who_goes_there() -> None:
    """Rows that come by themselves ask for nothing."""
    app = TableApp(Numbers(0, 100))
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        assert app.count(VirtualTable.NearEnd) == 0
        app.table.action_edge(1)
        app.table.action_move(-1)
        await pilot.pause()
        assert app.count(VirtualTable.NearEnd) == 1
        app.table.show(Numbers(0, 110))
        await pilot.pause()
        assert app.count(VirtualTable.NearEnd) == 1
        app.table.action_move(1)
        await pilot.pause()
        assert app.count(VirtualTable.NearEnd) == 2


async def test_the_mouse_selects_activates_and_sorts() -> None:
    """A click moves the cursor, a second one activates, a click on a title names its column."""
    app = TableApp(Numbers(0, 100))
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        await pilot.click(VirtualTable, offset=(5, 4))
        assert app.table.cursor == "3"
        await pilot.click(VirtualTable, offset=(5, 6), times=2)
        await pilot.click(VirtualTable, offset=(15, 0))
        await pilot.hover(VirtualTable, offset=(5, 8))
        await pilot.pause()
        assert app.table.cursor == "5"
        activated = [m.key for m in app.told if isinstance(m, VirtualTable.RowActivated)]
        clicked = [m.column for m in app.told if isinstance(m, VirtualTable.HeaderClicked)]
        assert (activated, clicked) == (["5"], ["one"])


async def test_columns_that_do_not_fit_are_scrolled_to() -> None:
    """The first column stays in sight."""
    app = TableApp(Numbers(0, 100))
    async with app.run_test(size=(24, 10)) as pilot:
        await pilot.pause()
        app.table.show(app.source, [TableColumn(name, name, 8, 8) for name in ("key", "one", "two")])
        await pilot.pause()
        app.table.action_scroll_right()
        await pilot.pause()
        assert lines(app)[0].startswith("  key")
        assert "two" in lines(app)[0]
        app.table.action_scroll_left()
        await pilot.pause()
        assert "one" in lines(app)[0]


async def test_a_resize_keeps_the_cursor_in_sight() -> None:
    """A smaller window scrolls to the cursor."""
    app = TableApp(Numbers(0, 100))
    async with app.run_test(size=(60, 30)) as pilot:
        await pilot.pause()
        app.table.move_to(25)
        await pilot.resize_terminal(60, 10)
        await pilot.pause()
        assert any(line.startswith("› n25") for line in lines(app))
