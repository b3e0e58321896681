"""Topics in two languages and several spellings are one subject."""

from dataclasses import replace

from bot.services.subjects import Subject, Subjects, key_of
from knowledge.questions.bank import Bank
from knowledge.questions.model import Kind
from tests.storage.answering import QUESTION

TREES = replace(QUESTION, id="b" * 16, topic="Trees")
BAEUME = replace(TREES, language="zh", topic="树")
NETS_ZH = replace(QUESTION, language="zh", topic="网络")
OPEN = replace(QUESTION, id="c" * 16, topic="Talk", kind=Kind.OPEN)


def subjects(*questions):
    return Subjects(Bank(questions))


def test_topics_of_one_question_s_languages_are_one_subject():
    (found,) = subjects(QUESTION, NETS_ZH).all
    assert found.names == {"Nets", "网络"}
    assert (found.name("en"), found.name("zh")) == ("Nets", "网络")


def test_subject_without_a_name_in_a_language_is_called_by_the_other():
    assert subjects(QUESTION).all[0].name("zh") == "Nets"


def test_topics_are_joined_over_several_questions():
    other = replace(NETS_ZH, id="d" * 16, topic="神经网络")
    english = replace(other, language="en", topic="Nets")
    (found,) = subjects(QUESTION, NETS_ZH, other, english).all
    assert found.names == {"Nets", "网络", "神经网络"}
    assert found.name("zh") == "网络"


def test_spellings_of_a_topic_are_one_subject():
    (found,) = subjects(QUESTION, replace(QUESTION, id="e" * 16, topic="NETS")).all
    assert found.names == {"Nets", "NETS"}


def test_topics_without_a_question_in_common_stay_apart():
    assert [one.name("en") for one in subjects(QUESTION, TREES, BAEUME).all] == ["Nets", "Trees"]


def test_subject_is_found_by_any_of_its_names():
    found = subjects(QUESTION, NETS_ZH, TREES)
    assert found.of("网络") is found.of("nets") is found.by_key(key_of("Nets")) is found.by_key(key_of("网络"))


def test_topic_that_no_question_has_any_more_is_a_subject_of_its_own():
    assert subjects(QUESTION).of("Old") == Subject(frozenset({"Old"}), {})
    assert subjects(QUESTION).of("Old").name("zh") == "Old"


def test_subject_is_meant_by_a_part_of_its_name():
    found = subjects(QUESTION, NETS_ZH, TREES)
    assert found.meant("tree").name("en") == "Trees"
    assert found.meant("网") is found.of("Nets")
    assert found.meant("cooking") is None
    assert found.meant("") is None


def test_whole_name_goes_before_a_part_of_one():
    found = subjects(replace(TREES, topic="Decision trees"), replace(TREES, id="f" * 16, topic="Trees"))
    assert found.meant("trees").name("en") == "Trees"


def test_holding_offers_all_before_anything_is_typed():
    assert len(subjects(QUESTION, TREES).holding("")) == 2


def test_open_questions_alone_make_no_quiz():
    assert [one.playable for one in subjects(QUESTION, OPEN).all] == [True, False]


def test_key_is_that_of_every_spelling_and_fits_a_custom_id():
    assert key_of("Nets") == key_of(" NETS ")
    assert len(key_of("x" * 500)) == 16


def test_very_long_topic_has_the_name_under_which_answers_are_kept():
    (found,) = subjects(replace(QUESTION, topic="x" * 300)).all
    assert found.names == {"x" * 100}


def test_bank_without_questions_has_no_subjects():
    assert subjects().all == ()
