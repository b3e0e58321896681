"""Questions are drawn beside the event loop: full of tables, one takes longer than others may have to wait."""

import threading

import pytest

from bot.render import games, races, review
from tests.bot.games.conftest import answer


async def test_quiz_is_drawn_beside_the_event_loop(drawn, chat):
    threads = drawn(games, "sheet")
    quiz = (await chat.ann.slash(chat.channel, "quiz start", topic="Nets", count=2)).response
    await answer(chat.ann, quiz)
    await chat.ann.click(quiz, label="Next question ▶")
    assert len(threads) == 3
    assert threading.main_thread() not in threads


@pytest.mark.parametrize("name", ["question", "reveal"])
async def test_round_of_a_race_is_drawn_beside_the_event_loop(name, drawn, track):
    threads = drawn(races, name)
    await track.begin(topic="Nets", count=2)
    await track.answered()
    await track.after(32)
    assert threads
    assert threading.main_thread() not in threads


async def test_card_is_drawn_beside_the_event_loop(drawn, chat):
    threads = drawn(review, "desk")
    quiz = (await chat.ann.slash(chat.channel, "quiz start", topic="Nets", difficulty=1)).response
    await answer(chat.ann, quiz, right=False)
    await chat.ann.slash(chat.channel, "review")
    assert threads
    assert threading.main_thread() not in threads
