from bot.render import limits, presses, topics
from bot.render.parts import Buttons, Menu
from bot.services.topics import Category, TopicNote, TopicSection


def menu(message) -> Menu:
    return next(part for part in message.parts if isinstance(part, Menu))


def presses_of(message):
    return [button.press for part in message.parts if isinstance(part, Buttons) for button in part.buttons]


def categories(count):
    return [Category(f"{number:016x}", f"folder{number}", ()) for number in range(count)]


def test_more_than_a_menu_holds_is_paged(english):
    first, last = (topics.categories(categories(60), page, english) for page in (0, 2))
    assert len(menu(first).options) == limits.OPTIONS
    assert [option.label for option in menu(last).options] == [f"folder{number}" for number in range(50, 60)]
    assert presses.topics("a", "-", 1) in presses_of(first)


def test_page_beyond_the_last_is_the_last(english):
    assert topics.categories(categories(30), 9_999, english) == topics.categories(categories(30), 1, english)


def test_nothing_to_choose_is_said(english):
    assert "nothing here yet" in topics.categories([], 0, english).parts[1].text


def test_headings_show_their_depth_and_hold_their_limit(english):
    sections = (TopicSection("0" * 16, "根", 0), TopicSection("1" * 16, "节" * 300, 9))
    shown = menu(topics.note(Category("c" * 16, "", ()), TopicNote("n" * 16, "t", "t.md", sections), 0, english))
    assert shown.options[0].label == "根"
    assert shown.options[1].label.startswith("· · · · · 节")
    assert limits.characters(shown.options[1].label) <= limits.OPTION_LABEL


def test_note_leads_up_to_its_category(english):
    parent = Category("c" * 16, "x", ())
    message = topics.note(parent, TopicNote("n" * 16, "t", "t.md", ()), 0, english)
    assert presses_of(message) == [presses.topics(presses.CATEGORY, parent.key, 0)]


def test_root_has_a_name(chinese):
    assert topics.category_name(Category("c" * 16, "", ()), chinese) == "未分类"
