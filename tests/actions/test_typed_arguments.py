"""Typed arguments of verbs: the same names and defaults as those that are declared."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest

from tests.support.verb_contexts import arguments
from tui.actions.jobs.import_arguments import ImportArguments
from tui.actions.profiles.profile_arguments import ProfileArguments
from tui.actions.verb import typed_arguments
from tui.actions.verbs.config import ConfigArguments
from tui.actions.verbs.create_order import CreateArguments
from tui.actions.verbs.doctor import DoctorArguments
from tui.actions.verbs.export_orders import ExportArguments
from tui.actions.verbs.get_order import GetArguments
from tui.actions.verbs.show_jobs import JobsArguments
from tui.actions.verbs.show_journal import JournalArguments
from tui.actions.verbs.show_mappings import MappingsArguments
from tui.actions.verbs.undo_change import UndoArguments
from tui.actions.verbs.update_order import UpdateArguments

KINDS = {
    "config": ConfigArguments,
    "create": CreateArguments,
    "doctor": DoctorArguments,
    "export": ExportArguments,
    "get": GetArguments,
    "import": ImportArguments,
    "jobs": JobsArguments,
    "journal": JournalArguments,
    "mappings": MappingsArguments,
    "profiles": ProfileArguments,
    "undo": UndoArguments,
    "update": UpdateArguments,
}


@pytest.mark.parametrize(("name", "kind"), KINDS.items())
def test_each_argument_is_a_field(name: str, kind: type[Any]) -> None:
    """An argument that is declared only, or typed only, would be ignored."""
    assert {field.name.removesuffix("_") for field in fields(kind)} == set(arguments(name))
    assert typed_arguments(kind, arguments(name)) == kind()
