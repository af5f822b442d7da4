"""Requests in other languages: for a terminal, a ticket or a colleague. They never hold a key."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from typing import Any

KEYS = {"X-App-Id": "VOUCHERIFY_APP_ID", "X-App-Token": "VOUCHERIFY_APP_TOKEN"}
"""The header of each key, and the variable that a snippet reads it from."""

BASE_URL = "VOUCHERIFY_API_BASE_URL"


def curl(
    method: str, path: str, body: Mapping[str, Any] | None = None, *, base_url: str | None = None
) -> str:
    """The request as a curl command, in ASCII; the keys are shell variables.

    Args:
        method: of HTTP.
        path: behind the host, percent-encoded.
        body: sent as JSON.
        base_url: the address; the variable ``VOUCHERIFY_API_BASE_URL`` when not given.
    """
    address = shlex.quote(base_url + path) if base_url else f'"${BASE_URL}"{shlex.quote(path)}'
    lines = [f"curl -X {method} {address}", *(f'  -H "{header}: ${name}"' for header, name in KEYS.items())]
    if body is not None:
        lines += ["  -H 'Content-Type: application/json'", f"  --data-raw {shlex.quote(json.dumps(body))}"]
    return " \\\n".join(lines)
