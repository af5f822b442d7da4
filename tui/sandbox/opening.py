"""Opening the sandbox's file, made with demo data when there is none."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from tui.files.atomic_write import publish
from tui.files.private_folder import make_private_folder

from .clock import system_clock
from .store import Store, StoreUnusable

ORDERS = 2500
SEED = 20_160_504


def open_store(path: Path, *, orders: int = ORDERS, seed: int = SEED, until: datetime | None = None) -> Store:
    """Open a sandbox file; if it does not exist, make it whole with demo data first.

    The file appears under its name only when it is complete. Of two processes that make it at once the
    first wins, and both open the same file.

    Args:
        path: the file; its folder is made if need be, for this user only.
        orders: how many orders a new file gets.
        seed: of the demo data.
        until: the moment of the newest order; now if ``None``.

    Raises:
        StoreUnusable: the file or its folder cannot be used.
    """
    try:
        if not path.exists():
            make_private_folder(path.parent)
            _make(path, orders, seed, until)
    except OSError as error:
        raise StoreUnusable(f"{path} cannot be made: {error.strerror or error}") from None
    return Store(path)


def open_in_memory(*, orders: int = ORDERS, seed: int = SEED, until: datetime | None = None) -> Store:
    """A sandbox with demo data that lives as long as the process."""
    store = Store()
    _fill(store, orders, seed, until)
    return store


def _make(path: Path, orders: int, seed: int, until: datetime | None) -> None:
    with tempfile.TemporaryDirectory(prefix=f".{path.name}.", dir=path.parent) as folder:
        draft = Path(folder) / "sandbox"
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        with Store(draft) as store:
            _fill(store, orders, seed, until)
        _publish(draft, path)


def _publish(draft: Path, path: Path) -> None:
    """Give the finished file its name, unless another process was faster."""
    with suppress(FileExistsError):
        publish(draft, path, overwrite=False)


def _fill(store: Store, orders: int, seed: int, until: datetime | None) -> None:
    if orders <= 0:
        return
    from .demo import generate

    shop = generate(count=orders, seed=seed, until=until or system_clock())
    store.load(shop.customers, shop.products, shop.skus, shop.orders)
