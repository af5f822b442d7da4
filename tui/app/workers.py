"""Starting workers of Textual."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from textual.dom import DOMNode
from textual.worker import Worker

T = TypeVar("T")


def start_worker(
    node: DOMNode,
    work: Callable[[], Coroutine[Any, Any, T]],
    *,
    group: str = "default",
    exclusive: bool = False,
) -> Worker[T]:
    """Start a worker of a function, which makes the coroutine only where the worker begins.

    A worker may be cancelled before that, as where an exclusive one takes its place; a coroutine that was
    made already would then never be awaited, of which Python warns.
    """
    worker: Worker[T] = node.run_worker(work, group=group, exclusive=exclusive)
    return worker
