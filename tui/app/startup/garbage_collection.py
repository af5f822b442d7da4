"""Python's search for unreachable objects, set so that memory stays flat and no search is long.

Starting makes hundreds of thousands of objects that stay. A full collection visits all of them, and with the
high threshold of the start it was so rare that garbage of each refresh piled up.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from textual._styles_cache import StylesCache

THRESHOLDS = (20_000, 3, 3)
"""New objects after which the youngest are searched; searches of one generation before one of the next."""


@contextmanager
def tuned_collection() -> Iterator[Callable[[int], None]]:
    """Gives a function to call with the number of orders each time that some were loaded.

    When that number has doubled, all objects there are by then are left out of later searches, which then
    take a few milliseconds however many orders are loaded.
    """
    before = gc.get_threshold()
    frozen_at = 0

    def orders_loaded(count: int) -> None:
        nonlocal frozen_at
        if count and count >= 2 * frozen_at:
            frozen_at = count
            gc.freeze()
            gc.set_threshold(*THRESHOLDS)

    try:
        yield orders_loaded
    finally:
        # The next explorer of this process has its own screens: those of this one become garbage.
        gc.unfreeze()
        gc.set_threshold(*before)


def clear_style_cache() -> None:
    """Release the lines painted by widgets of closed screens.

    Textual keeps colours by widget in a cache of the whole process, and so the lines of a thousand widgets.
    """
    StylesCache.get_inner_outer.cache_clear()


def free_closed_screens() -> None:
    """Free the objects of a closed explorer: the next one would freeze them as its own."""
    clear_style_cache()
    gc.collect()
