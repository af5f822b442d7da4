"""A desk for verbs that are about settings: somebody who answers as a script says, or nobody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tui.actions.desk import Account, Desk, Question
from tui.actions.verbs import verb
from tui.actions.wish import GaveUp, Wish
from tui.settings.folders import Folders
from tui.settings.secret import FixedToken, Secret


@dataclass
class Person:
    """Answers what is asked with the first answer whose key the question begins with; else leaves.

    An answer that is a tuple is given one by one, a ``None`` once nobody is there.
    """

    answers: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    agrees: bool = True
    asked: list[Wish] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    async def ask(self, wish: Wish) -> str | None:
        """Answer."""
        self.asked.append(wish)
        for beginning, answer in self.answers.items():
            if wish.text.startswith(beginning):
                given = (answer,) if isinstance(answer, str) else answer
                times = sum(1 for asked in self.asked if asked.text == wish.text)
                return given[min(times, len(given)) - 1]
        raise GaveUp

    async def confirm(self, question: Question) -> bool:
        """Agree, or not."""
        self.questions.append(question)
        return self.agrees

    @property
    def texts(self) -> list[str]:
        """What was asked, each once, in order."""
        return list(dict.fromkeys(wish.text for wish in self.asked))


async def _no_account() -> Account:
    raise AssertionError("no account is asked for")


def desk_with(folders: Folders, person: Person | None = None, *, token: str | None = None) -> Desk:
    """A desk with this person, or nobody, and this token given beforehand, or none."""
    desk = Desk(_no_account, folders)
    if person is not None:
        desk.ask, desk.confirm, desk.narrate = person.ask, person.confirm, person.told.append
    if token is not None:
        desk.token = lambda: FixedToken(Secret(token), "standard input")
    return desk


def arguments(name: str, /, **given: Any) -> dict[str, Any]:
    """The arguments of a verb, the defaults filled in."""
    return {**verb(name).defaults(), **given}
