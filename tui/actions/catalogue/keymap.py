"""The user's keys, which replace those of the registry all together or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.actions.catalogue.key_names import named, written
from tui.errors import OrdexError
from tui.name_suggestions import suggestion_for

from . import CATALOGUE

if TYPE_CHECKING:
    from tui.actions.catalogue.action import Action
    from tui.settings.config.config_file import Config
    from tui.settings.setting_errors import ConfigProblem

NEVER_WITHOUT = ("quit",)
"""Actions that always keep a key."""

Keymap = Mapping[str, tuple[str, ...]]
"""Textual's names of the keys of each action, by its id."""


class KeymapInvalid(OrdexError):
    """Keys that cannot be. ``faults`` lists everything that is wrong, with its place."""

    title = "The keys cannot be used"

    def __init__(self, faults: Iterable[ConfigProblem]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(fault.text for fault in self.faults))


def checked(given: Keymap) -> Keymap:
    """Check keys as people write them against the registry; answer them by Textual's names.

    Raises:
        KeymapInvalid: an action or key is unknown, two actions share a key, or quit has no key.
    """
    faults: list[ConfigProblem] = []
    keymap: dict[str, tuple[str, ...]] = {}
    for action_id, keys in given.items():
        if action_id not in CATALOGUE:
            faults.append(_fault(action_id, _unknown(action_id)))
            continue
        keymap[action_id] = tuple(_named(action_id, keys, faults))
    faults += [
        _fault(id_, f"{id_} cannot be without a key") for id_ in NEVER_WITHOUT if keymap.get(id_) == ()
    ]
    faults += _clashes(keymap)
    if faults:
        raise KeymapInvalid(faults)
    return keymap


def keymap_of(config: Config) -> Keymap:
    """The checked keymap of a settings file; empty when it has no keys.

    Raises:
        ConfigInvalid: it cannot be used; the message names the file, and each fault with its line.
    """
    try:
        return checked(config.keymap)
    except KeymapInvalid as error:
        from tui.settings.config.config_file import config_error

        raise config_error(config, error.faults) from None


def rebound(action: Action, keymap: Keymap) -> Action:
    """The action with the keys that the user gave it."""
    return replace(action, keys=keymap[action.id]) if action.id in keymap else action


def _unknown(action_id: str) -> str:
    hint = suggestion_for(action_id, CATALOGUE, f"the actions are {', '.join(CATALOGUE)}")
    return f"keymap.{action_id}: there is no action “{action_id}”{hint}"


def _fault(action_id: str, text: str) -> ConfigProblem:
    from tui.settings.setting_errors import ConfigProblem

    return ConfigProblem(("keymap", action_id), text)


def _named(action_id: str, keys: Iterable[str], faults: list[ConfigProblem]) -> Iterable[str]:
    for key in keys:
        try:
            yield named(key)
        except ValueError as error:
            faults.append(_fault(action_id, f"keymap.{action_id}: {error}"))


def _clashes(keymap: Keymap) -> Iterable[ConfigProblem]:
    """Every key that would do two things; the keys of ``everywhere`` work in every scope."""
    owners: dict[str, str] = {}
    for action in CATALOGUE.values():
        for key in keymap.get(action.id, action.keys):
            first = owners.setdefault(key, action.id)
            if first != action.id:
                text = f"“{written(key)}” would be both {first} and {action.id}; give one of them another key"
                yield _fault(action.id if action.id in keymap else first, text)
