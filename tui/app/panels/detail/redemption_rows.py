"""The redemptions section: a timeline of redemptions and rollbacks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from tui.app.widgets.line import Line, Piece
from tui.orders.order import Order, RedemptionEntry
from tui.orders.paths import Path
from tui.orders.times import parse_time
from tui.terminal.visible import visible

from .section_rows import SectionRow, hidden_mark, problem_at, remark, remarks
from .summary_rows import moment

_LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Event:
    """An event of a redemption: redeemed or rolled back."""

    key: str
    entry: RedemptionEntry
    back: bool

    @property
    def date(self) -> str | None:
        return self.entry.rollback_date if self.back else self.entry.date


def redemptions_rows(order: Order, width: int, *, decimals: int) -> list[SectionRow]:
    """The timeline, oldest first; stacked redemptions are listed below their parent."""
    entries = order.redemptions or {}
    if not entries:
        return _nothing(order, width)
    stacked = {child for key, entry in entries.items() for child in entry.stacked or () if child != key}
    every = [
        _Event(key, entry, back)
        for key, entry in entries.items()
        for back in (False, True)
        if not back or _rolled_back(entry)
    ]
    # Entries that name each other as stacked would hide one another: then all are shown side by side.
    events = [event for event in every if event.key not in stacked] or every
    events.sort(key=lambda event: parse_time(event.date) or _LAST)
    rows: list[SectionRow] = []
    for number, event in enumerate(events):
        rows += _event_rows(event, entries, last=number == len(events) - 1)
    return rows


def _nothing(order: Order, width: int) -> list[SectionRow]:
    if problem := problem_at(order, ("redemptions",)):
        return remarks(
            f"The redemptions are unreadable: {problem}", width, "mismatch", lead="! ", path=("redemptions",)
        )
    return [remark("No redemptions.")]


def _rolled_back(entry: RedemptionEntry) -> bool:
    return bool(entry.rollback_id or entry.rollback_date)


def _event_rows(event: _Event, entries: dict[str, RedemptionEntry], *, last: bool) -> list[SectionRow]:
    path: Path = ("redemptions", event.key)
    sign, word, role = (
        ("↩", "rolled back", "status-canceled") if event.back else ("●", "redeemed", "status-paid")
    )
    rail = Piece("   " if last else "│  ", "rule")
    when = moment(event.date) or "no date"
    rows = [
        SectionRow(Line((Piece(f"{sign}  ", role), Piece(when, "strong"), Piece(f"  {word}", role))), path)
    ]
    for label, text, part in _facts(event):
        rows.append(_detail(rail, label, text, (*path, part)))
    children = (event.entry.rollback_stacked if event.back else event.entry.stacked) or []
    rows += _children(rail, children, entries, path, back=event.back)
    return rows if last else [*rows, SectionRow(Line((rail,)))]


def _facts(event: _Event) -> Iterable[tuple[str, str, str]]:
    entry = event.entry
    if event.back:
        yield "rollback", entry.rollback_id or "", "rollback_id"
        yield "takes back", event.key, "date"
        return
    kind = (entry.related_object_type or "of").replace("_", " ")
    yield "redemption", event.key, "date"
    if entry.related_object_id and entry.related_object_id != event.key:
        yield kind, entry.related_object_id, "related_object_id"
    if entry.related_object_parent_id:
        yield "of", entry.related_object_parent_id, "related_object_parent_id"


def _detail(rail: Piece, label: str, text: str, path: Path) -> SectionRow:
    pieces = (
        rail,
        Piece(f"{visible(label, limit=20):<12}", "label"),
        Piece(visible(text, limit=300) or "not sent"),
    )
    return SectionRow(Line(pieces, hidden_mark(text)), path)


def _children(
    rail: Piece, keys: list[str], entries: dict[str, RedemptionEntry], path: Path, *, back: bool
) -> Iterable[SectionRow]:
    field = "rollback_stacked" if back else "stacked"
    for at, key in enumerate(keys):
        branch = "└ " if at == len(keys) - 1 else "├ "
        entry = entries.get(key)
        about = ""
        if entry and entry.related_object_id:
            kind = (entry.related_object_type or "").replace("_", " ")
            about = f"  {visible(kind, limit=30)} {visible(entry.related_object_id, limit=200)}"
        pieces = (rail, Piece(branch, "rule"), Piece(visible(key, limit=200)), Piece(about, "muted"))
        where: Path = ("redemptions", key) if entry else (*path, field, at)
        yield SectionRow(Line(pieces, hidden_mark(key)), where)
