"""The personal values seen so far, and a fast case-insensitive search for them in any text.

A text is taken apart into words in C. A set holds the checked words that begin no value, so that repeated
text is fast; only words that may begin a value are compared.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Literal

from .masker import BLANKS

Span = tuple[int, int]
"""Where a find begins and ends, in characters."""

LONGEST_LOCAL = 64
"""Characters before the ``@`` (RFC 5321)."""

_AT = re.compile("@|%40")
_LOCAL = re.compile(r"[\w.+'~&$#!-]+\Z")
_DOMAIN = re.compile(r"(?:[\w-]{1,63}\.){1,8}[\w-]{2,24}")
_PHONE = re.compile(
    r"(?<![\d+])\+\d{1,3}(?:[ .()/-]{0,2}\d){6,13}(?!\d)"
    r"|(?<![\w.,:/-])(?:"
    r"\(\d{2,5}\)[ -]?\d{3,4}(?:[ -]?\d{2,4}){1,2}"
    r"|\d{3}[ -]\d{3}[ -]\d{3,4}"
    r"|0\d{1,4}[ /-]\d{3,4}[ -]\d{3,4}"
    r")(?![\w,:])"
)
_PHONE_SIGN = re.compile(r"\+\d|\(\d{2}|\d[ /-]\d{3}")


def find_contacts(text: str) -> Iterator[Span]:
    """Each that is found. Integers, times and amounts are not phone numbers, which have a sign or groups."""
    if "@" in text or "%40" in text:
        yield from _addresses(text)
    if _PHONE_SIGN.search(text):
        for found in _PHONE.finditer(text):
            yield found.span()


def _addresses(text: str) -> Iterator[Span]:
    for sign in _AT.finditer(text):
        local = _LOCAL.search(text, max(0, sign.start() - LONGEST_LOCAL), sign.start())
        domain = _DOMAIN.match(text, sign.end())
        if local and domain:
            yield local.start(), domain.end()


MOST = 200_000
"""Values that are remembered; then the older half is forgotten."""

CHUNK = 512
"""The most characters of a value that are searched at once; longer values are searched by parts."""

LETTERS, DIGITS = 5, 6
"""Characters by which a word, and a number, is recognised at first; a shorter one by all of it."""

SHORT = 4
"""Values with fewer characters are found as whole words only."""

LEAST_DIGITS = 5
"""A number with fewer digits identifies no person: it is masked only as a whole text."""

LEAST_CUT = 4
"""Characters before a ``…`` that are taken for the beginning of a value."""

# Scripts that set no spaces between words: each character is a word.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
)
_TOKEN = re.compile(rf"[{_UNSPACED}]|[^\W\d_{_UNSPACED}]+|\d+|\S")
_ASCII_TOKEN = re.compile("[a-z]+|[0-9]+")
_HAS_UNSPACED = re.compile(f"[{_UNSPACED}]")
_REMEMBERED = 50_000

Sought = Literal["anywhere", "word", "alone"]
"""How a value is looked for: as a part of any text, as a word of it, or only as the whole text."""


class KnownValues:
    """The values. Finding treats upper and lower case alike."""

    def __init__(self) -> None:
        self.met = 0
        """How many values were new."""
        self._values: dict[str, Sought] = {}
        self._shapes: dict[str, dict[Span, int]] = {}
        self._sizes: dict[bool, tuple[int, ...]] = {False: (), True: ()}
        self._signs = False
        self._clean: set[str] = set()
        self._sorted: list[str] | None = None

    def __len__(self) -> int:
        return len(self._values)

    def __contains__(self, text: str) -> bool:
        return fold(text.strip(BLANKS)) in self._values

    def add(self, value: str, *, word: bool = False) -> bool:
        """Remember a value, ``word`` to look for it as a whole word only; whether that is new."""
        folded = fold(value.strip(BLANKS))
        parts = [folded[at : at + CHUNK].strip(BLANKS) for at in range(0, len(folded), CHUNK)]
        before = self.met
        for part in filter(None, parts):
            sought: Sought = "word" if word else _sought(part)
            known = self._values.get(part)
            if known is None or (known == "word" and sought == "anywhere"):
                self._add(part, sought)
        return self.met != before

    def spans(self, text: str) -> list[Span]:
        """Where values are in a text, in no order; they may overlap."""
        folded = fold(text)
        bare = folded.strip(BLANKS)
        if bare in self._values:
            start = folded.index(bare)
            return [(start, start + len(bare))]
        found = [] if self._is_clean(folded) else list(self._find(folded))
        if "…" in folded:
            found += self._cut(folded)
        return found

    def _add(self, folded: str, sought: Sought) -> None:
        if len(self._values) >= MOST:
            self._forget()
        self._values[folded] = sought
        self.met += 1
        self._sorted = None
        if sought != "alone":
            self._file(folded)
            self._clean.clear()

    def _file(self, folded: str) -> None:
        """Index the value by the rarest beginning of its longer words."""
        words = [(found.start(), _beginning(found.group())) for found in _TOKEN.finditer(folded)]
        telling = [(at, gram) for at, gram in words if gram[0].isalnum()] or words
        longest = max(len(gram) for _, gram in telling)
        enough = min(longest, LETTERS)
        at, gram = min(
            (pair for pair in telling if len(pair[1]) >= enough),
            key=lambda pair: len(self._shapes.get(pair[1], ())),
        )
        shapes = self._shapes.setdefault(gram, {})
        shape = (at, len(folded))
        shapes[shape] = shapes.get(shape, 0) + 1
        self._signs |= not gram[0].isalnum()
        sizes, is_number = self._sizes, gram[0].isdecimal()
        if len(gram) not in sizes[is_number]:
            sizes[is_number] = tuple(sorted({*sizes[is_number], len(gram)}))

    def _forget(self) -> None:
        met, kept = self.met, list(self._values.items())[MOST // 2 :]
        self.__init__()  # type: ignore[misc] # as new, with what was learnt last
        for folded, sought in kept:
            self._add(folded, sought)
        self.met = met

    def _is_clean(self, folded: str) -> bool:
        """Whether no word of the text holds the beginning of a value."""
        unknown = set(self._token(folded).findall(folded))
        unknown -= self._clean
        if not unknown:
            return True
        clean = {token for token in unknown if not self._grams(token)}
        if len(self._clean) > _REMEMBERED:
            self._clean.clear()
        self._clean |= clean
        return len(clean) == len(unknown)

    def _token(self, folded: str) -> re.Pattern[str]:
        return _ASCII_TOKEN if folded.isascii() and not self._signs else _TOKEN

    def _grams(self, token: str) -> list[tuple[int, str]]:
        """Beginnings of values in a word, and where."""
        shapes, length = self._shapes, len(token)
        return [
            (at, token[at : at + size])
            for size in self._sizes[token[0].isdecimal()]
            if size <= length
            for at in range(length - size + 1)
            if token[at : at + size] in shapes
        ]

    def _find(self, folded: str) -> Iterator[Span]:
        values = self._values
        for token in self._token(folded).finditer(folded):
            if token.group() in self._clean:
                continue
            for at, gram in self._grams(token.group()):
                for offset, length in self._shapes[gram]:
                    start = token.start() + at - offset
                    end = start + length
                    sought = values.get(folded[start:end]) if start >= 0 else None
                    if sought is not None and (sought == "anywhere" or _stands_free(folded, start, end)):
                        yield start, end

    def _cut(self, folded: str) -> Iterator[Span]:
        """Beginnings of values before a ``…``, which stands for the rest of what was cut."""
        known = self._sorted
        if known is None:
            known = self._sorted = sorted(
                value for value, sought in self._values.items() if sought == "anywhere"
            )
        end = folded.find("…")
        while end >= 0:
            before = max(folded.rfind("…", 0, end) + 1, end - CHUNK)
            for token in _TOKEN.finditer(folded, before, end):
                start = token.start()
                piece = folded[start:end].rstrip()
                place = bisect_left(known, piece)
                if len(piece) >= LEAST_CUT and place < len(known) and known[place].startswith(piece):
                    yield start, start + len(piece)
                    break
            end = folded.find("…", end + 1)


def fold(text: str) -> str:
    """Text in lower case, character by character, so that places in it stay places in the text."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := sign.lower()) == 1 else sign for sign in text)


def merged(spans: Iterable[Span]) -> list[Span]:
    """The spans from left to right, with those that touch or overlap made one."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _beginning(word: str) -> str:
    return word[: DIGITS if word[0].isdecimal() else LETTERS]


def _sought(folded: str) -> Sought:
    if folded.isdecimal():
        return "word" if len(folded) >= LEAST_DIGITS else "alone"
    if not any(sign.isalnum() for sign in folded):
        return "anywhere" if len(folded) >= SHORT else "alone"
    unspaced = len(folded) > 1 and _HAS_UNSPACED.search(folded)
    return "anywhere" if len(folded) >= SHORT or unspaced else "word"


def _stands_free(folded: str, start: int, end: int) -> bool:
    """Whether a word is not just a part of another one, or a number of another number."""
    before, after = folded[start - 1 : start] if start else "", folded[end : end + 1]
    if folded[start:end].isdecimal():
        return not before.isdecimal() and not after.isdecimal()
    return not before.isalnum() and not after.isalnum()
