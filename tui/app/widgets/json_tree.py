"""A JSON document as a foldable tree that builds what is unfolded and draws what is in sight."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from textual import events
from textual.binding import Binding, BindingType

from tui.orders.json_values import display_value
from tui.orders.paths import Path
from tui.terminal.visible import beginning, hidden_in_lines, visible

from .json_nodes import Node, children, find, flatten, indent, scalar, text_room, unfolded
from .line import Line, Piece, line
from .line_list import LineList, LineSearch

OPEN_LINES = 60
"""A new document is unfolded level by level while it stays within so many lines."""

PREVIEW_KEYS = 4
_SIGNS = {True: "▾ ", False: "▸ ", None: "  "}
_SHOWN = 600
_COUNTED = 100_000


class JsonTree(LineList):
    """Objects and arrays fold; texts too long for their line unfold over several."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "line--json-key",
        "line--json-string",
        "line--json-number",
        "line--json-constant",
    }

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "turn", "Fold or unfold", show=False),
        Binding("right,l", "unfold", "Unfold, or step in", show=False),
        Binding("left,h", "fold", "Fold, or step out", show=False),
        Binding("plus,equals_sign", "levels(1)", "Unfold one level more", show=False),
        Binding("minus", "levels(-1)", "Fold one level", show=False),
        Binding("asterisk", "unfold_all", "Unfold all", show=False),
    ]

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes, search=DocumentSearch(self))
        self._document: Any = {}
        self._prefix: Path = ()
        self._notes: tuple[Line, ...] = ()
        self._opened: set[Path] = set()
        self._levels = 0
        self._flat: list[Node] = []
        self._drawn: dict[int, Line] = {}
        self._naming: Callable[[Path], str] = _unnamed

    def show(
        self,
        document: Any,
        *,
        prefix: Path = (),
        notes: Iterable[Line] = (),
        name: Callable[[Path], str] | None = None,
        keep: bool = False,
    ) -> None:
        """Show a document.

        Args:
            document: the value; it is read only, and only where it is unfolded.
            prefix: where the document is in a larger one, put before every path.
            notes: lines below the tree, which the cursor passes over.
            name: gives a folded thing at a path a name; its first parts when empty.
            keep: keep folds and cursor by path, as for a newer state of the same document.
        """
        at = self.path if keep else None
        self._document, self._prefix, self._notes = document, prefix, tuple(notes)
        self._naming = name or _unnamed
        if not keep:
            self._opened = unfolded(document, lines=OPEN_LINES)
            self._levels = max(map(len, self._opened), default=0)
        self._rebuild(at, scroll=not keep)

    @property
    def path(self) -> Path | None:
        """The path of the cursor's line from the root of the larger document."""
        node = self._node
        return None if node is None else (*self._prefix, *node.path)

    @property
    def _node(self) -> Node | None:
        return self._flat[self.cursor] if self.cursor < len(self._flat) else None

    def reveal(self, path: Path) -> None:
        """Unfold what hides the path and go to it, or to the nearest thing above it that exists."""
        inner = path[len(self._prefix) :]
        above = {inner[:end] for end in range(1, len(inner))}
        if above <= self._opened:
            self.cursor = self._nearest(inner)
        else:
            self._opened |= above
            self._rebuild(path)

    # Lines.

    def lay_out(self, width: int) -> None:
        """Wrapped texts depend on the width."""
        self._rebuild(self.path, scroll=False)

    def can_stop(self, index: int) -> bool:
        """Notes below the tree refuse the cursor."""
        return 0 <= index < len(self._flat)

    def line_at(self, index: int) -> Line:
        """The label of a node, made once."""
        if index >= len(self._flat):
            return self._notes[index - len(self._flat)]
        if index not in self._drawn:
            self._drawn[index] = self._label(self._flat[index])
        return self._drawn[index]

    def _label(self, node: Node) -> Line:
        """How a node is written; long texts are cut to what can be seen, and their length is shown."""
        gap = " " * indent(node.depth, self.line_width)
        if node.part is not None:
            return line(gap, Piece("│ ", "muted"), Piece(node.part, "json-string"))
        key, value = node.path[-1], node.value
        name = (
            Piece(f"[{key:d}]", "muted")
            if isinstance(key, int)
            else Piece(visible(key, limit=200), "json-key")
        )
        head = (Piece(gap + _SIGNS[node.opened], "muted"), name, Piece(": ", "muted"))
        mark = _hidden(str(key)) or (_hidden(value) if isinstance(value, str) else "")
        if isinstance(value, str) and not mark and len(value) > _SHOWN:
            mark = f"{len(value):,} characters"
        given = visible(self._naming((*self._prefix, *node.path))) if node.opened is False else ""
        return Line((*head, *_value(node, text_room(self.line_width, node.depth, key), given)), mark)

    def _rebuild(self, path: Path | None, *, scroll: bool = True) -> None:
        width = self.line_width or 80
        self._flat = flatten(self._document, self._opened, width=width)
        self._drawn = {}
        cursor = self._nearest(path[len(self._prefix) :]) if path else 0
        self.set_count(len(self._flat) + len(self._notes), cursor=cursor, scroll=scroll and not path)

    def _nearest(self, path: Path) -> int:
        for end in range(len(path), 0, -1):
            wanted = path[:end]
            for index, node in enumerate(self._flat):
                if node.path == wanted:
                    return index
        return 0

    # Folding.

    def action_turn(self) -> None:
        """Toggle folding."""
        node = self._node
        if node is not None and node.part is not None:
            self._set_open(node.path, False)
        elif node is not None and node.opened is not None:
            self._set_open(node.path, not node.opened)

    def action_open(self) -> None:
        """Fold or unfold, as a double click does."""
        self.action_turn()

    def action_unfold(self) -> None:
        """Unfold; if already unfolded, go to the first line."""
        node = self._node
        if node is None or node.opened is None:
            return
        if node.opened:
            self.cursor += 1
        else:
            self._set_open(node.path, True)

    def action_fold(self) -> None:
        """Fold; if folded or not foldable, go to the parent."""
        node = self._node
        if node is None:
            return
        if node.opened or node.part is not None:
            self._set_open(node.path, False)
        elif len(node.path) > 1:
            self.cursor = self._nearest(node.path[:-1])

    def action_levels(self, step: int) -> None:
        """Unfold everything one level deeper, or fold everything one level back."""
        deepest = max(map(len, unfolded(self._document)), default=0)
        self._levels = max(0, min(self._levels + step, deepest))
        self._opened = unfolded(self._document, levels=self._levels)
        self._rebuild(self.path)

    def action_unfold_all(self) -> None:
        """Unfold everything, up to a number of lines that stays quick."""
        self._opened = unfolded(self._document)
        self._levels = max(map(len, self._opened), default=0)
        self._rebuild(self.path)

    def _set_open(self, path: Path, is_open: bool) -> None:
        if is_open:
            self._opened.add(path)
        else:
            self._opened.discard(path)
        self._rebuild((*self._prefix, *path), scroll=False)

    def on_click(self, event: events.Click) -> None:
        """A click on the fold's sign folds or unfolds."""
        index = event.y + self.scroll_offset.y
        if self.can_stop(index) and self._flat[index].opened is not None:
            sign = indent(self._flat[index].depth, self.line_width)
            if event.chain == 1 and sign <= event.x <= sign + 1:
                self.cursor = index
                self.action_turn()
                event.prevent_default()


class DocumentSearch(LineSearch):
    """Finds a text in keys and values anywhere in the document of a tree, and unfolds what hides it."""

    def __init__(self, tree: JsonTree) -> None:
        super().__init__(tree)
        self._tree = tree
        self._searched: tuple[object, str] | None = None
        self._found: list[Path] = []

    @property
    def count(self) -> int:
        """How many places of the document were found."""
        return len(self._found)

    @property
    def number(self) -> int:
        """The number of the match under the cursor, from 1; 0 if there is none."""
        node = self._tree._node
        return self._found.index(node.path) + 1 if node and node.path in self._found else 0

    def next(self, step: int) -> None:
        """Go to the next or previous place, unfolding what hides it."""
        if not self._found:
            return
        node = self._tree._node
        here = self._order(node.path) if node else ()
        if step > 0:
            at = bisect_right(self._found, here, key=self._order) % len(self._found)
        else:
            at = bisect_left(self._found, here, key=self._order) - 1
        self._tree.reveal((*self._tree._prefix, *self._found[at]))

    def renew(self) -> None:
        """Search the document; the result stays valid when lines are folded."""
        document = self._tree._document
        if self._searched is None or self._searched[0] is not document or self._searched[1] != self.needle:
            self._searched = (document, self.needle)
            self._found = find(document, self.needle)

    def _order(self, path: Path) -> tuple[int, ...]:
        """Positions instead of keys, so that paths compare as they stand in the document."""
        order: list[int] = []
        value = self._tree._document
        for step in path:
            if isinstance(value, dict):
                order.append(list(value).index(step))
                value = value[step]
            else:
                order.append(int(step))
                value = value[int(step)]
        return tuple(order)


def _unnamed(_path: Path) -> str:
    return ""


def _value(node: Node, room: int, given: str) -> tuple[Piece, ...]:
    value = node.value
    if isinstance(value, str):
        return (Piece(f'"{beginning(value, _SHOWN)}"', "json-string"),)
    if isinstance(value, dict | list):
        open_sign, close_sign = "{}" if isinstance(value, dict) else "[]"
        if not value:
            return (Piece(open_sign + close_sign, "json-constant"),)
        count = Piece(f"{open_sign}{len(value):,}{close_sign}", "muted")
        return (count,) if node.opened else (count, Piece("  " + (given or _preview(value, room)), "muted"))
    role = (
        "json-number" if isinstance(value, int | float) and not isinstance(value, bool) else "json-constant"
    )
    return (Piece(visible(scalar(value)[:_SHOWN]), role),)


def _preview(value: Any, room: int) -> str:
    """The first few things in a folded container, in short."""
    shown: list[str] = []
    for key, child in children(value):
        if len(shown) == PREVIEW_KEYS or sum(map(len, shown)) > room:
            shown.append("…")
            break
        name = "" if isinstance(key, int) else f"{visible(key, limit=20)}: "
        shown.append(name + _brief(child))
    return ", ".join(shown)


def _brief(value: Any) -> str:
    if isinstance(value, str):
        return beginning(display_value(value), 24) + ("…" if len(value) > 24 else "")
    if isinstance(value, dict | list):
        return ("{…}" if value else "{}") if isinstance(value, dict) else ("[…]" if value else "[]")
    return visible(scalar(value)[:24])


def _hidden(text: str) -> str:
    count = hidden_in_lines(text[:_COUNTED])
    return f"hidden characters: {count}" if count else ""
