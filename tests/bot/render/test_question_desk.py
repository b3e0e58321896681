"""Reports, appeals and news of questions as those read them who manage a server."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.render import limits, question_desk, question_news
from bot.render.parts import Buttons, Text
from bot.services.announcing import News
from bot.services.appeals import Appealed, Decision, Pending
from bot.services.entries import State
from bot.services.reports import Reported, ReportPage
from knowledge.questions.model import Origin
from storage.announcements import Announcement
from storage.appeals import Appeal
from storage.reports import Report
from tests.bot.asking import CHOICE, TYPED
from tests.bot.render.test_question_entries import HOSTILE, entry, hostile

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


def text_of(message):
    return "\n".join(part.text for part in message.parts if isinstance(part, Text))


def buttons(message):
    return {one.label: one.press for part in message.parts if isinstance(part, Buttons) for one in part.buttons}


def page(question=CHOICE, own=None, reason="B, too", place=0, count=1):
    return ReportPage(Reported(Report(4, 1, 111, CHOICE.id, 9, reason, NOON), question, own), place, count)


def appeal(given="the gate", question=TYPED, place=0, count=1):
    return Appealed(Pending(Appeal(4, 1, 111, 9, given, NOON, "open"), question), place, count)


@pytest.mark.parametrize(
    ("origin", "told"),
    [
        (Origin.NOTES, "mend it there: `a/b.md` · lines 3–5"),
        (Origin.GENERATED, "It was made from the notes: `a/b.md`"),
        (Origin.FILE, f"It comes from a question file; mend it there: `{CHOICE.id}` · lines 3–5"),
    ],
)
def test_report_of_a_question_of_the_notes_says_where_to_mend_it(origin, told, english):
    message = question_desk.reports(page(replace(CHOICE, origin=origin, file="a/b.md", lines=(3, 5))), english)
    assert told in text_of(message)
    assert buttons(message) == {"Dismiss": "qdismiss1:4"}


def test_report_of_the_group_s_own_question_has_what_mends_it(english):
    approved = entry(state=State.APPROVED)
    made = buttons(question_desk.reports(page(own=approved), english))
    assert made == {
        "Edit": f"qedit1:{'a' * 16}", "Retire": f"qretire1:{'a' * 16}:2:r", "Dismiss": "qdismiss1:4",
    }  # fmt: skip
    assert "Retire" not in buttons(question_desk.reports(page(own=entry(state=State.RETIRED)), english))


def test_report_of_a_question_that_is_gone_says_so(english):
    assert "The question is gone." in text_of(question_desk.reports(page(None), english))


def test_reports_and_appeals_have_pages(english):
    assert buttons(question_desk.reports(page(place=1, count=3), english))["Next ▶"] == "qreports1:2"
    assert buttons(question_desk.appeals(appeal(place=1, count=3), english))["◀ Previous"] == "qappeals1:0"


def test_appeal_shows_what_was_typed_beside_what_counts(english):
    message = question_desk.appeals(appeal(), english)
    assert "Typed: **the gate**" in text_of(message)
    assert "**the value**" in text_of(message)
    assert buttons(message) == {"Accept": "qaccept1:4", "Decline": "qdecline1:4"}


def test_nothing_open_says_so(english):
    assert text_of(question_desk.reports(ReportPage(None, 0, 0), english)) == "No report is open."
    assert text_of(question_desk.appeals(Appealed(None, 0, 0), english, note="✅")) == "✅\nNo appeal is open."


def test_decision_tells_how_many_were_corrected(english, chinese):
    found = Decision(appeal().pending, accepted=True, corrected=2)
    assert question_desk.decision(found, english).endswith("counts from now on. 2 answers were corrected.")
    assert "改判了 2 个答案" in question_desk.decision(found, chinese)
    assert "does not count" in question_desk.decision(replace(found, accepted=False), english)


@pytest.mark.parametrize("added", [True, False])
def test_report_and_appeal_are_acknowledged(added, english):
    assert ("Thank you" in text_of(question_desk.reported(added, english))) is added
    assert ("already" in text_of(question_desk.appealed(added, english))) is not added


def test_hostile_reports_and_appeals_stay_within_the_limits(chinese):
    for message in (
        question_desk.reports(page(hostile(CHOICE), reason=HOSTILE * 30), chinese, note="✅"),
        question_desk.appeals(appeal(HOSTILE * 4, hostile(TYPED)), chinese, note="✅"),
    ):
        texts = [part.text for part in message.parts if isinstance(part, Text)]
        assert sum(map(limits.characters, texts)) <= limits.LAYOUT_CHARACTERS
        assert sum(limits.size_bytes(one) + limits.DISPLAY_BYTES for one in texts) <= limits.LAYOUT_BYTES
        assert "<@123" not in "".join(texts)


def news(kind, question=CHOICE):
    return News(Announcement(1, 2, 3, kind, "a" * 16, 0), 7, 111 if question else None, question)


def test_author_is_told_of_an_approval_with_the_question(english):
    message = question_news.announcement(news("approved"), english)
    assert text_of(message) == "✅ <@111>, your question #7 was approved. Thank you!\n> What gates SwiGLU?"
    assert buttons(message) == {"Look at it": f"qshow1:{'a' * 16}"}


def test_rejection_is_told_without_question_and_reason(english):
    assert text_of(question_news.announcement(news("rejected"), english)) == ("<@111>, your question #7 was looked at.")


def test_those_who_manage_are_told_that_there_is_something(english):
    assert buttons(question_news.announcement(news("report", None), english)) == {"Look at it": "qreports1:0"}
    assert buttons(question_news.announcement(news("appeal", None), english)) == {"Look at it": "qappeals1:0"}


def test_question_whose_author_was_forgotten_names_nobody(english):
    forgotten = replace(news("approved"), author_id=None)
    assert "Somebody, your question" in text_of(question_news.announcement(forgotten, english))
