"""The account in the pictures: a made-up shop in memory, at a moment that never changes."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import gettempdir

from tui.actions.session import Session
from tui.sandbox.demo import generate
from tui.sandbox.demo.shop import Shop
from tui.sandbox.http.application import create_application
from tui.sandbox.in_process import InProcessTransport
from tui.sandbox.store import Store
from tui.settings.folders import find_folders
from tui.settings.profile import Profile
from tui.settings.profile_lookup import resolve_profile
from tui.voucherify.connection import connect
from tui.wiring import masks_of

NOW = datetime(2026, 10, 14, 9, 41, tzinfo=UTC)
ORDERS, SEED = 2500, 7

UNUSED = find_folders({"ORDEX_HOME": str(Path(gettempdir()) / "ordex-screenshots")})
"""Named, never made: the pictures change nothing."""


def now() -> datetime:
    """The one moment of the pictures."""
    return NOW


@cache
def _shop() -> Shop:
    return generate(count=ORDERS, seed=SEED, until=NOW)


async def open_shop() -> Session:
    """A session on a new copy of the shop."""
    profile: Profile = resolve_profile({}, demo=True)
    shop, store = _shop(), Store()
    store.load(shop.customers, shop.products, shop.skus, shop.orders)
    token = profile.token.read().reveal()
    application = create_application(store, app_id=profile.app_id, app_token=token, clock=now)
    client = connect(
        base_url="http://localhost",
        credentials=lambda: {"X-App-Id": profile.app_id, "X-App-Token": token},
        network=InProcessTransport(application),
        now=NOW.timestamp,
    )
    return Session(profile, client.write_lock, client, store, UNUSED, masks_of(profile))
