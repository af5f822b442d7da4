"""What is kept on this machine is kept apart for each account, also where two share a profile's name."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.sandbox import running_sandbox
from tui.actions.session import Session
from tui.app.startup.launch import changes_of
from tui.jobs.importing.import_options import ImportOptions
from tui.repl.completion.usage import WordUsage
from tui.repl.repl_loop import history_path
from tui.settings.folders import Folders, find_folders
from tui.settings.profile import Profile
from tui.settings.profile_lookup import resolve_profile
from tui.wiring import open_session

OTHERS = [
    pytest.param('[profiles.shop]\nurl = "{url}"\napp_id = "another"\n', id="another application"),
    pytest.param('[profiles.shop]\nregion = "us"\napp_id = "{app_id}"\n', id="another address"),
    pytest.param('[profiles.test]\nurl = "{url}"\napp_id = "{app_id}"\n', id="another name"),
]


def profile_of(folders: Folders, text: str) -> Profile:
    """The one profile of a settings file."""
    folders.config_file.parent.mkdir(parents=True, exist_ok=True)
    folders.config_file.write_text(text)
    name = text.partition(".")[2].partition("]")[0]
    environ = {"ORDEX_SHOP_APP_TOKEN": "a-token-of-it", "ORDEX_TEST_APP_TOKEN": "a-token-of-it"}
    return resolve_profile(environ, config_file=folders.config_file, name=name, read_only=False)


async def leave_traces(session: Session, folder: Path) -> None:
    """Change an order, leave a draft, begin an import, type a line."""
    plan = await session.mutations.plan_create({"source_id": "WEB-1", "amount": 100})
    await session.mutations.carry_out(plan)
    changes_of(session).drafts.put(session.account, "create", {"source_id": "WEB-2"})
    file = folder / "in.jsonl"
    file.write_text('{"source_id": "WEB-3", "amount": 100}\n')
    await session.importer.hand_over(await session.importer.plan(file, ImportOptions()))
    history_path(session.folders, session.account).write_text("list\n")
    usage = WordUsage.of(session.folders, session.account)
    usage.note("list")
    usage.save()


async def traces(session: Session) -> list[bool]:
    """Whether there is a change, a draft, an import, a typed line and a used word."""
    return [
        session.journal.newest_change(session.account) is not None,
        bool(changes_of(session).drafts.list(session.account)),
        bool(await session.importer.runs()),
        history_path(session.folders, session.account).exists(),
        bool(WordUsage.of(session.folders, session.account).counts),
    ]


@pytest.mark.parametrize("other", OTHERS)
async def test_an_account_sees_nothing_of_another(tmp_path: Path, other: str) -> None:
    """A profile that is removed and added anew for another account begins afresh; the same one goes on."""
    folders = find_folders({"ORDEX_HOME": str(tmp_path)})
    with running_sandbox(app_token="a-token-of-it") as shop:
        same = f'[profiles.shop]\nurl = "{shop.url}"\napp_id = "{shop.app_id}"\n'
        first = open_session(profile_of(folders, same), folders)
        await leave_traces(first, tmp_path)
        assert await traces(first) == [True] * 5
        await first.aclose()
        second = open_session(profile_of(folders, other.format(url=shop.url, app_id=shop.app_id)), folders)
        assert await traces(second) == [False] * 5
        await second.aclose()
        again = open_session(profile_of(folders, same), folders)
        assert await traces(again) == [True] * 5
        await again.aclose()
