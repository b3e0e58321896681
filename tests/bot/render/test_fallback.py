from bot.render import fallback, limits
from bot.render.parts import Buttons, Message, Picture, Separator, Text


def texts(message):
    return [part.text for part in message.parts if isinstance(part, Text)]


def test_half_has_half_the_text_and_keeps_what_can_be_pressed(english):
    whole = Message((Text("## t"), Text("段落。" * 500), Picture("a"), Picture("b"), Separator(), Buttons(())))
    half = fallback.halved(whole, english)
    assert sum(map(len, texts(half)[:-1])) <= sum(map(len, texts(whole))) / 2
    assert [part for part in half.parts if isinstance(part, Picture)] == [Picture("a")]
    assert Buttons(()) in half.parts
    assert "shortened" in texts(half)[-1]


def test_plain_text_holds_the_limit_of_a_message():
    assert limits.characters(fallback.plain(Message((Text("好" * 3_000), Text("x"))))) <= limits.CONTENT


def test_plain_text_of_a_message_without_text_is_not_empty():
    assert fallback.plain(Message((Picture("a"),))) == "—"


def test_picture_that_cannot_be_sent_is_named(english):
    shown = fallback.without_pictures(Message((Picture("a/b.png", "the *gate*"), Picture("c.png"))), {"c.png"}, english)
    assert shown.parts == (Text("-# 🖼 the \\*gate\\*: cannot be shown here"), Picture("c.png"))


TOLD = Picture("a.png", "alt", drawn=True, instead="the same in words")


def test_picture_that_cannot_be_sent_leaves_what_it_says(english):
    message = Message((TOLD, Picture("b.png", instead="")))
    assert fallback.without_pictures(message, {}, english).parts == (Text("the same in words"),)
    assert fallback.without_pictures(message, {"a.png", "b.png"}, english) == message


def test_half_of_one_picture_is_what_it_says(english):
    half = fallback.halved(Message((Text("## t"), TOLD)), english)
    assert texts(half)[:2] == ["## t", "the same in words"]


def test_plain_text_says_what_pictures_say():
    assert fallback.plain(Message((Text("t"), TOLD, Picture("b")))) == "t\n\nthe same in words"
