"""What a quiz and a race look like: short, whole within Discord's limits, and safe."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.render import games, limits, races
from bot.render.parts import Buttons, Menu, Message, Text
from bot.render.races import Next
from bot.services.choosing import NoQuestions, wish
from bot.services.quizzes import Read, Sheet, Summary
from bot.services.race_reports import Outcome, Placed, Quick, Race, Results
from bot.services.races import Running, Skipping
from bot.services.rounds import RACE, Verdict
from bot.views import send
from knowledge.questions.bank import Topic
from knowledge.questions.model import Kind, Origin
from storage.games import Game
from tests.bot.asking import CHOICE, EVERY_KIND, NOON, SEVERAL, TRUTH, TYPED, asked

HOSTILE = "@everyone <@1> **[x](https://evil.example)** `"
LONGEST = {
    "prompt": "长" * 1_500, "choices": tuple("字" * 300 for _ in range(10)), "right": (0,),
    "explanation": "解" * 6_000, "answer": "答" * 6_000, "topic": HOSTILE * 10,
}  # fmt: skip
GAME = Game(7, "race", 1, 2, 3, "en", "Nets", 0, 30, "running", None, NOON, "lobby", NOON, 0, 9)


def text_of(message: Message) -> str:
    return "\n".join(part.text for part in message.parts if isinstance(part, Text))


def buttons(message: Message) -> dict[str, str]:
    rows = [part.buttons for part in message.parts if isinstance(part, Buttons)]
    return {button.label: button.press for row in rows for button in row}


def fits(message: Message) -> None:
    """Hold Discord's limits, as its servers would."""
    text = [part.text for part in message.parts if isinstance(part, Text)]
    assert sum(map(limits.characters, text)) <= limits.LAYOUT_CHARACTERS
    assert sum(limits.size_bytes(one) + limits.DISPLAY_BYTES for one in text) <= limits.LAYOUT_BYTES
    assert all(len(part.buttons) <= limits.ROW_BUTTONS for part in message.parts if isinstance(part, Buttons))
    assert send.layout(message, {}).total_children_count <= limits.COMPONENTS


def sheet(question=CHOICE, *, right=None, **given) -> Sheet:
    found = asked(question, game_id=7, number=1, **given)
    verdict = None if right is None else Verdict(found, True, (0,), right, 10 * right)
    return Sheet(found, 3, verdict, "0" * 16 if verdict else None)


def race(**given) -> Race:
    return Race(replace(GAME, **given), (None,) * 3)


def outcome(question=CHOICE, **given) -> Outcome:
    values = {"answered": 4, "right": 1, "picked": {0: 1, 1: 3}, "typed": (), "quickest": (), "leading": ()}
    return Outcome(asked(question, game_id=7, number=1, source=RACE), **{**values, "section_id": None, **given})


def results(*table, **given) -> Results:
    placed = tuple(Placed(rank, name, points, 1) for rank, name, points in table)
    return Results(replace(GAME, **given), placed, len(table), 3)


def test_question_says_where_it_stands_and_how_hard_it_is(english):
    assert text_of(games.sheet(sheet(), english)).startswith("### Question 1 of 3\n-# Nets · medium\n")


def test_question_that_nobody_wrote_is_marked(english, chinese):
    made = replace(CHOICE, origin=Origin.GENERATED)
    assert "-# Nets · medium · made from the notes\n" in text_of(games.sheet(sheet(made), english))
    assert "-# Nets · 中等 · 由笔记生成\n" in text_of(races.question(race(), asked(made, number=1), chinese))


@pytest.mark.parametrize("question", EVERY_KIND)
def test_question_of_every_kind_can_be_answered(question, english):
    message = games.sheet(sheet(question), english)
    assert any(isinstance(part, Buttons | Menu) for part in message.parts)


def test_answered_question_leads_on_and_into_the_notes(english):
    shown = buttons(games.sheet(sheet(right=True), english))
    assert shown["Next question ▶"] == "at1:7:2"
    assert shown["📖 Read on"] == f"read1:{'0' * 16}"


def test_last_question_leads_to_the_result(english, chinese):
    last = replace(sheet(right=False), count=1)
    assert "Result" in buttons(games.sheet(last, english))
    assert "看结果" in buttons(games.sheet(last, chinese))


@pytest.mark.parametrize("right", [None, True, False])
@pytest.mark.parametrize("kind", [Kind.CHOICE, Kind.SEVERAL, Kind.ORDER])
def test_longest_question_fits(kind, right, english):
    fits(games.sheet(sheet(replace(CHOICE, kind=kind, **LONGEST), right=right), english))


def test_summary_counts_and_lists(english):
    verdicts = (Verdict(asked(CHOICE), True, (0,), True, 15), Verdict(asked(TRUTH), True, (0,), False, 0))
    message = games.summary(Summary(7, verdicts, (Read("1" * 16, "ReLU"),)), english)
    assert text_of(message).startswith(
        "## 1 of 2 right\n15 points\n✅ 1. What gates SwiGLU?\n❌ 2. ReLU is linear\\.".replace("\\.", ".")
    )
    assert buttons(message) == {"📖 ReLU": f"read1:{'1' * 16}", "🔁 Once more": "again1:7"}


def test_summary_says_why_a_right_answer_earned_nothing(english):
    capped = (Verdict(asked(CHOICE), True, (0,), True, 0),)
    assert "at most 200 points a day" in text_of(games.summary(Summary(7, capped, ()), english))


def test_longest_summary_fits(english):
    hostile = replace(CHOICE, prompt=HOSTILE * 30)
    verdicts = tuple(Verdict(asked(hostile), True, (0,), False, 0) for _ in range(20))
    message = games.summary(Summary(7, verdicts, tuple(Read(f"{n:016x}", HOSTILE * 9) for n in range(20))), english)
    fits(message)
    assert "@everyone" not in text_of(message)


def test_nothing_to_ask_is_told_with_what_there_is(english, chinese):
    found = NoQuestions(wish(HOSTILE, 5, chinese=False), tuple(Topic(HOSTILE * 3, n) for n in range(40)))
    said = text_of(games.no_questions(found, english))
    assert "and 25 more" in said
    assert "@everyone" not in said
    assert "还没有题目。" in text_of(games.no_questions(NoQuestions(wish("", 5, chinese=True), ()), chinese))


def test_announcement_has_buttons_until_it_begins(english):
    before = races.announcement(race(), english, joined=2, begins_at=NOON)
    assert buttons(before) == {"Join": "join1:7", "Begin now": "go1:7", "Stop": "stop1:7"}
    assert f"Begins <t:{int(NOON.timestamp())}:R> · **2 have joined**" in text_of(before)
    assert buttons(races.announcement(race(), english)) == {}


def test_host_who_is_forgotten_is_somebody(english):
    assert "<@3> has started it." in text_of(races.announcement(race(), english))
    assert "somebody has started it." in text_of(races.announcement(race(host_id=-5), english))


def test_open_round_tells_how_many_answered_and_nothing_more(english):
    closing = asked(CHOICE, number=1, closes_at=NOON + timedelta(seconds=30))
    message = races.question(race(), closing, english, answered=7)
    assert f"⏳ Closes <t:{int(NOON.timestamp()) + 30}:R> · **7 have answered** · up to 15 points" in text_of(message)
    assert {"Skip", "Stop"} < set(buttons(message))
    assert "Swish is" not in text_of(message)


def test_bars_are_shares_of_those_who_answered(english):
    said = text_of(races.reveal(race(), outcome(), english, following=Next(None)))
    assert "**A** ▰▰▱▱▱▱▱▱▱▱ 1 ✅\n**B** ▰▰▰▰▰▰▰▰▱▱ 3\n**C** ▱▱▱▱▱▱▱▱▱▱ 0" in said


def test_true_and_false_have_bars_in_words(chinese):
    assert "**对** ▰▰▱" in text_of(races.reveal(race(), outcome(TRUTH), chinese, following=Next(None)))


def test_typed_answers_are_listed_and_escaped(english):
    said = text_of(races.reveal(race(), outcome(TYPED, typed=((HOSTILE, 2), ("", 1))), english, following=Next(None)))
    assert "× 2" in said
    assert "— × 1" in said
    assert "@everyone" not in said


def test_reveal_names_the_quickest_and_the_leading(english):
    found = outcome(quickest=(Quick("ann", 3_240), Quick("", 5_000)), leading=(Placed(1, HOSTILE, 30, 2),))
    said = text_of(races.reveal(race(), found, english, following=Next(None)))
    assert "⚡ Quickest: ann (3.2 s) · somebody (5.0 s)" in said
    assert "@everyone" not in said


def test_reveal_can_be_steered_while_the_race_goes_on(english):
    going = buttons(races.reveal(race(), outcome(), english, following=Next(NOON)))
    held = buttons(races.reveal(race(), outcome(), english, following=Next(NOON, held=True)))
    assert {"Next question ▶", "Pause", "Stop"} < set(going)
    assert "Pause" not in held
    assert {"Next question ▶", "Pause", "Stop"}.isdisjoint(
        buttons(races.reveal(race(), outcome(), english, following=Next(None)))
    )


@pytest.mark.parametrize(("question", "appeal"), [(TYPED, True), (CHOICE, False), (SEVERAL, False)])
def test_everybody_can_keep_or_report_a_question_and_appeal_for_what_they_typed(question, appeal, english):
    shown = buttons(races.reveal(race(), outcome(question), english, following=Next(None)))
    assert {"Add to my reviews", "⚑ Report"} <= set(shown)
    assert ("I was right" in shown) is appeal


@pytest.mark.parametrize(("answered", "right"), [(0, 0), (3, 3)])
def test_nobody_appeals_where_nobody_was_wrong(answered, right, english):
    found = outcome(TYPED, answered=answered, right=right, picked={})
    assert "I was right" not in buttons(races.reveal(race(), found, english, following=Next(None)))


@pytest.mark.parametrize("kind", [Kind.CHOICE, Kind.SEVERAL, Kind.ORDER])
def test_longest_round_and_its_reveal_fit(kind, english):
    longest = replace(CHOICE, kind=kind, **LONGEST)
    fits(races.question(race(), asked(longest, closes_at=NOON), english, answered=500))
    crowd = {"quickest": (Quick(HOSTILE * 9, 9),) * 3, "leading": (Placed(1, HOSTILE * 9, 9, 9),) * 3}
    fits(races.reveal(race(), outcome(longest, section_id="0" * 16, **crowd), english, following=Next(NOON)))


def test_equal_points_share_a_medal_and_the_next_rank_is_left_out(english):
    table = results((1, "ann", 30), (2, "bo", 20), (2, "cy", 20), (4, "dee", 5))
    lines = text_of(races.final(table, english)).split("\n")
    assert [line.split()[0] for line in lines[1:]] == ["🥇", "🥈", "🥈", "4\\."]


def test_race_that_nobody_got_right_has_no_medals(english):
    assert "🥇" not in text_of(races.final(results((1, "ann", 0), (1, "bo", 0)), english))


def test_longest_table_fits_and_counts_the_rest(english):
    message = races.final(results(*((n, HOSTILE * 9, 9) for n in range(1, 501))), english)
    fits(message)
    assert "and 480 more" in text_of(message)
    assert "@everyone" not in text_of(message)


@pytest.mark.parametrize(("ending", "said"), [
    ("stopped", "stopped before its end"), ("unanswered", "Nobody has answered for a while"),
    ("restart", "away for too long"), ("failed", "cannot go on"), ("finished", "🥇"),
])  # fmt: skip
def test_end_says_why(ending, said, english):
    assert said in text_of(races.final(results((1, "ann", 30), (2, "bo", 1), ending=ending), english))


@pytest.mark.parametrize("ending", ["stopped", "restart", "failed"])
def test_early_end_keeps_points_only_where_there_are_any(ending, english, chinese):
    kept, stays = results((1, "ann", 30), (2, "bo", 1), ending=ending), "Points earned until then stay."
    assert stays in text_of(races.final(kept, english))
    assert "已得的分数保留。" in text_of(races.final(kept, chinese))
    for nothing in (results(ending=ending), results((1, "ann", 0), ending=ending)):
        assert stays not in text_of(races.final(nothing, english))


def test_race_that_nobody_answered_says_so_once(english):
    assert text_of(races.final(results(ending="unanswered"), english)).count("Nobody has answered") == 1


def test_question_that_was_cut_off_is_told_not_to_count(english, chinese):
    found = replace(results((1, "ann", 30), (2, "bo", 1), ending="stopped"), cut_off=True)
    assert "still open does not count" in text_of(races.final(found, english))
    assert "那道题不算" in text_of(races.final(found, chinese))


def test_who_played_alone_is_told(english, chinese):
    assert "Only one player" in text_of(races.final(results((1, "ann", 0)), english))
    assert "没有人作答" in text_of(races.final(results(), chinese))


def test_running_race_is_a_link_once_it_has_a_message(english):
    assert buttons(races.running(Running(7, 1, 2, 3), english)) == {"Go there": "https://discord.com/channels/1/2/3"}
    assert buttons(races.running(Running(7, 1, 2, None), english)) == {}


def test_votes_are_told(english):
    assert text_of(races.voted(Skipping(1, 2, skipped=False), english)) == "Votes to skip: 1 of 2"
