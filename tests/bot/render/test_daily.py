"""What daily questions look like: within Discord's limits, whatever stands in them, in both languages."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.render import daily, daily_history, daily_notices, daily_panel, limits, open_answers
from bot.render.daily_panel import Draft
from bot.render.daily_words import about, rule
from bot.render.parts import Buttons, Menu, Message, Text
from bot.services.journal import HistoryPage, Outcome, Told
from bot.services.lineup import Preview
from bot.services.notices import Telling
from bot.services.open_answers import AnswerPage, Graded, Submitted
from bot.services.posting import NoticeKind
from bot.services.reveals import OFFERED, Reveal
from bot.services.rounds import Verdict
from bot.services.steps import Work
from bot.services.streams import Overview, Stream
from knowledge.questions.bank import Topic
from knowledge.questions.model import Kind, Origin
from storage.open_answers import ShownAnswer
from storage.posts import Post
from tests.bot.asking import CHOICE, EVERY_KIND, OPEN, TRUTH, asked

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
STREAM = Stream(
    7, 1, "Morning", 2, "08:30", "Europe/Berlin", (), 0, "en", "now", False, False, None, 5, NOON, None, 3, None,
)  # fmt: skip
POST = Post(
    9, 7, 1, date(2026, 11, 25), "sent", NOON, "q", 5, 2, 11, None, "d9", "now", 0, None, None, 0, NOON, None, None
)
HUGE = replace(
    CHOICE, prompt="题目" * 750, choices=tuple("选项" * 150 for _ in range(10)), explanation="解析。" * 2_000,
    topic="主题" * 50,
)  # fmt: skip
HOSTILE = "@everyone <@1> <@&2> [x](https://evil.example) `` ``` || # "
FOR_LATER = Told(False, NOON, None)


def work(question=CHOICE, **given) -> Work:
    values = {"post": POST, "stream": STREAM, "asked": asked(question, source="daily"), "send": True, "thread": False,
              "reveal": False, "look": False, "late": False, "reveal_at": NOON}  # fmt: skip
    return Work(**{**values, **given})


def outcome(question=CHOICE, **given) -> Outcome:
    values = {"post": replace(POST, state="revealed"), "stream": STREAM, "asked": asked(question, source="daily"),
              "answers": 4, "right": 3, "chosen": (3, 1, 0), "first": "ann", "written": 0, "best": (),
              "section_id": "0" * 16}  # fmt: skip
    return Outcome(**{**values, **given})


def overview(**given) -> Overview:
    values = {"stream": STREAM, "reveal": Reveal.read("now"), "now": NOON, "next_at": NOON, "questions": 30, "left": 20,
              "waiting": 0, "newest": None}  # fmt: skip
    return Overview(**{**values, **given})


def text(message: Message) -> str:
    return "\n".join(part.text for part in message.parts if isinstance(part, Text))


def labels(message: Message) -> list[str]:
    return [button.label for part in message.parts if isinstance(part, Buttons) for button in part.buttons]


def check(message: Message) -> None:
    """Hold a message to Discord's limits."""
    texts = [part.text for part in message.parts if isinstance(part, Text)]
    assert all(texts)
    assert sum(map(limits.characters, texts)) <= limits.LAYOUT_CHARACTERS
    assert sum(limits.size_bytes(one) + limits.DISPLAY_BYTES for one in texts) <= limits.LAYOUT_BYTES
    rows = [part for part in message.parts if isinstance(part, Buttons)]
    assert all(0 < len(row.buttons) <= limits.ROW_BUTTONS for row in rows)
    assert 1 + len(message.parts) + sum(len(row.buttons) for row in rows) <= limits.COMPONENTS
    assert all(len(one) <= limits.BUTTON_LABEL for one in labels(message))
    for menu in (part for part in message.parts if isinstance(part, Menu)):
        assert 0 < len(menu.options) <= limits.OPTIONS
        assert all(0 < len(one.label) <= 100 >= len(one.description) for one in menu.options)


def test_question_that_nobody_wrote_is_marked(english, chinese):
    made = replace(CHOICE, origin=Origin.GENERATED)
    assert about(made, english) == "Nets · medium · made from the notes"
    assert about(made, chinese) == "Nets · 中等 · 由笔记生成"


@pytest.mark.parametrize("question", [*EVERY_KIND, HUGE], ids=[*(one.kind for one in EVERY_KIND), "huge"])
def test_every_message_of_a_question_fits(question, chinese):
    chosen = (1,) * len(question.choices)
    best = tuple(ShownAnswer(number, 1, "名字" * 40, "回答" * 900, 3) for number in range(3))
    found = outcome(question, chosen=chosen, written=3, best=best)
    for message in (
        daily.post(work(question), chinese),
        daily.closed(found, chinese),
        daily.closed(replace(found, post=replace(found.post, reveal="next")), chinese),
        daily.result(found, chinese),
        daily_history.shown(found, chinese),
        daily_history.shown(replace(found, post=POST), chinese),
        daily_history.preview(Preview(STREAM, found.asked, 5, by_hand=True), chinese),
    ):
        check(message)


HOSTILE_MESSAGES = {
    "post": lambda question, texts: daily.post(work(question), texts),
    "result": lambda question, texts: daily.result(outcome(question, first=HOSTILE), texts),
    "preview": lambda question, texts: daily_history.preview(
        Preview(replace(STREAM, name=HOSTILE), asked(question), 5, by_hand=False), texts
    ),
    "history": lambda question, texts: daily_history.history(HistoryPage(STREAM, ((POST, question),), 0, 1), texts),
    "queue": lambda question, texts: daily_history.queue(STREAM, [question], texts),
}


@pytest.mark.parametrize("name", HOSTILE_MESSAGES)
def test_hostile_texts_mention_nobody(name, english):
    question = replace(TRUTH, prompt=HOSTILE, topic=HOSTILE, explanation=HOSTILE)
    message = HOSTILE_MESSAGES[name](question, english)
    check(message)
    for mention in ("@everyone", "<@1>", "<@&2>"):
        assert mention not in text(message)


def test_post_says_when_the_answers_come(english):
    assert "You learn at once" in text(daily.post(work(), english))
    later = replace(POST, reveal="hours:6")
    assert "The answers are shown <t:1795608000:R>." in text(daily.post(work(post=later), english))
    counted = replace(POST, reveal="answers:5")
    assert "after 5 answers, <t:1795608000:R> at the latest" in text(daily.post(work(post=counted), english))


def test_test_is_marked_and_mentions_no_role(english):
    found = work(asked=asked(CHOICE), stream=replace(STREAM, role_id=4))
    assert "🧪 Test: Morning" in text(daily.post(found, english))
    assert "<@&4>" not in text(daily.post(found, english))


def test_result_tells_how_people_did(english):
    told = text(daily.result(outcome(), english))
    assert "**A** ▰▰▰▰▰▰▰▰▱▱ 3 ✅" in told
    assert "**B** ▰▰▱▱▱▱▱▱▱▱ 1" in told
    assert "4 have answered · 3 right" in told
    assert "First with the right answer: ann" in told


def test_result_without_answers_says_so(english):
    told = text(daily.result(outcome(answers=0, right=0, chosen=(0, 0, 0), first=""), english))
    assert "Nobody has answered." in told
    assert "▰" not in told


def test_typed_answers_can_be_appealed(english):
    typed = next(one for one in EVERY_KIND if one.kind is Kind.TYPED)
    assert "I was right" in labels(daily.result(outcome(typed, chosen=()), english))


def test_open_question_is_closed_without_a_button_to_answer(english):
    found = outcome(OPEN, chosen=(), post=replace(POST, state="revealed", reveal="next"))
    assert "Answer" not in labels(daily.closed(found, english))


@pytest.mark.parametrize("name", ["english", "chinese"])
def test_every_rule_has_words(name, request):
    texts = request.getfixturevalue(name)
    told = [rule(one, texts) for one in OFFERED]
    assert len(set(told)) == len(OFFERED)
    assert all(len(one) <= 100 for one in told)


def test_thread_is_named_after_day_and_question(english):
    assert daily.thread_name(work(), english) == "11-25 · What gates SwiGLU?"
    assert len(daily.thread_name(work(HUGE), english)) <= 100


def test_panel_shows_everything_and_fits(chinese):
    stream = replace(STREAM, name=HOSTILE, topics=tuple(f"主题{n}" * 9 for n in range(25)), thread=True, role_id=4)
    newest = replace(POST, problem="thread")
    check(daily_panel.panel(overview(stream=stream, newest=newest, waiting=2), ("send_messages",), chinese, said="好"))


@pytest.mark.parametrize(("found", "missing", "told"), [
    (overview(stream=replace(STREAM, paused="gone")), (), "its channel is gone"),
    (overview(stream=replace(STREAM, paused="something new")), (), "It is paused."),
    (overview(), None, "the channel is gone, or I cannot see it"),
    (overview(), ("read_message_history",), "missing **Read Message History**"),
    (overview(), ("something_new",), "missing **something_new**"),
    (overview(questions=0), (), "No question fits"),
    (overview(newest=replace(POST, problem="refused")), (), "Discord did not take the question"),
])  # fmt: skip
def test_panel_names_what_is_wrong(found, missing, told, english):
    assert told in text(daily_panel.panel(found, missing, english))


def test_panel_in_order_offers_no_second_look(english):
    assert "🔁 Check again" not in labels(daily_panel.panel(overview(), (), english))
    assert "🔁 Check again" in labels(daily_panel.panel(overview(), ("send_messages",), english))


def test_forms_keep_what_is_chosen(english):
    form = daily_panel.when_form(7, daily_panel.draft_of(replace(STREAM, thread=True, role_id=4)), english)
    assert [field.key for field in form.fields] == ["channel", "time", "zone", "role", "thread"]
    assert (form.fields[0].chosen, form.fields[1].value, form.fields[3].chosen) == (2, "08:30", 4)
    assert form.fields[4].chosen == ("yes",)
    assert daily_panel.when_form(0, Draft(2, "09:00", "UTC"), english).press == "dailywhen1:0"


def test_form_offers_the_25_largest_topics_with_those_chosen_first(english):
    topics = [Topic(f"T{number}", 40 - number) for number in range(40)] + [Topic("x" * 200, 1)]
    form = daily_panel.what_form(replace(STREAM, topics=("T39", "Gone")), topics, english)
    names = [option.value for option in form.fields[0].options]
    assert len(names) == 25
    assert names[:3] == ["T39", "Gone", "T0"]
    assert form.fields[0].chosen == ("T39", "Gone")


def test_form_without_topics_asks_for_none(english):
    assert len(daily_panel.what_form(STREAM, [], english).fields) == 4


@pytest.mark.parametrize("kind", NoticeKind)
@pytest.mark.parametrize("name", ["english", "chinese"])
def test_every_notice_has_words(kind, name, request):
    stream = replace(STREAM, paused="gone", name=HOSTILE)
    for post in (POST, None):
        message = daily_notices.notice(Telling(1, kind, stream, post, (2,)), request.getfixturevalue(name))
        check(message)
        assert "@everyone" not in text(message)


def test_notice_offers_what_mends_it(english):
    assert labels(daily_notices.notice(Telling(1, NoticeKind.PAUSED, STREAM, None, ()), english)) == ["Resume"]
    found = daily_notices.notice(Telling(1, NoticeKind.UNCERTAIN, STREAM, POST, ()), english)
    assert labels(found) == ["Post again", "It was posted"]
    assert labels(daily_notices.notice(Telling(1, NoticeKind.LOW, STREAM, None, ()), english)) == []


def test_open_answers_fit_and_mention_nobody(chinese):
    answers = tuple(ShownAnswer(number, 1, HOSTILE, HOSTILE + "回答" * 1_900, 2) for number in range(3))
    message = open_answers.page(AnswerPage(asked(OPEN), answers, 1, 3), chinese)
    check(message)
    assert "@everyone" not in text(message)


def test_written_answer_is_acknowledged_without_the_solution(english):
    told = text(open_answers.submitted(Submitted(asked(OPEN), "x", first=True, final=False), FOR_LATER, english))
    assert "Your answer is in." in told
    assert "one" not in told.split("\n")[0]
    assert "So." not in told


def test_grade_form_ticks_what_was_ticked(english):
    form = open_answers.grade_form(Graded(asked(OPEN), "x", (1,), right=True, points=8), english)
    assert form.fields[0].chosen == ("1",)
    assert [option.label for option in form.fields[0].options] == ["one", "two"]


def test_answer_before_the_reveal_tells_nothing_right_or_wrong(english):
    for right in (True, False):
        message = daily.answered(Verdict(asked(CHOICE), True, (0,), right, 15), FOR_LATER, english)
        assert "Your answer is in: A" in text(message)
        assert "15" not in text(message).replace("<t:1795608000:R>", "")
        assert labels(message) == []
