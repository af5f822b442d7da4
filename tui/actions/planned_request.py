"""The request that a plan will send, before it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.voucherify.addresses import order_path
from tui.voucherify.snippets import SnippetRequest, snippet

from .printing.formats import json_text

if TYPE_CHECKING:
    from tui.jobs.plans import Plan
    from tui.orders.api_object import ApiDocument


@dataclass(frozen=True, slots=True)
class PlannedRequest:
    """Method, path (percent-encoded) and JSON body; no header, so no key."""

    method: str
    path: str
    body: ApiDocument

    @property
    def line(self) -> str:
        """Method and path."""
        return f"{self.method} {self.path}"

    @property
    def text(self) -> str:
        """The request as it will go, safe to show: line and body."""
        return f"{self.line}\n{json_text(self.body, indent=2)}"

    def as_curl(self, base_url: str | None) -> str:
        """A curl command for the same; the keys are shell variables."""
        return snippet("curl", SnippetRequest(self.method, self.path, self.body, base_url=base_url))


def planned_request(plan: Plan) -> PlannedRequest:
    """The request of a plan."""
    if plan.order_id is None:
        return PlannedRequest("POST", "/v1/orders", plan.body)
    return PlannedRequest("PUT", order_path(plan.order_id), plan.body)
