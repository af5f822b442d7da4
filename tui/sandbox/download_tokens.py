"""Links to finished exports: short-lived, signed, a new one at each reading (``voucherify-api.md`` 4.2).

The key is in the sandbox's file, so a link outlives a restart and is good for every process on the file.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from .clock import to_ms
from .store import Transaction

_SIGNED = 14


@dataclass(frozen=True, slots=True)
class DownloadTokens:
    """Makes and checks the tokens of one request.

    Args:
        key: the sandbox's signing key.
        now: the present moment.
        base_url: where the sandbox is reached by the caller, without a slash at its end.
        lifetime: seconds that a token lives.
    """

    key: bytes
    now: datetime
    base_url: str
    lifetime: float

    def url(self, export_id: str) -> str:
        """A link to the export's file with a new token."""
        expires = to_ms(self.now) + round(self.lifetime * 1000)
        signed = expires.to_bytes(8, "big") + secrets.token_bytes(_SIGNED - 8)
        token = base64.urlsafe_b64encode(signed + self._signature(signed, export_id)).decode().rstrip("=")
        return f"{self.base_url}/v1/exports/{quote(export_id, safe='')}?token={token}"

    def good(self, token: str, export_id: str) -> bool:
        """Whether the token is one of ours for this export, and still lives."""
        try:
            raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        except (binascii.Error, ValueError):
            return False
        signed, signature = raw[:_SIGNED], raw[_SIGNED:]
        if not hmac.compare_digest(signature, self._signature(signed, export_id)):
            return False
        return int.from_bytes(signed[:8], "big") > to_ms(self.now)

    def _signature(self, signed: bytes, export_id: str) -> bytes:
        message = signed + export_id.encode("utf-8", "surrogatepass")
        return hmac.new(self.key, message, hashlib.sha256).digest()


def signing_key(transaction: Transaction) -> bytes:
    """The key that was made with the file."""
    found: bytes = transaction.connection.execute(
        "SELECT value FROM settings WHERE name = 'download_key'"
    ).fetchone()[0]
    return found
