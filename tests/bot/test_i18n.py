import pytest

from bot.i18n import Catalogues, Texts, pick
from bot.render import replies
from bot.render.help import CALLED


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("zh-CN", "zh-CN"), ("zh", "zh-CN"), ("zh_CN.UTF-8", "zh-CN"), ("zh-Hans-SG", "zh-CN"),
        ("zh-TW", "zh-TW"), ("zh_HK", "zh-TW"), ("zh-Hant", "zh-TW"), ("zh-MO", "zh-TW"),
        ("en-US", "en"), ("en-GB", "en"), ("fr", "en"), ("C", "en"), ("", "en"), (None, "en"),
    ],
)  # fmt: skip
def test_locale_is_served_by_the_nearest_language(locale, language):
    assert pick(locale) == language


@pytest.mark.parametrize(
    ("locale", "language"), [("fr", "zh-CN"), (None, "zh-CN"), ("en-GB", "en"), ("zh-TW", "zh-TW")]
)
def test_language_without_texts_is_served_by_the_chosen_one(locale, language):
    assert pick(locale, "zh-CN") == language


def test_places_are_filled(english):
    assert english.gettext("page {page}", page=3) == "page 3"


def test_value_is_never_read_as_a_template(chinese):
    assert chinese.gettext("page {page}", page="{page}") == "第 {page} 页"


@pytest.mark.parametrize(("n", "text"), [(1, "1 note"), (2, "2 notes"), (0, "0 notes")])
def test_english_has_a_plural(english, n, text):
    assert english.ngettext("{n} note", "{n} notes", n) == text


def test_chinese_has_one_form(chinese):
    assert chinese.ngettext("{n} note", "{n} notes", 2) == "2 篇笔记"


def test_traditional_is_made_from_simplified(catalogues):
    assert catalogues.texts("zh-HK").gettext("Nothing has changed.") == "沒有變化。"


def test_lists_have_the_comma_of_their_language(catalogues):
    assert catalogues.texts("en").listed(["a", "b"]) == "a, b"
    assert catalogues.texts("zh-CN").listed(["a", "b"]) == "a、b"


@pytest.mark.parametrize(
    ("language", "called"), [("en", "/quiz start"), ("zh-CN", "/测验 开始"), ("zh-TW", "/測驗 開始")]
)
def test_command_is_called_as_its_reader_sees_it(catalogues, language, called):
    assert catalogues.texts(language).command("quiz start") == called


@pytest.mark.parametrize("language", ["zh-CN", "zh-TW"])
def test_commands_are_named_in_english_where_a_chat_shows_no_other_names(catalogues, language):
    texts = catalogues.naming_in_english(CALLED).texts(language)
    assert texts.command("quiz start") == "/quiz start"
    assert "「/quiz start」" in texts.gettext("No answers yet. /quiz start asks questions from the notes.")
    assert "「/mydata」" in str(replies.about("1", texts))
    assert texts.gettext("Back") == catalogues.texts(language).gettext("Back")


def test_missing_text_is_english_and_logged_once(caplog):
    texts = Texts("zh-CN", {})
    assert [texts.gettext("No such text") for _ in range(3)] == ["No such text"] * 3
    assert len(caplog.records) == 1


def test_english_misses_nothing(caplog):
    assert Texts("en", {}).gettext("x {n}", n=1) == "x 1"
    assert caplog.records == []


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00", b'msgid "x"\nmsgstr "unclosed'])
def test_broken_catalogue_leaves_english(tmp_path, content, caplog):
    folder = tmp_path / "zh_CN" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    if content is not None:
        (folder / "studybot.po").write_bytes(content)
    assert Catalogues.load(tmp_path).texts("zh-CN").gettext("Back") == "Back"
