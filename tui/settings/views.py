"""The last view of each account, saved for the next session in one small file per account.

A view holds what the user chose: columns, the order from the server, the filter as it was typed, whether
the detail was open, and earlier filters. A sort of what is loaded is not kept: the next visit loads less.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tui.errors import OrdexError
from tui.files.atomic_write import atomic_write_text
from tui.files.private_folder import make_private_folder
from tui.orders.columns import DEFAULT_COLUMNS, column
from tui.orders.orders_snapshot import SERVER_ORDERS

from .folders import Folders, file_name

SIZE_LIMIT = 256 * 1024

KEPT = 50
"""The most earlier filters that are saved."""

LONGEST = 2000
"""The most characters of a saved filter."""


class ViewUnusable(OrdexError):
    """What was kept cannot be used; the message gives the reason."""

    title = "The saved view cannot be used"


@dataclass(frozen=True, slots=True)
class View:
    """A view of orders.

    ``columns`` are names, ``where`` is the filter as typed, ``detail`` is ``None`` while the window's width
    decides, ``filters`` are the earlier ones, the newest last.
    """

    columns: tuple[str, ...] = DEFAULT_COLUMNS
    server_order: str = "-created_at"
    where: str = ""
    detail: bool | None = None
    filters: tuple[str, ...] = ()


def view_file(folders: Folders, account: str) -> Path:
    """The file of an account's view."""
    return folders.state / "views" / f"{file_name(account)}.json"


def read_view(path: Path) -> View:
    """The saved view, or the default view.

    Raises:
        ViewUnusable: it is not what ``write_view`` wrote.
    """
    try:
        with path.open("rb") as file:
            content = file.read(SIZE_LIMIT + 1)
    except FileNotFoundError:
        return View()
    except OSError as error:
        raise ViewUnusable(f"{path} cannot be read: {error.strerror}") from None
    try:
        if len(content) > SIZE_LIMIT:
            raise ValueError("it is too large")
        return _view(json.loads(content))
    except (ValueError, RecursionError) as error:
        raise ViewUnusable(f"{path} is not a view, so the default view is used ({error})") from None


def write_view(path: Path, view: View) -> None:
    """Save a view in place of the last one, atomically and readable by its owner only.

    Raises:
        OSError: it could not be written.
    """
    kept = asdict(view) | {"filters": [text for text in view.filters if len(text) <= LONGEST][-KEPT:]}
    make_private_folder(path.parent)
    with atomic_write_text(path, overwrite=True, durable=False) as file:
        json.dump(kept, file)


def _view(document: Any) -> View:
    if not isinstance(document, dict):
        raise ValueError("it is not an object")
    columns = tuple(name for name in _texts(document, "columns") if _is_column(name))
    order, where = document.get("server_order"), document.get("where", "")
    detail = document.get("detail")
    if not (isinstance(order, str) and isinstance(where, str) and isinstance(detail, bool | None)):
        raise ValueError("a value is of another kind")
    if order not in SERVER_ORDERS:
        raise ValueError(f"the service has no order {order!a}")
    return View(
        columns or DEFAULT_COLUMNS,
        order,
        where[:LONGEST],
        detail,
        tuple(text[:LONGEST] for text in _texts(document, "filters"))[-KEPT:],
    )


def _texts(document: dict[str, Any], key: str) -> Sequence[str]:
    found = document.get(key, [])
    if not (isinstance(found, list) and all(isinstance(text, str) for text in found)):
        raise ValueError(f"{key} are not texts")
    return found


def _is_column(name: str) -> bool:
    """Columns that a newer or older Ordex has are left out."""
    try:
        column(name)
    except KeyError:
        return False
    return True
