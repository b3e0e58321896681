"""Which questions a game asks: of the topic meant, in the reader's language, unknown ones first."""

import random
from dataclasses import replace

import pytest

from bot.services.choosing import chosen, fitting, topics, wish
from knowledge.questions.bank import Bank
from knowledge.questions.model import Difficulty, Kind, Origin
from tests.bot.asking import CHOICE, OPEN


def numbered(count, first=0, **given):
    return [replace(CHOICE, id=f"{number:016x}", **given) for number in range(first, first + count)]


def ids(found):
    return {question.id for question in found}


def wanted(topic="", count=5, *, chinese=False, difficulty=None):
    return wish(topic, count, chinese=chinese, difficulty=difficulty)


def test_open_questions_are_never_asked():
    assert fitting(Bank([OPEN]), wanted()) == ()
    assert topics(Bank([OPEN]), "en") == ()


def test_questions_are_in_the_language_of_the_reader():
    english, chinese = CHOICE, replace(CHOICE, language="zh", topic="网络", prompt="？")
    assert fitting(Bank([english, chinese]), wanted(chinese=True)) == (chinese,)
    assert fitting(Bank([english, chinese]), wanted()) == (english,)


def test_other_language_serves_where_there_is_nothing_in_ones_own():
    assert fitting(Bank([CHOICE]), wanted(chinese=True)) == (CHOICE,)


@pytest.mark.parametrize("typed", ["Nets", " nets ", "NETS", "ＮＥＴＳ", "et", "SwiGLU", "activation"])
def test_topic_is_found_by_its_name_a_part_or_what_it_is_about(typed):
    about = replace(CHOICE, file="nets/Activation.md", heading="SwiGLU")
    other = replace(CHOICE, id="f" * 16, topic="Optimizers")
    assert fitting(Bank([about, other]), wanted(typed)) == (about,)


def test_name_of_a_topic_wins_over_a_part_of_another():
    exact, part = CHOICE, replace(CHOICE, id="f" * 16, topic="Convolutional nets")
    assert fitting(Bank([part, exact]), wanted("nets")) == (exact,)


def test_unknown_topic_has_nothing():
    assert fitting(Bank([CHOICE]), wanted("knitting")) == ()


def test_difficulty_is_held():
    hard = replace(CHOICE, id="f" * 16, difficulty=Difficulty.HARD)
    assert fitting(Bank([CHOICE, hard]), wanted(difficulty=3)) == (hard,)


def test_as_many_are_chosen_as_there_are(rng):
    assert len(chosen(numbered(3), 5, known=(), rng=rng)) == 3
    assert len(ids(chosen(numbered(9), 5, known=(), rng=rng))) == 5


def test_known_ones_come_only_where_others_are_too_few(rng):
    known = ids(numbered(6))
    assert ids(chosen(numbered(10), 4, known=known, rng=rng)) == ids(numbered(4, 6))
    assert ids(chosen(numbered(10), 6, known=known, rng=rng)) >= ids(numbered(4, 6))


def test_what_people_wrote_comes_before_what_was_made_from_the_notes(rng):
    made = numbered(20, 10, origin=Origin.GENERATED)
    found = chosen([*made, *numbered(3)], 5, known=(), rng=rng)
    assert ids(numbered(3)) < ids(found)


def test_nothing_made_is_asked_where_enough_was_written(rng):
    found = chosen([*numbered(20, 10, origin=Origin.GENERATED), *numbered(5)], 5, known=(), rng=rng)
    assert ids(found) == ids(numbered(5))


def test_questions_of_files_notes_and_the_group_are_equals(rng):
    written = [*numbered(3, origin=Origin.NOTES), *numbered(3, 3, origin=Origin.FILE)]
    found = chosen([*numbered(9, 10, origin=Origin.GENERATED), *written], 6, known=(), rng=rng)
    assert ids(found) == ids(written)


def test_what_was_made_comes_alone_where_nothing_else_exists():
    made = numbered(3, origin=Origin.GENERATED)
    assert fitting(Bank(made), wanted()) == tuple(made)


def test_what_was_made_fills_up_before_what_is_known_is_asked_again(rng):
    made, written = numbered(2, 10, origin=Origin.GENERATED), numbered(6)
    known = ids(numbered(4))
    found = ids(chosen([*made, *written], 5, known=known, rng=rng))
    assert found > ids(numbered(2, 4)) | ids(made)
    assert len(found & known) == 1


def mixed(*, words, others, written=0):
    """Return questions of which those that ask for vocabulary alone are the first."""
    made = numbered(words, origin=Origin.GENERATED, vocabulary=True)
    return [*made, *numbered(others, 100, origin=Origin.GENERATED), *numbered(written, 200)]


def counted(questions, count, *, known=(), seeds=20):
    """Return how many were chosen at most and at least, and how many of them asked for vocabulary alone."""
    found = [chosen(questions, count, known=known, rng=random.Random(seed)) for seed in range(seeds)]
    words = [sum(question.vocabulary for question in one) for one in found]
    return {len(one) for one in found}, min(words), max(words)


@pytest.mark.parametrize(("count", "most"), [(1, 1), (2, 1), (3, 1), (5, 1), (6, 2), (9, 3), (10, 3)])
def test_vocabulary_is_a_third_of_what_was_made_at_most(count, most):
    sizes, _, found = counted(mixed(words=90, others=30), count)
    assert (sizes, found) == ({count}, most)


def test_vocabulary_is_a_third_of_what_was_made_beside_what_people_wrote():
    assert counted(mixed(words=90, others=30, written=4), 10)[2] == 2
    assert counted(mixed(words=90, others=30, written=4), 5)[2] == 1


def test_what_is_known_is_asked_before_more_vocabulary():
    questions = mixed(words=90, others=3, written=5)
    assert counted(questions, 9, known=ids(numbered(5, 200))) == ({9}, 1, 1)


def test_fewer_are_asked_rather_than_more_vocabulary():
    assert counted(mixed(words=90, others=4), 10) == ({6}, 2, 2)
    assert counted(mixed(words=90, others=0, written=3), 10) == ({4}, 1, 1)


def test_vocabulary_alone_is_asked_where_there_is_nothing_else():
    assert counted(mixed(words=90, others=0), 5) == ({5}, 5, 5)


def test_vocabulary_comes_no_oftener_than_by_chance():
    assert counted(mixed(words=1, others=19), 5)[1:] == (0, 1)
    assert counted(mixed(words=90, others=9, written=5), 5) == ({5}, 0, 0)


def test_order_and_choice_are_by_chance():
    found = {tuple(q.id for q in chosen(numbered(9), 5, known=(), rng=random.Random(seed))) for seed in range(9)}
    assert len(found) > 5


def test_topics_are_counted_the_largest_first_then_by_name():
    bank = Bank(
        [*numbered(2), *numbered(2, 5, topic="Attention"), *numbered(3, 10, topic="B"), replace(OPEN, topic="C")]
    )
    assert [(topic.name, topic.questions) for topic in topics(bank, "en")] == [("B", 3), ("Attention", 2), ("Nets", 2)]


def test_topics_of_the_other_language_are_named_where_there_are_no_others():
    assert [topic.name for topic in topics(Bank([CHOICE]), "zh")] == ["Nets"]


def test_wish_is_read_from_what_was_typed():
    found = wish("  a topic ", 3, chinese=True, difficulty=2)
    assert (found.topic, found.language, found.difficulty) == ("a topic", "zh", Difficulty.MEDIUM)
    assert wish("", 3, chinese=False).difficulty is None
    assert Kind.OPEN not in {question.kind for question in fitting(Bank([CHOICE]), found)}
