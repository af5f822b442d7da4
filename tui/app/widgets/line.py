"""One line of a virtual list: pieces of visible text, each with a role that a style sheet colours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple


class Piece(NamedTuple):
    """A run of text in one role. The text must be the result of ``visible`` or our own words."""

    text: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line: its pieces from the left, and a ``mark`` that keeps its place at the right edge."""

    pieces: tuple[Piece, ...] = ()
    mark: str = ""

    @property
    def plain(self) -> str:
        """The text without roles, which is what a search looks through."""
        return "".join(piece.text for piece in self.pieces)


def line(*pieces: Piece | str, mark: str = "") -> Line:
    """Make a line; a plain string is a piece without a role."""
    return Line(tuple(piece if isinstance(piece, Piece) else Piece(piece) for piece in pieces), mark)


def highlighted(pieces: Iterable[Piece], needle: str, role: str) -> Iterator[Piece]:
    """Give the places where the needle occurs (any case) another role; the text stays the same."""
    wanted = needle.lower()
    for piece in pieces:
        lowered = piece.text.lower()
        if not wanted or wanted not in lowered or len(lowered) != len(piece.text):
            yield piece
            continue
        done = 0
        while (at := lowered.find(wanted, done)) >= 0:
            if at > done:
                yield Piece(piece.text[done:at], piece.role)
            done = at + len(wanted)
            yield Piece(piece.text[at:done], role)
        if done < len(piece.text):
            yield Piece(piece.text[done:], piece.role)
