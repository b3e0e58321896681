"""A morning of a study group in the local chat: the daily question, a race, and what everybody has to show for it."""

import re
import signal

import pytest
from playwright.sync_api import Locator, expect

from tests.bot.trial_process import trying
from tests.e2e.conftest import NARROW, WIDE, Chat

ANSWER = re.compile(r"The answer: ([A-J])\.")
LETTERS = "ABCD"


@pytest.fixture(scope="module", params=[WIDE, NARROW])
def chat(browser, request, tmp_path_factory):
    """Open a chat of its own, about notes of which every question is one of three choices."""
    (width, height), member = request.param
    notes = tmp_path_factory.mktemp("notes")
    (notes / "letters.md").write_text("# Letters\n\n## Greek\n\nThe Greek alphabet begins with alpha.\n", "utf-8")
    (notes / "questions.yaml").write_text(QUESTIONS, "utf-8")
    page = browser.new_page(viewport={"width": width, "height": height}, bypass_csp=True)
    with trying(tmp_path_factory.mktemp("home"), "--lang", "en", "--notes", notes) as trial:
        yield Chat(page, trial.address, member)
        assert trial.end(signal.SIGINT) == (0, "")
    page.close()


QUESTIONS = "language: en\ntopic: Letters\nquestions:\n" + "".join(
    f"""  - id: letter-{number}
    kind: choice
    question: Which word of set {number} is Greek?
    choices: [alpha {number}, aleph {number}, az {number}]
    answer: A
    explanation: Alpha begins the Greek alphabet.
    source: letters.md#Greek
"""
    for number in range(4)
)


def right_letter(question: Locator) -> str:
    """Return the letter under which the Greek word is shown."""
    return next(letter for letter in LETTERS if question.get_by_text(f"{letter}. alpha").count())


def press(chat: Chat, member: str, *, right: bool) -> Locator:
    """Answer the newest question as *member*, and return what they alone are told."""
    chat.view_as(member)
    question = chat.messages.filter(has_text="Which word of set").filter(has=chat.page.get_by_role("button")).last
    letter = right_letter(question)
    wanted = letter if right else next(other for other in "ABC" if other != letter)
    chat.press(question, wanted, exact=True)
    return chat.messages.last


def test_daily_question_is_set_up_tried_and_answered(chat):
    chat.view_as("You")
    chat.use("daily setup")
    chat.submit()
    panel = chat.messages.last
    expect(panel.get_by_text("A test post shows what it looks like")).to_be_visible()
    chat.press(panel, "Test post")
    expect(chat.messages.filter(has_text="This is a test").last).to_be_visible()
    expect(press(chat, "林晓", right=True).get_by_text("Right!")).to_be_visible()
    expect(press(chat, "Ada", right=False).get_by_text("Not right.")).to_be_visible()


def test_race_of_two_members_fills_scores_boards_and_reviews(chat):
    chat.view_as("林晓")
    chat.use("quiz race", count="2")
    race = chat.messages.filter(has_text="Race: 2 questions").last
    chat.view_as("Ada")
    chat.press(race, "Join")
    chat.view_as("林晓")
    chat.press(race, "Begin now")
    play(chat, 1)
    chat.view_as("林晓")
    chat.press(chat.messages.filter(has_text="Question 1 of 2").last, "Next")
    play(chat, 2)
    expect(chat.messages.filter(has_text=re.compile("🥇 林晓")).last).to_be_visible()
    chat.view_as("林晓")
    expect(chat.use("score").get_by_text(re.compile(r"([1-9]) of \1 right")).first).to_be_visible()
    card = chat.use("leaderboard").get_by_alt_text(re.compile("This week: 1 林晓, [1-9][0-9]* points"))
    expect(card).to_be_visible()
    chat.view_as("Ada")
    expect(chat.use("score").get_by_text(re.compile("0 of [1-9] right")).first).to_be_visible()
    expect(chat.use("review").get_by_text(re.compile("[1-9] cards? due"))).to_be_visible()


def play(chat: Chat, number: int) -> None:
    """Let one member answer a question of the race right, another wrong, and wait for what was right."""
    question = chat.messages.filter(has_text=f"Question {number} of 2")
    expect(question.filter(has_text="Closes").last).to_be_visible()
    for member, right in (("林晓", True), ("Ada", False)):
        expect(press(chat, member, right=right).get_by_text("Your answer is in")).to_be_visible()
    expect(question.filter(has_text="The answer: ").last).to_be_visible(timeout=60_000)
