"""The account that Ordex works with: address, keys, and how careful to be with its orders."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from .addresses import SANDBOX_ADDRESS

if TYPE_CHECKING:
    from .secret import TokenSource

BUILT_IN = ("sandbox", "environment")
"""The profiles that always exist."""

VARIABLES = ("VOUCHERIFY_APP_ID", "VOUCHERIFY_APP_TOKEN", "VOUCHERIFY_API_BASE_URL")
"""The names that Voucherify's own Python server uses."""

Kind = Literal["sandbox", "production"]

Auth = Literal["keys", "oauth"]
"""How requests are authorised: by the key pair itself, or by tokens that it is exchanged for."""


@dataclass(frozen=True, slots=True)
class Masking:
    """What is masked in addition to names, addresses and the like.

    ``always``: from the start, without asking. ``metadata``: the metadata keys whose values are personal.
    """

    always: bool = False
    ids: bool = False
    metadata: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Profile:
    """A Voucherify account, or the embedded sandbox.

    ``base_url`` is ``None`` for the embedded sandbox. ``kind`` decides how careful Ordex is: an account
    from the environment counts as production unless it is on this machine. ``origin`` says where the
    profile was found. ``sealed``: it was requested as read-only, so nothing may unlock it.
    ``seals_others``: this was requested for the whole session, so it holds for every profile of it.
    ``mirror``: whether a local copy of the account may be made without being asked for, if the user says.
    """

    name: str
    kind: Kind
    base_url: str | None
    app_id: str
    token: TokenSource
    read_only: bool
    origin: str
    sealed: bool = False
    seals_others: bool = False
    auth: Auth = "keys"
    masking: Masking = Masking()
    mirror: bool | None = None

    @property
    def keeps_copy(self) -> bool:
        """Whether a local copy of the account is made without being asked for."""
        return self.kind == "sandbox" if self.mirror is None else self.mirror

    @property
    def address(self) -> str:
        """The host for display, or ``embedded sandbox``."""
        return urlsplit(self.base_url).netloc if self.base_url else SANDBOX_ADDRESS

    @property
    def account(self) -> str:
        """The key of local data: it differs for two accounts that use the same profile name."""
        if self.base_url is None:
            return self.name
        import hashlib

        keys = hashlib.sha256(self.app_id.encode()).hexdigest()[:6]
        return f"{self.name}@{self.address}#{keys}"


def profile_name_of(account: str) -> str:
    """The profile name inside a ``Profile.account``."""
    return account.rpartition("#")[0].rpartition("@")[0] or account
