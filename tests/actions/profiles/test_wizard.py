"""Putting a profile together from options, the profile that is there, and the person."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support.fake_keyring import Backend, PlainText, install
from tests.support.verb_contexts import Person, context_for
from tui.actions.profiles.profile_arguments import ProfileArguments
from tui.actions.profiles.save import ProfileDraft
from tui.actions.profiles.wizard import run_wizard
from tui.actions.prompts import PromptCancelled
from tui.actions.verb import InputError
from tui.settings.config.config_file import Config, parse_config
from tui.settings.folders import Folders, find_folders
from tui.settings.secret import Secret
from tui.settings.tokens.token_sources import token_store

TOKEN = "canary-of-a-profile"
EVERYTHING = {
    "Name": "shop",
    "Region": "us",
    "Kind": "",
    "Application id": "app-1",
    "Where": "file",
    "Token": TOKEN,
}


@pytest.fixture(autouse=True)
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever this machine has."""
    install(monkeypatch, None)


def folders() -> Folders:
    """The folders of this test."""
    return find_folders({"ORDEX_HOME": str(Path("/nowhere"))})


def settings(text: str = "", folder: Path = Path("/nowhere")) -> Config:
    """The settings as they are."""
    return parse_config(folder / "config.toml", text)


async def proposed(
    person: Person | None = None, config: Config | None = None, token: str | None = None, **given: Any
) -> ProfileDraft:
    """What comes of it."""
    context = context_for(folders(), person, token=token)
    return await run_wizard(context, ProfileArguments(**given), config or settings())


def token_of(proposal: ProfileDraft) -> str | None:
    """The token that was given."""
    return proposal.token.reveal() if proposal.token else None


async def test_a_person_is_asked_one_thing_after_the_other() -> None:
    """Name, address, kind, id, place, token; an empty answer is what stands in brackets."""
    person = Person(EVERYTHING)
    proposal = await proposed(person)
    assert proposal.fields == {"region": "us", "kind": "production", "app_id": "app-1", "secret": "file"}
    assert token_of(proposal) == TOKEN
    assert [text.split()[0].rstrip(",") for text in person.texts] == [
        *("Name", "Region", "Kind", "Application", "Where", "Token"),
    ]
    assert [wish.hidden for wish in person.asked] == [False] * 5 + [True]
    assert TOKEN not in repr(proposal)
    assert TOKEN not in repr(person.told)


async def test_what_is_said_is_not_asked() -> None:
    """With every option nobody need be there, and a token that was given beforehand."""
    proposal = await proposed(
        token=TOKEN,
        name="shop",
        url="http://127.0.0.1:8000/",
        app_id="app-1",
        secret="file",
    )
    assert proposal.fields == {
        "url": "http://127.0.0.1:8000",
        "kind": "sandbox",
        "app_id": "app-1",
        "secret": "file",
    }
    assert token_of(proposal) == TOKEN


@pytest.mark.parametrize(
    ("left_out", "argument"),
    [("name", "name"), ("app_id", "app_id"), ("secret", "secret"), ("token", "token_stdin")],
)
async def test_what_nobody_can_be_asked_is_named(left_out: str, argument: str) -> None:
    """The option to say it with; a token is put nowhere that was not chosen."""
    given = {"name": "shop", "app_id": "app-1", "secret": "file", "token": TOKEN}
    del given[left_out]
    with pytest.raises(InputError) as raised:
        await proposed(**given)
    assert raised.value.argument == argument


@pytest.mark.parametrize(
    ("question", "answers", "field", "value"),
    [
        ("Name", ("Shop", "sandbox", "shop"), "app_id", "app-1"),
        ("Region", ("mars", "http://shop.example", "asia"), "region", "asia"),
        ("Region", ("https://shop.example/",), "url", "https://shop.example"),
        ("Kind", ("x", "s"), "kind", "sandbox"),
        ("Application id", ("", "two words", "app-2"), "app_id", "app-2"),
        ("Where", ("disk", "file"), "secret", "file"),
        ("Token", ("", "two words", TOKEN), "secret", "file"),
    ],
)
async def test_an_answer_that_cannot_be_is_asked_again(
    question: str, answers: tuple[str, ...], field: str, value: str
) -> None:
    """With what is wrong with it; the beginning of a choice is enough."""
    person = Person({**EVERYTHING, question: answers})
    proposal = await proposed(person)
    assert proposal.name == "shop"
    assert proposal.fields[field] == value
    assert token_of(proposal) == TOKEN


async def test_it_is_not_asked_for_ever() -> None:
    """Three answers that cannot be end it; so does leaving."""
    with pytest.raises(InputError, match="nothing is added"):
        await proposed(Person({"Name": "NO"}))
    with pytest.raises(PromptCancelled):
        await proposed(Person({"Name": "shop"}))


@pytest.mark.parametrize(
    ("place", "lines"),
    [("environment", {}), ("command", {"token_command": ["op", "read", "op://a/b c"]}), ("prompt", {})],
)
async def test_a_token_is_asked_only_where_ordex_keeps_it(place: str, lines: dict[str, Any]) -> None:
    """Other places are read; a prompted one is typed for the test of the keys, and kept nowhere."""
    person = Person({**EVERYTHING, "Where": place, "Program": "op read 'op://a/b c'"})
    proposal = await proposed(person)
    assert proposal.fields == {
        "region": "us",
        "kind": "production",
        "app_id": "app-1",
        "secret": place,
        **lines,
    }
    assert token_of(proposal) == (TOKEN if place == "prompt" else None)
    again = Person(person.answers)
    assert (await proposed(again, no_test=True)).token is None
    assert not [wish for wish in again.asked if wish.hidden]


async def test_options_of_a_place_choose_it() -> None:
    """A program or a variable says where the token lives; two places are a contradiction."""
    given = {"name": "shop", "app_id": "a"}
    assert (await proposed(**given, token_command="op read x")).fields["secret"] == "command"
    assert (await proposed(**given, token_variable="MINE")).fields["secret"] == "environment"
    with pytest.raises(InputError, match="but it is stored in the environment"):
        await proposed(**given, secret="environment", token=TOKEN)
    with pytest.raises(InputError, match="two addresses"):
        await proposed(**given, region="eu", url="https://shop.example")
    with pytest.raises(InputError, match="must begin with a program"):
        await proposed(**given, token_command="./mine")


async def test_the_keyring_is_proposed_only_where_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a prompt, which keeps nothing: plain text is never the default."""
    for backend, default in ((Backend(), "keyring"), (PlainText(), "prompt")):
        install(monkeypatch, backend)
        person = Person({**EVERYTHING, "Where": ""})
        assert (await proposed(person)).fields["secret"] == default


async def test_the_id_may_stay_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not written then, and not asked for."""
    monkeypatch.setenv("ORDEX_SHOP_APP_ID", "app-9")
    person = Person(EVERYTHING)
    assert "app_id" not in (await proposed(person)).fields
    assert "Application id" not in person.texts


async def test_the_words_are_those_of_oauth_where_it_is_that() -> None:
    """A client's id and its secret."""
    person = Person({**EVERYTHING, "Id of the OAuth client": "client-1", "OAuth client's secret": TOKEN})
    proposal = await proposed(person, auth="oauth")
    assert (proposal.fields["auth"], proposal.fields["app_id"]) == ("oauth", "client-1")


SHOP = (
    '[profiles.shop]\nregion = "eu"\nkind = "sandbox"\napp_id = "app-1"\nsecret = "file"\nmask_ids = true\n'
)


async def test_a_profile_that_is_there_is_changed_in_what_is_said(tmp_path: Path) -> None:
    """The rest stays, its token too, where the origin does."""
    config = settings(SHOP, tmp_path)
    token_store("file", "shop", address="https://api.voucherify.io", folder=tmp_path).keep(Secret(TOKEN))
    proposal = await proposed(config=config, name="shop", kind="production")
    assert proposal.fields == {**config.profiles["shop"], "kind": "production"}
    assert (token_of(proposal), proposal.moves, proposal.leaves) == (TOKEN, False, False)
    person = Person({"": ""})
    assert (await proposed(person, config=config, name="shop")).fields == config.profiles["shop"]
    assert person.asked[-1].text.endswith("; empty keeps the current one")


async def test_a_token_does_not_move_with_its_profile(tmp_path: Path) -> None:
    """Another address wants a token of its own."""
    config = settings(SHOP, tmp_path)
    token_store("file", "shop", address="https://api.voucherify.io", folder=tmp_path).keep(Secret(TOKEN))
    with pytest.raises(InputError) as raised:
        await proposed(config=config, name="shop", region="us")
    assert raised.value.argument == "token_stdin"
    person = Person({"Token": ("", "another-token"), "": ""})
    proposal = await proposed(person, config=config, name="shop", region="us")
    assert (token_of(proposal), proposal.moves, proposal.leaves) == ("another-token", True, True)
