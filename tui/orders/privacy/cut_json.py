"""JSON that was cut off somewhere, as a document: as far as it is whole."""

from __future__ import annotations

import json
import re
from typing import Any

_MARK = re.compile(r'"(?:[^"\\]|\\.)*(?P<end>"?)|[\[\]{},]', re.DOTALL)
_CLOSED_BY = {"[": "]", "{": "}"}


def whole_part(text: str) -> tuple[Any, str] | None:
    """What came whole, and the brackets that were put behind it; ``None`` where no such JSON begins here.

    In a list that goes on to the end, such as a page of orders, the last element is left out: what is known
    of it only by a part cannot be told from anything else.
    """
    kept, open_there = 0, ""
    first, of_list, open_in_list = 0, 0, ""
    stack = ""
    for mark in _MARK.finditer(text):
        sign = mark.group()
        if sign in _CLOSED_BY:
            stack += sign
            kept, open_there = mark.end(), stack
            if sign == "[" and not first:
                first, of_list, open_in_list = len(stack), mark.end(), stack
        elif sign in ("]", "}"):
            stack = stack[:-1]
            kept, open_there = mark.end(), stack
            first = first if len(stack) >= first else 0
        elif sign == ",":
            kept, open_there = mark.start(), stack
            if len(stack) == first:
                of_list, open_in_list = mark.start(), stack
        elif not mark["end"]:
            break
    if first:
        kept, open_there = of_list, open_in_list
    added = "".join(_CLOSED_BY[sign] for sign in reversed(open_there))
    try:
        return json.loads(text[:kept] + added), added
    except (ValueError, RecursionError):
        return None
