"""The pictures in the repository are those that the scenarios lead to."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from screenshots.scenarios import FOLDER, SCENARIOS, Scenario, take

ROOT = Path(__file__).parent.parent.parent
DOCUMENTS = [ROOT / "README.md", ROOT / "docs" / "manual.md"]


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
async def test_no_picture_is_stale(scenario: Scenario) -> None:
    """Taken anew, each picture is the one in the repository."""
    kept = scenario.path.read_text(encoding="utf-8") if scenario.path.exists() else ""
    fresh = await take(scenario)
    assert fresh == kept, f"{scenario.path.name} is stale: run “python -m screenshots” and look at it"


def test_no_picture_is_left_over() -> None:
    """Each picture belongs to a scenario."""
    assert {path.stem for path in FOLDER.glob("*.svg")} == {scenario.name for scenario in SCENARIOS}


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_pictures_need_nothing_from_elsewhere(scenario: Scenario) -> None:
    """Each is well-formed XML that loads nothing and holds no address but its own name space."""
    text = scenario.path.read_text(encoding="utf-8")
    assert ET.fromstring(text).tag == "{http://www.w3.org/2000/svg}svg"
    assert re.findall(r"\w+://[^\"']+", text) == ["http://www.w3.org/2000/svg"]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_the_documents_show_pictures_that_exist(document: Path) -> None:
    """Every picture that a document names is there."""
    named = re.findall(r"screenshots/([\w-]+)\.svg", document.read_text(encoding="utf-8"))
    assert named
    assert set(named) <= {scenario.name for scenario in SCENARIOS}
