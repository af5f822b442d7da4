"""curl, for a POSIX shell."""

from __future__ import annotations

import json
import shlex

from .api_request import BASE_URL, EXPORT_TOKEN, KEYS, SnippetRequest


def write(asked: SnippetRequest) -> str:
    """The request as a curl command; keys, and where not written out the address, are shell variables."""
    asked.check_values(halves=True)
    target = shlex.quote(asked.base_url + asked.target) if asked.base_url else _below(asked.target)
    if asked.export_token:
        target += f'"{"&" if asked.query else "?"}token=${EXPORT_TOKEN}"'
    lines = [f"curl -X {shlex.quote(asked.method)} {target}"]
    lines += [f'  -H "{header}: ${name}"' for header, name in KEYS.items()]
    if asked.body is not None:
        lines += ["  -H 'Content-Type: application/json'"]
        lines += [f"  --data-raw {shlex.quote(json.dumps(asked.body))}"]
    return " \\\n".join(lines)


def _below(target: str) -> str:
    return f'"${BASE_URL}"{shlex.quote(target)}'
