"""Settings as text and as a window, and what is missing in a channel."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.render import limits, settings
from bot.render import settings_presses as presses
from bot.render.parts import Buttons, PickField, PlaceField, Text, TextField
from bot.render.settings import Finding
from bot.services.boards import Season
from bot.services.overview import Group, Panel, Purpose, Use, needed

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
GROUP = Group(5, "zh-CN", "Asia/Shanghai", 6, 3, 4, zone_chosen=True)
PANEL = Panel(GROUP, NOON.astimezone(ZoneInfo("Asia/Shanghai")), NOON)


def said(message):
    return "\n".join(part.text for part in message.parts if isinstance(part, Text))


def test_panel_shows_every_setting(english):
    text = said(settings.panel(PANEL, (), english))
    assert "Language of posts: **中文（简体）**" in text
    assert "Time zone: **Asia/Shanghai**, where it is 20:00 now" in text
    assert "First day of the week: **Sunday**" in text
    assert "Channel for problems: <#3>" in text
    assert f"Board of the week: <#4> · <t:{int(NOON.timestamp())}:f>" in text


def test_panel_of_a_group_that_has_set_nothing(english):
    text = said(settings.panel(Panel(Group(5), NOON, None), (), english))
    assert "**The server's own**" in text
    assert "Board of the week: none" in text


def test_panel_warns_of_channels_in_which_something_is_missing(english):
    findings = (Finding(Use(4, Purpose.BOARD), ("embed_links",)), Finding(Use(3, Purpose.LOG), ()))
    text = said(settings.panel(PANEL, findings, english))
    assert "❌ <#4> · board of the week: missing **Embed Links**" in text
    assert "✅" not in text


def test_window_holds_what_is_set(english):
    form = settings.form(GROUP, english)
    language, zone, week, log_channel, board = form.fields
    assert isinstance(language, PickField)
    assert (language.chosen, week.chosen) == (("zh-CN",), ("6",))
    assert isinstance(zone, TextField)
    assert zone.value == "Asia/Shanghai"
    assert isinstance(board, PlaceField)
    assert (log_channel.chosen, board.chosen, board.required) == (3, 4, False)


def test_window_of_a_group_without_a_zone_lets_it_stay_so(english):
    zone = settings.form(Group(5), english).fields[1]
    assert isinstance(zone, TextField)
    assert (zone.value, zone.required) == ("", False)
    assert "empty: none is chosen, so UTC" in zone.description


def test_window_fits_discord_in_both_languages(english, chinese):
    for texts in (english, chinese):
        form = settings.form(GROUP, texts)
        assert len(form.fields) <= 5
        assert limits.characters(form.title) <= 45
        assert max(limits.characters(field.label) for field in form.fields) <= 45
        assert max(limits.characters(field.description) for field in form.fields) <= 100


def test_check_names_what_is_missing_where(english):
    use = Use(4, Purpose.DAILY, "*Morning*", threads=True)
    text = said(settings.check((Finding(use, ("attach_files", "create_public_threads")),), english))
    assert "❌ <#4> · daily question \\*Morning\\*: missing **Attach Files**, **Create Public Threads**" in text
    assert "Everything is in order" not in text


def test_check_tells_of_channels_that_are_gone(english):
    assert "the channel is gone" in said(settings.check((Finding(Use(4, Purpose.LOG), None),), english))


def test_check_of_channels_in_order_says_so(english):
    text = said(settings.check((Finding(Use(4, Purpose.HERE), ()),), english))
    assert "✅ <#4> · this channel" in text
    assert "Everything is in order." in text


def test_check_can_be_repeated(english):
    (row,) = [part for part in settings.check((), english).parts if isinstance(part, Buttons)]
    assert [button.press for button in row.buttons] == [presses.CHECK]


@pytest.mark.parametrize("purpose", list(Purpose))
def test_every_permission_that_can_be_missing_has_a_name_in_both_languages(english, chinese, purpose):
    missing = (*needed(Use(4, purpose, threads=True)), "mention_everyone")
    assert set(missing) <= set(settings.PERMISSIONS)
    for texts in (english, chinese):
        said(settings.check((Finding(Use(4, purpose), missing),), texts))


def test_many_streams_fit_a_message(english):
    every = tuple(settings.PERMISSIONS)
    findings = tuple(Finding(Use(10**18 + n, Purpose.DAILY, "字" * 100), every) for n in range(12))
    message = settings.check(findings, english)
    assert limits.characters(said(message)) <= limits.LAYOUT_CHARACTERS
    assert limits.size_bytes(said(message)) <= limits.LAYOUT_BYTES


@pytest.mark.parametrize(("language", "text"), [(None, "language of your Discord"), ("zh-TW", "中文（繁體）")])
def test_language_chosen_is_confirmed(english, language, text):
    assert text in said(settings.language_chosen(language, english))


def test_member_off_the_boards_is_named_without_being_mentioned(english):
    text = said(settings.excluded("<@1> **x**", english, undone=False))
    assert "off the boards" in text
    assert "<@1>" not in text


@pytest.mark.parametrize(("season", "text"), [
    (None, "No season is running"), (Season(1, "Autumn", NOON, None), "Season **Autumn**, since <t:"),
    (Season(1, "Autumn", NOON, NOON), "Season **Autumn** is over"),
])  # fmt: skip
def test_season_is_told(english, season, text):
    assert text in said(settings.season(season, english))
