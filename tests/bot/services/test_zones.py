"""Zones found by what people type."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import discord
import pytest

from bot.errors import ZoneUnknownError
from bot.services import zones

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.mark.parametrize(("typed", "zone"), [
    ("Asia/Shanghai", "Asia/Shanghai"), ("asia/shanghai", "Asia/Shanghai"), (" Berlin ", "Europe/Berlin"),
    ("new york", "America/New_York"), ("New_York", "America/New_York"), ("北京", "Asia/Shanghai"),
    ("台北", "Asia/Taipei"), ("utc", "UTC"), ("GMT", "UTC"), ("Buenos Aires", "America/Argentina/Buenos_Aires"),
])  # fmt: skip
def test_zone_is_found_by_its_name_or_a_city(typed, zone):
    assert zones.known(typed) == zone


@pytest.mark.parametrize(
    ("locales", "zone"),
    [
        (["zh-CN"], "Asia/Shanghai"), (["zh-TW"], "Asia/Taipei"), (["ja"], "Asia/Tokyo"), (["de"], "Europe/Berlin"),
        (["en-US", "zh-CN"], "Asia/Shanghai"), (["de", "zh-CN"], "Europe/Berlin"),
        (["en-US"], "UTC"), (["es-ES"], "UTC"), (["ru"], "UTC"), (["pt-BR"], "UTC"), (["xx"], "UTC"), ([], "UTC"),
    ],
)  # fmt: skip
def test_language_suggests_a_zone_where_one_is_obvious(locales, zone):
    assert zones.usual(*locales) == zone


def test_languages_that_suggest_a_zone_are_discords_and_the_zones_exist():
    locales = {one.value for one in discord.Locale}
    found = {one: zones.usual(one) for one in locales if zones.usual(one) != zones.UNSET}
    assert len(found) == 24
    assert all(zones.known(zone) == zone for zone in found.values())


@pytest.mark.parametrize("typed", ["", "Mars", "Europe", "25:00", "Asia/", "../../etc/passwd", "x" * 500, "UTC+25"])
def test_what_is_no_zone_is_refused(typed):
    with pytest.raises(ZoneUnknownError):
        zones.known(typed)


def test_refusal_repeats_no_more_than_a_little_of_what_was_typed():
    with pytest.raises(ZoneUnknownError) as raised:
        zones.known("x" * 500)
    assert len(raised.value.values["name"]) == 50


def test_zones_are_offered_with_what_their_clocks_show():
    (found,) = zones.matching("shangh", NOW, 25)
    assert (found.zone, f"{found.at:%H:%M}") == ("Asia/Shanghai", "20:00")


def test_one_chinese_character_is_enough():
    assert [one.zone for one in zones.matching("北", NOW, 25)] == ["Asia/Shanghai"]


def test_common_zones_are_offered_before_anything_is_typed():
    assert zones.matching("", NOW, 25)[0].zone == "Asia/Shanghai"


def test_cities_that_begin_so_come_before_those_that_hold_it():
    assert zones.matching("ber", NOW, 25)[0].zone == "Europe/Berlin"


def test_no_more_are_offered_than_discord_takes():
    assert len(zones.matching("a", NOW, 25)) == 25


def test_what_fits_no_zone_offers_none():
    assert zones.matching("qqq", NOW, 25) == ()


def test_everything_offered_is_known():
    for typed in ("", "a", "北", "new", "o"):
        for one in zones.matching(typed, NOW, 25):
            assert zones.known(one.zone) == one.zone
            ZoneInfo(one.zone)
