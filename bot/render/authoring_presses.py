"""The custom_ids of what can be done about a group's own questions, reports and appeals.

Ids only. A decision carries the version of what was seen, so that it is about nothing else.
"""

from __future__ import annotations

from typing import Final, Literal

_QUESTION: Final = "(?P<question>[0-9a-f]{16})"
_VERSION: Final = "(?P<version>[0-9]{1,9})"
_DIFFICULTY: Final = "(?P<difficulty>[1-3])"
_PLACE: Final = "(?P<place>[0-9]{1,6})"
_ROW: Final = "(?P<row>[0-9]{1,18})"
_BACK: Final = "(?P<back>[dqr])"
LIST: Final = r"qlist1:(?P<whose>[me]):(?P<state>[asprt]):(?P<page>[0-9]{1,6})"
SHOW: Final = rf"qshow1:{_QUESTION}"
PICK: Final = r"qpick1"
QUEUE: Final = r"qqueue1:(?P<after>[0-9]{1,9})"
APPROVE: Final = rf"qapprove1:{_QUESTION}:{_VERSION}:{_BACK}"
REJECT: Final = rf"qreject1:{_QUESTION}:{_VERSION}:{_BACK}"
REJECTED: Final = rf"qrejected1:{_QUESTION}:{_VERSION}:{_BACK}"
RETIRE: Final = rf"qretire1:{_QUESTION}:{_VERSION}:{_BACK}"
EDIT: Final = rf"qedit1:{_QUESTION}"
EDITED: Final = rf"qedited1:{_QUESTION}:{_VERSION}:{_DIFFICULTY}"
SUGGESTED: Final = rf"qsuggested1:(?P<kind>[a-z]{{1,10}}):{_DIFFICULTY}"
DRAFT: Final = rf"qdraft1:{_ROW}"
IMPORT: Final = rf"qimport1:{_ROW}"
REPORTED: Final = r"qreported1:(?P<round>[0-9]{1,18})"
REPORTS: Final = rf"qreports1:{_PLACE}"
DISMISS: Final = rf"qdismiss1:{_ROW}"
APPEALS: Final = rf"qappeals1:{_PLACE}"
ACCEPT: Final = rf"qaccept1:{_ROW}"
DECLINE: Final = rf"qdecline1:{_ROW}"

Back = Literal["d", "q", "r"]
"""What is shown after a decision: the question itself, the next of the queue, the reports."""
MINE: Final = "m"
EVERYBODY: Final = "e"


def listing(whose: str, state: str, page: int) -> str:
    """Show a page, counted from 0, of questions: MINE or EVERYBODY's, in a state by its letter, ``a`` for any."""
    return f"qlist1:{whose}:{state}:{page}"


def show(question_id: str) -> str:
    """Show a question of the group's."""
    return f"qshow1:{question_id}"


def pick() -> str:
    """Show the question chosen in a list; the option's value is its id."""
    return "qpick1"


def queue(after: int) -> str:
    """Show the suggestion after the one with this number."""
    return f"qqueue1:{after}"


def approve(question_id: str, version: int, back: Back) -> str:
    """Let a question be asked."""
    return f"qapprove1:{question_id}:{version}:{back}"


def reject(question_id: str, version: int, back: Back) -> str:
    """Show the window in which a rejection is reasoned."""
    return f"qreject1:{question_id}:{version}:{back}"


def rejected(question_id: str, version: int, back: Back) -> str:
    """The window in which a rejection is reasoned; it comes back with the field ``reason``."""
    return f"qrejected1:{question_id}:{version}:{back}"


def retire(question_id: str, version: int, back: Back) -> str:
    """Let a question not be asked any more."""
    return f"qretire1:{question_id}:{version}:{back}"


def edit(question_id: str) -> str:
    """Show the window that changes a question."""
    return f"qedit1:{question_id}"


def edited(question_id: str, version: int, difficulty: int) -> str:
    """The window that changes a question."""
    return f"qedited1:{question_id}:{version}:{difficulty}"


def suggested(kind: str, difficulty: int) -> str:
    """The window in which a new question is typed."""
    return f"qsuggested1:{kind}:{difficulty}"


def draft(draft_id: int) -> str:
    """Show a window again with what was typed into it."""
    return f"qdraft1:{draft_id}"


def imported(draft_id: int) -> str:
    """Import the file that was looked at."""
    return f"qimport1:{draft_id}"


def reported(round_id: int) -> str:
    """The window in which a report is reasoned; it comes back with the field ``reason``."""
    return f"qreported1:{round_id}"


def reports(place: int) -> str:
    """Show the open report at a place, counted from 0."""
    return f"qreports1:{place}"


def dismiss(report_id: int) -> str:
    """Settle a report without a change."""
    return f"qdismiss1:{report_id}"


def appeals(place: int) -> str:
    """Show the open appeal at a place, counted from 0."""
    return f"qappeals1:{place}"


def accept(appeal_id: int) -> str:
    """Let what was typed count as right."""
    return f"qaccept1:{appeal_id}"


def decline(appeal_id: int) -> str:
    """Leave what was typed as it was marked."""
    return f"qdecline1:{appeal_id}"
