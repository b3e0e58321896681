"""A deck of all cards is put together beside the event loop: thousands of cards take their time."""

import threading
from dataclasses import replace

from bot.services.libraries import Libraries
from bot.services.library import Library
from bot.services.review import Review
from tests.bot.asking import CHOICE
from tests.bot.services.conftest import ANN, BO, GROUP


async def test_deck_is_put_together_off_the_event_loop(db, groups, rounds, questions, library, clock, add_card):
    threads = []

    class Watched(Library):
        @property
        def index(self):
            threads.append(threading.current_thread())
            return library.index

    watched = Libraries(Watched(cache=None, clock=clock))
    review = Review(db, groups, rounds=rounds, questions=questions, libraries=watched, clock=clock)
    await add_card(replace(CHOICE, file="nets/Activation_en.md", heading="ReLU"))
    assert len(await review.deck(ANN)) == 1
    assert threads != []
    assert threading.main_thread() not in threads


async def test_deck_reads_the_cards_of_each_group_as_that_group_has_them(review, add_card, bank):
    elsewhere = replace(ANN, guild_id=GROUP + 1)
    await add_card(CHOICE)
    await add_card(replace(CHOICE, id="e" * 16), elsewhere)
    await add_card(CHOICE, BO)
    bank[:] = [replace(CHOICE, prompt="Newer?")]
    assert [one.question.prompt for one in await review.deck(ANN)] == [CHOICE.prompt, "Newer?"]
