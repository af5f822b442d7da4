"""Reading and changing config.toml. The whole file is validated before any of it is used."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from tui.files.atomic_write import atomic_write_text, write_error_reason
from tui.files.private_folder import make_private_folder
from tui.files.process_lock import HeldElsewhere, hold
from tui.settings.setting_errors import ConfigInvalid, ConfigProblem, SettingsError

if TYPE_CHECKING:
    from pathlib import Path

SIZE_LIMIT = 64 * 1024

LOCK_SECONDS = 10.0
"""How long to wait for another process that changes the settings."""

_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Config:
    """The settings in the file; those it leaves out are ``None``.

    ``keymap`` maps action ids to keys as they are written. ``profiles`` maps names to tables of valid
    values (``config_schema`` lists them). ``text`` is the file.
    """

    path: Path
    keymap: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: _NOTHING)
    profile: str | None = None
    theme: str | None = None
    mask: bool | None = None
    notify: bool | None = None
    profiles: Mapping[str, Mapping[str, Any]] = field(default_factory=lambda: _NOTHING)
    text: str = field(default="", repr=False)

    def line(self, *path: str) -> int | None:
        """The line of a key, or else of the nearest table around it; ``None`` if unknown."""
        from .toml_positions import key_lines

        lines = key_lines(self.text)
        return next((lines[path[:n]] for n in range(len(path), 0, -1) if path[:n] in lines), None)


def read_config(path: Path) -> Config:
    """Read and validate the file; a missing file has no settings.

    Raises:
        ConfigInvalid: the file has problems; the error lists all of them, with lines.
        SettingsError: the file cannot be read, or is not TOML.
    """
    text = read_text(path)
    return Config(path) if text is None else parse_config(path, text)


# A command may ask for the settings once per profile: the same text is validated once.
@lru_cache(maxsize=4)
def parse_config(path: Path, text: str) -> Config:
    """Validate a text as the settings file.

    Raises:
        ConfigInvalid: the file has problems; the error lists all of them, with lines.
        SettingsError: the text is not TOML.
    """
    from .config_validation import config_problems

    document = read_document(path, text)
    faults = config_problems(document)
    config = Config(path, text=text)
    if faults:
        raise config_error(config, faults)
    return replace(
        config,
        keymap=MappingProxyType(
            {action: _as_keys(keys) for action, keys in document.get("keymap", {}).items()}
        ),
        profile=document.get("profile"),
        theme=document.get("theme"),
        mask=document.get("mask"),
        notify=document.get("notify"),
        profiles=MappingProxyType(document.get("profiles", {})),
    )


def change_config(
    path: Path, change: Callable[[str], str], *, check: Callable[[Config], object] = lambda _: None
) -> Config:
    """Change the settings file, which need not exist, and return the new settings.

    An invalid result is not written. A symbolic link stays one: its target is changed. If two processes
    change the file at the same time, one waits for the other.

    Args:
        path: the settings file.
        change: returns the new text for the old one.
        check: further validation; raises ``SettingsError``.

    Raises:
        ConfigInvalid: the result would be invalid.
        SettingsError: the file cannot be read or written, or has to be edited by hand.
    """
    try:
        make_private_folder(path.parent)
        with _locked(path):
            before = read_text(path) or ""
            after = _changed(path, before, change)
            config = parse_config(path, after)
            check(config)
            if after != before:
                _write(path, after)
    except OSError as error:
        raise SettingsError(f"{path} cannot be written: {write_error_reason(error)}") from None
    return config


def config_error(config: Config, faults: Iterable[ConfigProblem]) -> SettingsError:
    """The error with these problems, each with its line."""
    return ConfigInvalid(config.path, [replace(fault, line=config.line(*fault.path)) for fault in faults])


def read_text(path: Path) -> str | None:
    """The text of the file; ``None`` if there is no file.

    Raises:
        SettingsError: it cannot be read, is too large, or is not UTF-8.
    """
    try:
        with path.open("rb") as file:
            content = file.read(SIZE_LIMIT + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SettingsError(f"{path} cannot be read: {error.strerror}") from None
    if len(content) > SIZE_LIMIT:
        raise SettingsError(f"{path} is larger than {SIZE_LIMIT // 1024} KiB, the limit of a settings file")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise SettingsError(f"{path} is not UTF-8 text") from None


def read_document(path: Path, text: str) -> dict[str, Any]:
    """Parse a text as TOML, without validating it.

    Raises:
        ConfigInvalid: it is not TOML.
    """
    import tomllib

    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise _toml_error(path, text, str(error)) from None


def _changed(path: Path, before: str, change: Callable[[str], str]) -> str:
    from .toml_editing import NotEditable

    # Text that is not TOML cannot be edited; invalid settings can, since the change may repair them.
    read_document(path, before)
    try:
        return change(before)
    except NotEditable as error:
        raise SettingsError(f"{path} cannot be changed by Ordex ({error}): edit it yourself") from None


def _write(path: Path, text: str) -> None:
    with atomic_write_text(path, overwrite=True) as file:
        file.write(text)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold the settings against other processes of Ordex."""
    with ExitStack() as stack:
        try:
            stack.enter_context(hold(path.with_name(f".{path.name}.lock"), seconds=LOCK_SECONDS))
        except HeldElsewhere as holder:
            raise SettingsError(
                f"{path} is being changed by {holder}; nothing was written. Try again when that is done."
            ) from None
        yield


def _toml_error(path: Path, text: str, message: str) -> SettingsError:
    """The error of ``tomllib``, with its line in the form of every other problem."""
    why, _, place = message.partition(" (at ")
    words = place.rstrip(")").split()
    numbers = [int(word.rstrip(",")) for word in words if word.rstrip(",").isdigit()]
    line = numbers[0] if numbers else text.count("\n") + 1
    column = f", at character {numbers[1]}" if len(numbers) > 1 else ""
    return ConfigInvalid(path, [ConfigProblem((), f"this is not TOML{column}: {why}", line)])


def _as_keys(value: str | list[str]) -> tuple[str, ...]:
    """A text may hold several keys with commas between; a lone comma is the comma key."""
    if isinstance(value, list):
        return tuple(value)
    return (value,) if value == "," else tuple(key.strip() for key in value.split(",") if key.strip())
