"""What is animated in the notes and stands still in a message says so."""

from bot.render import stills
from bot.render.parts import Message, Picture, Text

MESSAGE = Message((Text("a"), Picture("a.gif", "the steps"), Picture("b.gif"), Picture("c.png", "c")))


def test_words_of_a_still_say_that_it_is_one(english):
    told = stills.told(MESSAGE, {"a.gif", "b.gif"}, english).parts
    assert [part.alt for part in told[1:]] == [
        "the steps (first frame of an animation)",
        "first frame of an animation",
        "c",
    ]


def test_other_parts_are_as_they_were(english):
    assert stills.told(MESSAGE, (), english) == MESSAGE
