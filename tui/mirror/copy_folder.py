"""The folder of a copy: immutable segments, and a manifest that is replaced by a rename.

A writer holds the lock of the folder, writes new segments and then the manifest, so a crash at any step
leaves the old state or the new one. Readers take no lock: they read the manifest, then the segments that it
names. A segment that is no longer named is removed with the next manifest but one, so that readers of the
last one still find it.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from tui.files import process_lock
from tui.files.atomic_write import atomic_write_text
from tui.files.private_folder import make_private_folder
from tui.files.state_errors import explained
from tui.orders.times import parse_time

from . import MANIFEST
from .copy_errors import CopyDamaged
from .copy_rows import ROW_COLUMNS, Row
from .segments import SWAP, digest, merge_segments, write_segment

FORMAT = 1
"""The version of the manifest and of what columns mean; another one leads to a new copy."""

LOCK = "lock"
BEHIND = "behind"
"""A file whose modification time is when this machine last changed the account."""

_SEGMENT = "orders-*.parquet"
_SCRATCH = "incoming"

MOST_SEGMENTS = 8
"""Segments after which they are merged to one."""


def _columns_digest() -> str:
    return sha256(repr([(c.name, c.type, c.json) for c in ROW_COLUMNS]).encode()).hexdigest()[:16]


COLUMNS_DIGEST = _columns_digest()


@dataclass(frozen=True, slots=True)
class Segment:
    """One Parquet file: its name, number, rows, and what shows that it is unchanged."""

    name: str
    number: int
    rows: int
    bytes: int
    sha256: str
    modified_ns: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """The state of a copy. Of the versions of an order, the one in the last segment holds.

    ``as_of`` is when the last synchronisation began; everything older is in the copy. ``changes_from`` is a
    time of the service, from which on the next one looks for changes. ``orders`` counts orders, ``whole``
    those whose whole document is known, and ``calls`` the calls of the last synchronisation.
    """

    account: str
    as_of: datetime
    changes_from: datetime | None = None
    orders: int = 0
    whole: int = 0
    calls: int = 0
    generation: int = 0
    segments: tuple[Segment, ...] = ()
    retired: tuple[str, ...] = ()


class CopyFolder:
    """The copy of one account. All methods block.

    Args:
        path: its folder, which need not exist.
        account: the account's name; a copy of another one is refused.
    """

    def __init__(self, path: Path, account: str) -> None:
        self.path = path
        self.account = account

    @property
    def exists(self) -> bool:
        """Whether there is a manifest, valid or not."""
        return os.path.lexists(self.path / MANIFEST)

    def manifest(self) -> Manifest | None:
        """The state of the copy; ``None`` if there is none.

        Raises:
            CopyDamaged: it is not a copy of this account that this version of Ordex can read.
        """
        try:
            text = (self.path / MANIFEST).read_text("utf-8")
        except FileNotFoundError:
            return None
        except (OSError, ValueError):
            raise CopyDamaged("its manifest cannot be read") from None
        found = _parsed(text)
        if found.account != self.account:
            raise CopyDamaged("it is a copy of another account")
        return found

    def checked_manifest(self, *, thoroughly: bool = False) -> Manifest | None:
        """The same after a check that its segments are there and unchanged.

        ``thoroughly`` reads every segment, else only those that were touched since they were written.

        Raises:
            CopyDamaged: a segment is missing or changed.
        """
        found = self.manifest()
        for segment in () if found is None else found.segments:
            self._check(segment, thoroughly=thoroughly)
        return found

    def files(self, manifest: Manifest) -> list[Path]:
        """The segments of a manifest, oldest first."""
        return [self.path / segment.name for segment in manifest.segments]

    @contextmanager
    def writing(self, *, seconds: float = process_lock.LOOK_SECONDS) -> Iterator[None]:
        """Hold the lock of the folder, which is created if it is missing.

        Raises:
            HeldElsewhere: another process holds it.
            StateFileError: the folder cannot be written.
        """
        with explained(self.path):
            make_private_folder(self.path)
            self.path.chmod(0o700)
        with process_lock.hold(self.path / LOCK, seconds=seconds):
            self._remove_scratch()
            yield

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """A private folder for files that are read into the copy. The caller holds the lock."""
        with explained(self.path):
            folder = make_private_folder(self.path / _SCRATCH)
        try:
            yield folder
        finally:
            self._remove_scratch()

    def commit(
        self,
        old: Manifest | None,
        new: Manifest,
        rows: Iterable[Row],
        *,
        finish: Callable[[Manifest], Manifest] = lambda new: new,
    ) -> Manifest:
        """Write rows as a new segment, and then the manifest. The caller holds the lock.

        Args:
            old: the state that the rows change; ``None`` to start over.
            new: the new state, without its segments and numbers.
            rows: new versions of orders, one for each id.
            finish: completes the new state when all rows are written.

        Raises:
            StateFileError: the copy is unchanged.
        """
        with explained(self.path):
            previous = self._readable_manifest()
            segments = () if old is None else old.segments
            added = self._write(rows, previous)
            segments = (*segments, added) if added.rows else segments
            generation = 1 + (previous.generation if previous else 0)
            made = replace(finish(new), generation=generation, segments=segments)
            return self._publish(made, previous)

    def merge(self, manifest: Manifest) -> Manifest:
        """Replace all segments by one. The caller holds the lock.

        Raises:
            StateFileError: the copy is unchanged.
        """
        with explained(self.path):
            number = self._next_number(manifest)
            target = self.path / _name(number)
            rows = merge_segments(target, number, self.files(manifest))
            made = replace(manifest, generation=manifest.generation + 1, segments=(_segment(target, rows),))
            return self._publish(made, manifest)

    def delete(self) -> int:
        """Remove the copy and return the bytes that it took. The manifest goes first. Blocks.

        Raises:
            HeldElsewhere: another process is writing it.
            StateFileError: it cannot be removed.
        """
        if not self.path.is_dir():
            return 0
        with self.writing(), explained(self.path):
            size = sum(file.stat().st_size for file in self.path.iterdir() if file.is_file())
            (self.path / MANIFEST).unlink(missing_ok=True)
            for file in self._own_files():
                file.unlink(missing_ok=True)
        with suppress(OSError):  # what is not ours stays, and so does its folder
            self.path.rmdir()
        return size

    @property
    def behind_since(self) -> float | None:
        """When this machine last changed the account, in epoch seconds; ``None`` if that is in the copy."""
        try:
            return (self.path / BEHIND).stat().st_mtime
        except OSError:
            return None

    def mark_behind(self) -> None:
        """Remember that the account was changed, if there is a copy of it. Never fails."""
        if self.exists:
            with suppress(OSError):
                (self.path / BEHIND).touch(mode=0o600)

    def clear_behind(self, until: float) -> None:
        """Forget changes that were made before this epoch second."""
        since = self.behind_since
        if since is not None and since < until:
            with suppress(OSError):
                (self.path / BEHIND).unlink()

    def _check(self, segment: Segment, *, thoroughly: bool) -> None:
        path = self.path / segment.name
        try:
            found = path.stat(follow_symlinks=False)
            is_touched = found.st_mtime_ns != segment.modified_ns
            if found.st_size == segment.bytes and not is_touched and not thoroughly:
                return
            if found.st_size == segment.bytes and digest(path) == segment.sha256:
                return
        except FileNotFoundError:
            raise CopyDamaged(f"{segment.name} is missing") from None
        except OSError as error:
            raise CopyDamaged(f"{segment.name} cannot be read: {error.strerror}") from None
        raise CopyDamaged(f"{segment.name} was changed by another program")

    def _readable_manifest(self) -> Manifest | None:
        try:
            return self.manifest()
        except CopyDamaged:
            return None

    def _write(self, rows: Iterable[Row], previous: Manifest | None) -> Segment:
        number = self._next_number(previous)
        target = self.path / _name(number)
        return _segment(target, write_segment(target, number, rows))

    def _next_number(self, previous: Manifest | None) -> int:
        taken = [segment.number for segment in previous.segments] if previous else []
        taken += [_number_of(path) for path in self.path.glob(_SEGMENT)]
        return max(taken, default=0) + 1

    def _publish(self, made: Manifest, previous: Manifest | None) -> Manifest:
        named = {segment.name for segment in made.segments}
        retired = {segment.name for segment in previous.segments} - named if previous else set[str]()
        made = replace(made, retired=tuple(sorted(retired)))
        with atomic_write_text(self.path / MANIFEST, overwrite=True) as file:
            file.write(_written(made))
        for path in self._own_files():
            if path.name not in named | retired and path.name not in (LOCK, BEHIND, MANIFEST):
                path.unlink(missing_ok=True)
        return made

    def _remove_scratch(self) -> None:
        for name in (_SCRATCH, SWAP):
            shutil.rmtree(self.path / name, ignore_errors=True)

    def _own_files(self) -> Sequence[Path]:
        """Files that Ordex makes here: segments, the mark, and what a crash left of them."""
        patterns = (_SEGMENT, f".{_SEGMENT}.*.tmp", f".{MANIFEST}.*.tmp", BEHIND)
        return [path for pattern in patterns for path in self.path.glob(pattern)]


def _name(number: int) -> str:
    return f"orders-{number:06}.parquet"


def _number_of(path: Path) -> int:
    digits = path.stem.removeprefix("orders-")
    return int(digits) if digits.isdecimal() and digits.isascii() and len(digits) < 10 else 0


def _segment(path: Path, rows: int) -> Segment:
    found = path.stat()
    return Segment(path.name, _number_of(path), rows, found.st_size, digest(path), found.st_mtime_ns)


def _written(manifest: Manifest) -> str:
    document = {"format": FORMAT, "columns": COLUMNS_DIGEST, **asdict(manifest)}
    for name in ("as_of", "changes_from"):
        moment = document[name]
        document[name] = None if moment is None else moment.isoformat()
    return json.dumps(document, indent=1) + "\n"


def _parsed(text: str) -> Manifest:
    try:
        document: dict[str, Any] = json.loads(text)
        version, columns = document.pop("format"), document.pop("columns")
        if (version, columns) != (FORMAT, COLUMNS_DIGEST):
            raise CopyDamaged("another version of Ordex made it")
        segments = tuple(_parsed_segment(each) for each in document.pop("segments"))
        as_of, changes_from = (parse_time(document.pop(name)) for name in ("as_of", "changes_from"))
        retired = tuple(map(str, document.pop("retired")))
        if as_of is None:
            raise ValueError
        return Manifest(
            as_of=as_of, changes_from=changes_from, segments=segments, retired=retired, **document
        )
    except (ValueError, TypeError, LookupError, AttributeError):
        raise CopyDamaged("its manifest was not written by Ordex") from None


def _parsed_segment(document: dict[str, Any]) -> Segment:
    found = Segment(**document)
    if found.name != _name(found.number):
        raise ValueError
    return found
