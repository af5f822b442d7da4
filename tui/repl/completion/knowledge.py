"""What completion knows: plain data and quick look-ups, nothing that asks the network."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.settings.profile import BUILT_IN
from tui.settings.profile_lookup import profile_names
from tui.settings.setting_errors import SettingsError

if TYPE_CHECKING:
    from tui.orders.privacy import Masks
    from tui.repl.repl_state import ReplState
    from tui.settings.folders import Folders

MOST_FILES = 500


@dataclass(frozen=True, slots=True)
class Knowledge:
    """A snapshot of the values that completion can offer.

    ``values`` are values seen by the filter language's field names, the likeliest first; ``used`` how often a
    word was used; ``last`` the value of ``_``; ``files`` the paths that begin with a text; ``mappings``
    the saved mappings, ``titles`` the columns of a CSV, ``settings`` the keys of all settings, and
    ``profiles`` the accounts that can be used.
    """

    values: Mapping[str, Sequence[str]] = field(default_factory=dict)
    used: Mapping[str, int] = field(default_factory=dict)
    variables: Mapping[str, Any] = field(default_factory=dict)
    last: Any = None
    aliases: Sequence[str] = ()
    files: Callable[[str], Sequence[str]] = lambda _: ()
    mappings: Callable[[], Sequence[str]] = lambda: ()
    titles: Callable[[str], Sequence[str]] = lambda _: ()
    settings: Callable[[], Sequence[str]] = lambda: ()
    profiles: Callable[[], Sequence[str]] = lambda: BUILT_IN
    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    @classmethod
    def of(
        cls,
        memory: ReplState,
        used: Mapping[str, int],
        aliases: Sequence[str],
        folders: Folders,
        masks: Masks,
    ) -> Knowledge:
        """The values of a session, without masked ones while masks are on."""
        values: Mapping[str, Sequence[str]] = memory.values()
        if masks.on:
            from tui.orders.privacy.unmasked_values import UnmaskedValues

            values, memory = UnmaskedValues(values, masks), memory.shown_with(masks)
            used = {word: count for word, count in used.items() if masks.text(word) == word}

        def mappings() -> Sequence[str]:
            from tui.jobs.importing.mapping.mapping_store import MappingStore

            return MappingStore(folders.mappings).loadable()

        def settings() -> Sequence[str]:
            from tui.actions.config_service import config_or_empty, setting_keys

            return tuple(setting_keys(config_or_empty(folders)))

        def profiles() -> Sequence[str]:
            try:
                return profile_names(folders.config_file)
            except SettingsError:
                return BUILT_IN

        return cls(
            values,
            used,
            dict(memory.variables),
            memory.last,
            aliases,
            files_from,
            mappings,
            titles_from,
            settings,
            profiles,
        )


def files_from(typed: str) -> list[str]:
    """Paths that start with the text, folders with a trailing slash; hidden ones if it starts with a dot."""
    folder, _, start = typed.rpartition("/")
    shown = f"{folder}/" if "/" in typed else ""
    try:
        return sorted(shown + name for name in _entries(Path(shown or ".").expanduser(), start))
    except (OSError, RuntimeError):
        return []


def titles_from(file: str) -> Sequence[str]:
    """The columns of a CSV file; none if it is not a CSV file."""
    from tui.actions.jobs.column_completion import titles_of

    return titles_of(file)


def _entries(folder: Path, start: str) -> Iterator[str]:
    taken = 0
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(start) and (start or not entry.name.startswith(".")):
                yield entry.name + ("/" if entry.is_dir() else "")
                taken += 1
                if taken == MOST_FILES:
                    return
