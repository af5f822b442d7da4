"""Query parameters of the lists (``voucherify-api.md`` 1, 1.1). Those that are not known are ignored."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from .dates import read_moment
from .policies import Policies
from .refusals import invalid_query, page_over_limit

HIGHEST_LIMIT = 100
HIGHEST_PAGE = 100
DEFAULT_LIMIT = 10

_INTEGER = re.compile(r"-?\d{1,18}\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Query:
    """The query of a request.

    Args:
        items: names and values in their order, repeated names included.
    """

    items: Sequence[tuple[str, str]]

    def one(self, name: str, must: str) -> str | None:
        """The value of a parameter that may be given once. Raises: Refusal, saying what it must be."""
        values = [value for key, value in self.items if key == name]
        if len(values) > 1:
            raise invalid_query(f"Property .{name} must be {must}")
        return values[0] if values else None

    def limit(self, default: int = DEFAULT_LIMIT) -> int:
        """How many a page holds, 1 to 100. Raises: Refusal."""
        limit = self._integer("limit", default)
        if limit > HIGHEST_LIMIT:
            raise invalid_query(f"Property .limit cannot be higher than {HIGHEST_LIMIT}")
        return limit

    def page(self, policies: Policies) -> int:
        """Which page, from 1. Raises: Refusal."""
        page = self._integer("page", 1)
        if page > HIGHEST_PAGE and policies.page_above_limit == "reject":
            raise page_over_limit(HIGHEST_PAGE)
        return page

    def choice(self, name: str, allowed: Sequence[str], default: str) -> str:
        """One of a few words. Raises: Refusal."""
        words = f"equal to one of the allowed values [ {', '.join(allowed)} ]"
        value = self.one(name, words)
        if value is not None and value not in allowed:
            raise invalid_query(f"Property .{name} must be {words}")
        return value if value is not None else default

    def moment(self, name: str) -> datetime | None:
        """A date or date-time. Raises: Refusal."""
        value = self.one(name, "string")
        moment = read_moment(value) if value is not None else None
        if value is not None and moment is None:
            raise invalid_query(f"Property .{name} cannot be recognized as a ISO-8601 compliant date")
        return moment

    def _integer(self, name: str, default: int) -> int:
        text = self.one(name, "integer")
        if text is None:
            return default
        if not _INTEGER.match(text):
            raise invalid_query(f"Property .{name} must be integer")
        if int(text) < 1:
            raise invalid_query(f"Property .{name} cannot be lower than 1")
        return int(text)
