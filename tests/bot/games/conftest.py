"""Notes with question files in both languages, and a server whose bot asks from them."""

import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from simcord.results import ResponseMessage

from bot.services.library import Library
from knowledge.library import Loaded
from knowledge.sources import Folder
from tests.bot.conftest import Chat, now, pressable, words, write_notes

LOOK = 8
"""Seconds after which what people did is looked at: longer than simcord waits for real."""
ENGLISH = """language: en
topic: Nets
questions:
  - {id: gate, kind: choice, question: What gates SwiGLU?, choices: [Swish, ReLU, Tanh], answer: A, difficulty: easy,
     explanation: Swish is smooth., source: nets/Activation_en.md#SwiGLU}
  - {id: squash, kind: several, question: Which squash?, choices: [Tanh, ReLU, Sigmoid], answer: [A, C]}
  - {id: linear, kind: truth, question: ReLU is linear., answer: false, source: nets/Activation_en.md#ReLU}
  - {id: value, kind: typed, question: What does GLU gate?, accept: [value]}
  - {id: oldest, kind: order, question: Oldest first., choices: [Sigmoid, ReLU, SwiGLU]}
  - {id: why, kind: open, question: Why gates?, answer: So., points: [one]}
  - {id: hostile, kind: choice, topic: "*Odd* <@1>", question: "@everyone <@1> [x](https://evil.example)?",
     choices: ["**a**", "<@2>"], answer: A, difficulty: hard}
"""
CHINESE = """language: zh
topic: 网络
questions:
  - {id: gate, kind: choice, question: SwiGLU 用什么做门控？, choices: [Swish, ReLU, Tanh], answer: A, difficulty: easy,
     explanation: Swish 是光滑的。, source: nets/Activation_cn.md#SwiGLU}
  - {id: zh-only, kind: truth, question: ReLU 是线性的。, answer: false}
"""


@pytest.fixture(scope="session")
def notes(tmp_path_factory) -> Path:
    root = write_notes(tmp_path_factory.mktemp("asked"))
    (root / "en.questions.yaml").write_text(ENGLISH, "utf-8")
    (root / "zh.questions.yaml").write_text(CHINESE, "utf-8")
    return root


@pytest.fixture(scope="session")
def loaded(notes) -> Loaded:
    return Library(Folder(notes), cache=None, clock=now).load()


@pytest.fixture
async def services(services):
    """Return the services; looks at a race wait for the clock that a test moves."""
    services.race_steps.looks.every = timedelta(seconds=LOOK)
    return services


RIGHT = {
    "What gates SwiGLU?": "Swish", "SwiGLU 用什么做门控？": "Swish", "Which squash?": ("Tanh", "Sigmoid"),
    "ReLU is linear.": "False", "ReLU 是线性的。": "错", "What does GLU gate?": "value",
    "Oldest first.": ("Sigmoid", "ReLU", "SwiGLU"),
}  # fmt: skip
"""What is right, by the question."""
_LETTERED = re.compile(r"^\*\*([A-J])\.\*\* (.*)$", re.MULTILINE)


def letters(said: str) -> dict[str, str]:
    """Return the letter of each choice that a message shows."""
    return {choice: letter for letter, choice in _LETTERED.findall(said)}


async def answer(actor, message, right: bool = True):
    """Answer the question in *message*, whatever its kind, and return what the presser is told."""
    said, controls = words(message), pressable(message)
    answers = RIGHT[next(prompt for prompt in RIGHT if prompt in said)]
    of = letters(said)
    if "Pick all that are right" in controls:
        picked = sorted("ABC".index(of[one]) for one in answers)
        values = [str(place) for place in (picked if right else picked[:1])]
        return await actor.select(message, values)
    if typed := next((one for one in ("Type your answer", "Put in order") if one in controls), None):
        window = await actor.click(message, label=typed)
        text = answers if isinstance(answers, str) else "".join(of[one] for one in answers)
        return await actor.submit_modal(window, {"answer": text if right else "".join(reversed(text))})
    labels = (
        [of.get(answers, answers)]
        if right
        else [one for one in answerable(controls) if one != of.get(answers, answers)]
    )
    return await actor.click(message, label=labels[0])


def answerable(controls) -> list[str]:
    """Return the labels of the buttons that answer."""
    return [label for label, press in controls.items() if press.startswith("choice1:")]


async def press(chat, actor, message, custom_id: str):
    """Press a button that *message* does not have (any more), as a forged client or a second device would."""
    stored = chat.env.backend.get_message(message.channel_id, message.id)
    row = {"type": 1, "components": [{"type": 2, "style": 1, "label": "not there", "custom_id": custom_id}]}
    before = stored.components
    stored.components = [*before, row]
    try:
        return await actor.click(message, label="not there")
    finally:
        stored.components = [one for one in stored.components if one != row]


@dataclass(frozen=True, slots=True)
class Track:
    """A race in the channel of a chat, and its members' ways to act on it."""

    chat: Chat

    async def start(self, who=None, **options):
        """Start a race and return what its host is told."""
        return (await (who or self.chat.ann).slash(self.chat.channel, "quiz race", **options)).response

    async def begin(self, **options):
        """Start a race and go to its first question, which is returned."""
        await self.start(**options)
        return await self.click(self.chat.ann, "Begin now")

    async def click(self, actor, label):
        """Press what the newest message offers and return the newest message."""
        await actor.click(self.now(), label=label)
        return self.now()

    async def after(self, seconds: float):
        """Let time pass and return the newest message."""
        await self.chat.env.advance_time(seconds)
        return self.now()

    async def answered(self, *, ann: bool = True, bo: bool = True):
        """Let both answer, right or not, until that is seen, and return the message."""
        await answer(self.chat.ann, self.now(), ann)
        await answer(self.chat.bo, self.now(), bo)
        return await self.after(LOOK)

    async def next(self):
        """Go to the next question and return it."""
        return await self.click(self.chat.ann, "Next question ▶")

    def now(self) -> ResponseMessage:
        """Return the newest message as it stands."""
        return self.messages()[-1]

    def messages(self) -> list[ResponseMessage]:
        """Return every message of the channel as it stands, oldest first."""
        backend = self.chat.env.backend
        shown = self.chat.channel.history()
        return [ResponseMessage(self.chat.env, backend.get_message(one.channel.id, one.id)) for one in shown]

    def told(self) -> list[str]:
        """Return what every message says, oldest first."""
        return list(map(words, self.messages()))


@pytest.fixture
def track(chat) -> Track:
    return Track(chat)
