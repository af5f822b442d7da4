"""What the walk through hostile orders saw, and the net at the edge that tells it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.segment import Segment
from textual.color import Color

from tui.app.terminal_io.output_filter import OutputFilter


@dataclass
class Report:
    """What was seen."""

    screens: set[str] = field(default_factory=set)
    pressed: int = 0
    trail: list[str] = field(default_factory=list)
    clickable: list[str] = field(default_factory=list)
    uninvited: list[str] = field(default_factory=list)
    edge_hits: int = 0
    slips: list[str] = field(default_factory=list)
    fault: str = ""
    finished: bool = False

    def write(self, path: Path) -> None:
        """As JSON."""
        path.write_text(json.dumps({**vars(self), "screens": sorted(self.screens)}))


class Watch(OutputFilter):
    """The net itself, which tells where it stopped something, and sees all that is drawn."""

    def __init__(self, app: Any, report: Report) -> None:
        super().__init__()
        self._app = app
        self._report = report

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Note what would act."""
        for segment in segments:
            if segment.style is not None and segment.style._meta and "@click" in segment.style.meta:
                self._report.clickable.append(segment.text)
        passed = super().apply(segments, background)
        if self.hits > self._report.edge_hits:
            self._report.edge_hits = self.hits
            self._report.slips.append(type(self._app.screen).__name__)
        return passed
