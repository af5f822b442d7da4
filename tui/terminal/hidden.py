"""Where a document holds characters that act or hide, in its values and in its keys, at any depth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .visible import hidden_in_lines


@dataclass(frozen=True, slots=True)
class HiddenPlace:
    """A text of a document that is not all there for the eye.

    ``path`` leads to the value, or to what is under the key where the key is meant. ``count`` is how many
    characters would act or hide if the text were shown raw.
    """

    path: tuple[str | int, ...]
    count: int
    in_key: bool = False


def hidden_places(document: object) -> Iterator[HiddenPlace]:
    """Every such text, in the document's order; line ends and tabs are honest."""
    stack: list[Iterator[tuple[tuple[str | int, ...], object]]] = [iter([((), document)])]
    while stack:
        for path, value in stack[-1]:
            if path and isinstance(path[-1], str) and (count := hidden_in_lines(path[-1])):
                yield HiddenPlace(path, count, in_key=True)
            if isinstance(value, str):
                if count := hidden_in_lines(value):
                    yield HiddenPlace(path, count)
            elif isinstance(value, dict | list) and value:
                stack.append(_children(path, value))
                break
        else:
            stack.pop()


def holds_hidden(document: object) -> bool:
    """Whether there is any such text; quick, for it is asked of every row that is drawn."""
    stack = [document]
    while stack:
        value = stack.pop()
        if isinstance(value, str):
            if hidden_in_lines(value):
                return True
        elif isinstance(value, dict):
            stack.extend(value)
            stack.extend(value.values())
        elif isinstance(value, list):
            stack.extend(value)
    return False


def _children(
    path: tuple[str | int, ...], value: dict[str, object] | list[object]
) -> Iterator[tuple[tuple[str | int, ...], object]]:
    entries = value.items() if isinstance(value, dict) else enumerate(value)
    return (((*path, key), child) for key, child in entries)
