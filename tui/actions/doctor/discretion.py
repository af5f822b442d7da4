"""What a report may not say: who the user is, and where their home is. Secrets are never in it at all."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from tui.terminal.redaction import redacted

from .finding import Finding, Section

USER = "<user>"
"""Stands for the user's name."""


@dataclass(frozen=True, slots=True)
class Discretion:
    """Takes out of a text what it should not say.

    ``home`` becomes ``~``; ``user`` becomes ``<user>`` where it is a whole part of a path. Nothing puts a
    secret into a report; one that this process knows would be taken out all the same.
    """

    home: Path
    user: str

    def text(self, text: str) -> str:
        """The text, fit to be shown to anybody; it is not made visible."""
        text = redacted(text)
        home = str(self.home)
        if len(home) > 1:
            text = re.sub(rf"(?<![\w/.]){re.escape(home)}(?![\w.-])", "~", text)
        if self.user:
            text = re.sub(rf"(?<=/){re.escape(self.user)}(?=/|\s|$|[,;:)”])", USER, text)
        return text

    def sections(self, sections: Iterable[Section]) -> tuple[Section, ...]:
        """The sections with every text fit to be shown to anybody."""
        return tuple(
            replace(section, findings=tuple(map(self._finding, section.findings))) for section in sections
        )

    def _finding(self, finding: Finding) -> Finding:
        return replace(
            finding,
            name=self.text(finding.name),
            text=self.text(finding.text),
            to_do=self.text(finding.to_do),
        )
