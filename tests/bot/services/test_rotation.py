"""Which question comes next."""

import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.services.rotation import Past, pick
from knowledge.questions.model import Kind, Question

FIRST = Question("0" * 16, Kind.TRUTH, "?", "en", "A", right=(1,))


def bag(*topics: str) -> list[Question]:
    """Return a question of each topic."""
    return [replace(FIRST, id=f"{number:016x}", topic=topic) for number, topic in enumerate(topics)]


def drawn(questions: list[Question], count: int, seed: int = 1, by_hand: tuple[Question, ...] = ()) -> list[Question]:
    """Return what is asked on so many days."""
    asked: list[Question] = []
    line = list(by_hand)
    for _ in range(count):
        last = list(dict.fromkeys(one.id for one in reversed(asked)))[::-1]
        found = pick(questions, line, Past(last, [one.topic for one in asked[-2:]]), seed)
        assert found is not None
        line = line[1:] if found.by_hand else line
        asked.append(found.question)
    return asked


def runs(asked: list[Question]) -> int:
    """Return how often a topic comes three times in a row."""
    return sum(len({one.topic for one in asked[at : at + 3]}) == 1 for at in range(len(asked) - 2))


@given(st.integers(0, 2**31 - 1), st.integers(1, 40))
def test_each_comes_once_before_one_comes_again(seed, count):
    questions = bag(*random.Random(count).choices("ABCD", k=count))
    assert {one.id for one in drawn(questions, count, seed)} == {one.id for one in questions}


def test_order_is_the_same_for_the_same_seed_and_another_for_another():
    questions = bag(*"ABCDABCDABCD")
    orders = [[one.id for one in drawn(questions, 12, seed)] for seed in (1, 1, 2)]
    assert orders[0] == orders[1] != orders[2]


def test_order_is_not_that_of_the_files():
    questions = bag(*"ABCDABCDABCD")
    assert [one.id for one in drawn(questions, 12)] != [one.id for one in questions]


def test_order_does_not_depend_on_how_the_bank_lists_them():
    questions = bag(*"ABCDABCDABCD")
    assert drawn(questions, 12) == drawn(questions[::-1], 12)


@given(st.lists(st.sampled_from("ABC"), min_size=1, max_size=30), st.integers(0, 1000))
def test_no_topic_comes_three_times_in_a_row_where_that_can_be_avoided(topics, seed):
    most = max(topics.count(topic) for topic in topics)
    avoidable = most <= 2 * (len(topics) - most + 1)
    if avoidable:
        assert runs(drawn(bag(*topics), len(topics), seed)) == 0


def test_single_topic_does_not_stop_the_rotation():
    assert len({one.id for one in drawn(bag(*"AAAAA"), 5)}) == 5


def test_new_question_enters_the_bag_at_once():
    questions = bag(*"ABCABC")
    asked = drawn(questions[:5], 4)
    past = Past([one.id for one in asked], [one.topic for one in asked[-2:]])
    left = {pick(questions, [], past, seed).question.id for seed in range(20)}
    assert questions[5].id in left


def test_when_all_were_asked_the_one_asked_longest_ago_comes():
    questions = bag(*"ABC")
    asked = drawn(questions, 7)
    assert [one.id for one in asked[:3]] == [one.id for one in asked[3:6]]


def test_recycled_questions_keep_their_topics_apart():
    assert runs(drawn(bag(*"AABBCC"), 30)) == 0


def test_pick_by_hand_comes_first_whatever_its_topic():
    questions = bag(*"ABCABC")
    line = (questions[3], questions[0])
    assert [one.id for one in drawn(questions, 2, by_hand=line)] == [questions[3].id, questions[0].id]


def test_pick_by_hand_need_not_fit_the_stream():
    elsewhere = replace(FIRST, id="f" * 16, topic="Elsewhere")
    found = pick(bag("A"), [elsewhere], Past(), 1)
    assert (found.question, found.left, found.by_hand, found.fresh) == (elsewhere, 1, True, True)


def test_what_is_left_is_counted():
    questions = bag(*"ABCAB")
    assert pick(questions, [], Past(), 1).left == 4
    assert pick(questions, [], Past([one.id for one in questions[:4]]), 1).left == 0
    found = pick(questions, [], Past([one.id for one in questions]), 1)
    assert (found.left, found.fresh) == (0, False)


def test_question_that_is_gone_from_the_bank_disturbs_nothing():
    questions = bag(*"AB")
    assert pick(questions, [], Past(["gone", questions[0].id], ["X", "X"]), 1).question == questions[1]


def test_nothing_to_ask():
    assert pick([], [], Past(["gone"]), 1) is None


def test_spelling_of_a_topic_does_not_matter():
    questions = [replace(FIRST, id="1" * 16, topic="attention"), replace(FIRST, id="2" * 16, topic="Other")]
    assert pick(questions, [], Past([], ["Attention", "ATTENTION"]), 1).question.topic == "Other"
