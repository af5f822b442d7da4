"""A context for verbs that are about settings: somebody who answers as a script says, or nobody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tui.actions.prompts import Confirmation, Prompt, PromptCancelled
from tui.actions.session import Session
from tui.actions.verb_context import VerbContext
from tui.actions.verbs import verb
from tui.settings.folders import Folders
from tui.settings.secret import FixedToken, Secret


@dataclass
class Person:
    """Answers what is asked with the first answer whose key the question begins with; else leaves.

    An answer that is a tuple is given one by one, a ``None`` once nobody is there.
    """

    answers: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    agrees: bool = True
    asked: list[Prompt] = field(default_factory=list)
    questions: list[Confirmation] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    async def ask(self, prompt: Prompt) -> str | None:
        """Answer."""
        self.asked.append(prompt)
        for beginning, answer in self.answers.items():
            if prompt.text.startswith(beginning):
                given = (answer,) if isinstance(answer, str) else answer
                times = sum(1 for asked in self.asked if asked.text == prompt.text)
                return given[min(times, len(given)) - 1]
        raise PromptCancelled

    async def confirm(self, question: Confirmation) -> bool:
        """Agree, or not."""
        self.questions.append(question)
        return self.agrees

    @property
    def texts(self) -> list[str]:
        """What was asked, each once, in order."""
        return list(dict.fromkeys(prompt.text for prompt in self.asked))


async def _no_account() -> Session:
    raise AssertionError("no account is asked for")


def context_for(folders: Folders, person: Person | None = None, *, token: str | None = None) -> VerbContext:
    """A context with this person, or nobody, and this token given beforehand, or none."""
    context = VerbContext(_no_account, folders)
    if person is not None:
        context.ask, context.confirm, context.narrate = person.ask, person.confirm, person.told.append
    if token is not None:
        context.token = lambda: FixedToken(Secret(token), "standard input")
    return context


def arguments(name: str, /, **given: Any) -> dict[str, Any]:
    """The arguments of a verb, the defaults filled in."""
    return {**verb(name).defaults(), **given}
