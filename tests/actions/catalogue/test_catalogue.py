"""The registry of actions."""

from __future__ import annotations

import re

from tui.actions.catalogue import CATALOGUE, hints, in_scope
from tui.actions.catalogue.action import Action, Danger, Scope, Situation


def test_no_key_means_two_things() -> None:
    """A key is heard once in every place where it can be heard."""
    keys = [key for action in CATALOGUE.values() for key in action.keys]
    assert len(keys) == len(set(keys))


def test_every_key_arrives_on_every_keyboard() -> None:
    """No default needs alt, ctrl+enter, a function key or a bracket."""
    keys = [key for action in CATALOGUE.values() for key in action.keys]
    assert not [key for key in keys if re.search(r"alt|ctrl\+enter|^f\d+$|bracket|brace|super", key)]


def test_the_keys_are_the_documented_ones() -> None:
    """What muscles have learnt does not move."""
    documented = {
        "help": "?",
        "filter": "/",
        "sort": "s",
        "columns": "c",
        "mark": "space",
        "detail": "enter",
        "refresh": "r",
        "copy": "y",
        "theme": "t",
        "palette": ":",
        "back": "esc",
        "quit": "q",
        "import_orders": "i",
        "export_orders": "x",
        "jobs": "J",
        "next_page": ">",
        "previous_page": "<",
        "half_page_down": "ctrl+d",
        "half_page_up": "ctrl+u",
        "top": "g",
        "bottom": "G",
        "new": "n",
        "edit": "e",
        "duplicate": "ctrl+n",
        "status": "S",
        "undo": "u",
        "journal": "U",
    }
    assert {id_: CATALOGUE[id_].key for id_ in documented} == documented


def test_quit_and_help_are_the_last_hints_to_go() -> None:
    """The way out and the way to everything else keep their place."""
    assert [action.id for action in hints()][:2] == ["quit", "help"]


def test_an_action_that_cannot_be_done_says_why() -> None:
    """Unavailable actions answer with a reason, available ones with nothing."""
    copy = CATALOGUE["copy"]
    assert copy.unavailable(Situation()) == "no order is selected"
    assert copy.unavailable(Situation(cursor=True)) is None
    assert CATALOGUE["quit"].unavailable(Situation()) is None
    assert CATALOGUE["sort"].unavailable(Situation()) is not None
    assert CATALOGUE["previous_page"].unavailable(Situation(rows=0)) is not None


def test_every_action_is_told_in_words() -> None:
    """Title and help are there, and help is a sentence."""
    for action in CATALOGUE.values():
        assert action.title
        assert action.help.endswith(".")


def test_only_what_writes_is_dangerous() -> None:
    """A status is taken back by one key; the rest is asked for; for leave to change the name is typed."""
    dangers = {action.id: action.danger for action in CATALOGUE.values() if action.danger is not Danger.NONE}
    confirmed = dict.fromkeys(("new", "edit", "duplicate", "undo", "import_orders"), Danger.CONFIRM)
    assert dangers == {**confirmed, "status": Danger.UNDOABLE, "unlock": Danger.TYPE_NAME}


def test_what_writes_says_why_it_cannot() -> None:
    """The nearest reason first: the profile, the journal, the order, the change."""
    writing = [CATALOGUE[name] for name in ("new", "edit", "duplicate", "status", "undo")]
    here = Situation(connected=True, read_only=True, cursor=True, unlock_key="W")
    assert {action.unavailable(Situation()) for action in writing} == {"the session is not open yet"}
    assert {action.unavailable(here) for action in writing} == {
        "this profile is read-only; W allows changes for some minutes"
    }
    sealed = Situation(connected=True, read_only=True, sealed=True, cursor=True, unlock_key="W")
    for action in (*writing, CATALOGUE["unlock"]):
        assert "by --read-only or its settings" in (action.unavailable(sealed) or "")
    assert CATALOGUE["unlock"].unavailable(here) is None
    blocked = Situation(connected=True, read_only=False, cursor=True, blocked="no journal")
    assert {action.unavailable(blocked) for action in writing} == {"no journal"}
    empty = Situation(connected=True, read_only=False)
    assert CATALOGUE["new"].unavailable(empty) is None
    assert CATALOGUE["edit"].unavailable(empty) == "no order is selected"
    assert CATALOGUE["status"].unavailable(Situation(connected=True, read_only=False, marks=2)) is None
    assert CATALOGUE["undo"].unavailable(empty) is None
    assert CATALOGUE["journal"].unavailable(here) is None


def test_scopes_part_the_catalogue() -> None:
    """Each action belongs to one scope."""
    assert sum(len(in_scope(scope)) for scope in Scope) == len(CATALOGUE)


def test_an_action_may_have_no_key() -> None:
    """It is in the palette then, and shows none."""
    assert Action("x", "X", "X.", ()).key == ""


def test_a_profile_that_only_reads_imports_nothing_but_sees_jobs() -> None:
    """An import writes; jobs can be looked at, and what is shown can be exported."""
    here = Situation(connected=True, read_only=True)
    assert "is read-only" in (CATALOGUE["import_orders"].unavailable(here) or "")
    assert CATALOGUE["export_orders"].unavailable(here) is None
    assert CATALOGUE["jobs"].unavailable(here) is None
    blocked = Situation(connected=True, read_only=False, jobs_blocked="the jobs are being opened")
    for name in ("import_orders", "export_orders", "jobs"):
        assert CATALOGUE[name].unavailable(blocked) == "the jobs are being opened"
        assert CATALOGUE[name].unavailable(Situation()) == "the session is not open yet"
