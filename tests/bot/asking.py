"""Questions of every kind, and rounds of them in a made-up channel."""

import random
from dataclasses import replace
from datetime import UTC, datetime

from bot.publisher import Place, Publisher
from bot.render import asking
from bot.render.parts import Message
from bot.services.rounds import TEST, Asked, asked_of, new_round, shuffled
from knowledge.questions.model import Kind, Question
from storage import rounds

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)

CHOICE = Question(
    "a" * 16, Kind.CHOICE, "What gates SwiGLU?", "en", "Nets", choices=("Swish", "ReLU", "Tanh"), right=(0,)
)
SEVERAL = replace(CHOICE, kind=Kind.SEVERAL, prompt="Which squash?", choices=("Tanh", "ReLU", "Sigmoid"), right=(0, 2))
TRUTH = replace(CHOICE, kind=Kind.TRUTH, prompt="ReLU is linear.", choices=(), right=(1,))
TYPED = replace(CHOICE, kind=Kind.TYPED, prompt="What does GLU gate?", choices=(), right=(), accepted=("the value",))
ORDER = replace(CHOICE, kind=Kind.ORDER, prompt="Oldest first.", choices=("Sigmoid", "ReLU", "SwiGLU"), right=())
OPEN = replace(CHOICE, kind=Kind.OPEN, prompt="Why gates?", choices=(), right=(), points=("one", "two"), answer="So.")
EVERY_KIND = (CHOICE, SEVERAL, TRUTH, TYPED, ORDER, OPEN)


def asked(question: Question, **given: object) -> Asked:
    """Return *question* as it was asked in round 5, its choices in the order written."""
    shuffle = tuple(range(len(question.choices) or 2)) if question.kind in {Kind.CHOICE, Kind.SEVERAL} else None
    values = {
        "round_id": 5,
        "guild_id": 1,
        "channel_id": 2,
        "source": TEST,
        "question": question,
        "shuffle": shuffle if shuffle is not None else shuffled(question, random.Random(1)),
        "game_id": None,
        "number": 0,
        "host_id": None,
        "opened_at": NOON,
        "closes_at": None,
    }
    return Asked(**{**values, **given})


async def open_round(db, question: Question, *, guild_id: int, channel_id: int = 2, source: str = TEST) -> Asked:
    """Open a round of *question* with its choices in the order written, and return it."""
    made = new_round(question, guild_id=guild_id, channel_id=channel_id, source=source, rng=random.Random(1))
    made = replace(made, opened_at=NOON, shuffle=asked(question).shuffle)
    async with db.begin() as conn:
        kept = await rounds.get(conn, await rounds.add(conn, made))
    return asked_of(kept)


async def post(chat, db, question: Question, texts):
    """Post *question* in the channel of *chat* and return the round and the message."""
    guild_id = chat.channel.guild.id
    found = await open_round(db, question, guild_id=guild_id, channel_id=chat.channel.id)
    message = Message((*asking.question_parts(found, texts), *asking.answer_controls(found, texts)))
    publisher = Publisher(chat.env.bot)
    await publisher.post(Place(guild_id, chat.channel.id), message, nonce=f"t{found.round_id}")
    await chat.env.settle()
    return found, chat.channel.last_message
