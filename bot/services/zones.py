"""Time zones by their IANA names, found by what people type of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from bot.errors import ZoneUnknownError

UNSET: Final = "UTC"
"""The zone of a group that has chosen none; it may be chosen, too."""
_REGIONS: Final = ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian",
                   "Pacific")  # fmt: skip
_COMMON: Final = (
    "Asia/Shanghai", "Asia/Hong_Kong", "Asia/Taipei", "Asia/Singapore", "Asia/Tokyo", "Asia/Seoul", "Asia/Kolkata",
    "Australia/Sydney", "Europe/London", "Europe/Berlin", "Europe/Paris", "America/New_York", "America/Chicago",
    "America/Los_Angeles", "America/Toronto", "America/Sao_Paulo", "UTC",
)  # fmt: skip
"""Offered before anything is typed."""
_CHINESE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "北京": "Asia/Shanghai", "上海": "Asia/Shanghai", "中国": "Asia/Shanghai", "深圳": "Asia/Shanghai",
        "广州": "Asia/Shanghai", "杭州": "Asia/Shanghai", "香港": "Asia/Hong_Kong", "澳门": "Asia/Macau",
        "台北": "Asia/Taipei", "台湾": "Asia/Taipei", "新加坡": "Asia/Singapore", "东京": "Asia/Tokyo",
        "日本": "Asia/Tokyo", "首尔": "Asia/Seoul", "韩国": "Asia/Seoul", "悉尼": "Australia/Sydney",
        "墨尔本": "Australia/Melbourne", "伦敦": "Europe/London", "英国": "Europe/London", "柏林": "Europe/Berlin",
        "德国": "Europe/Berlin", "巴黎": "Europe/Paris", "法国": "Europe/Paris", "纽约": "America/New_York",
        "芝加哥": "America/Chicago", "洛杉矶": "America/Los_Angeles", "旧金山": "America/Los_Angeles",
        "西雅图": "America/Los_Angeles", "多伦多": "America/Toronto", "温哥华": "America/Vancouver",
    }
)  # fmt: skip
_ENGLISH: Final[Mapping[str, str]] = MappingProxyType(
    {
        "beijing": "Asia/Shanghai", "china": "Asia/Shanghai", "shenzhen": "Asia/Shanghai", "japan": "Asia/Tokyo",
        "india": "Asia/Kolkata", "mumbai": "Asia/Kolkata", "germany": "Europe/Berlin", "munich": "Europe/Berlin",
        "france": "Europe/Paris", "uk": "Europe/London", "england": "Europe/London", "boston": "America/New_York",
        "washington": "America/New_York", "san francisco": "America/Los_Angeles", "seattle": "America/Los_Angeles",
        "utc": "UTC", "gmt": "UTC",
    }
)  # fmt: skip
_OF_LOCALES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "zh-CN": "Asia/Shanghai", "zh-TW": "Asia/Taipei", "ja": "Asia/Tokyo", "ko": "Asia/Seoul",
        "th": "Asia/Bangkok", "vi": "Asia/Ho_Chi_Minh", "hi": "Asia/Kolkata", "de": "Europe/Berlin",
        "fr": "Europe/Paris", "it": "Europe/Rome", "pl": "Europe/Warsaw", "cs": "Europe/Prague",
        "hu": "Europe/Budapest", "hr": "Europe/Zagreb", "da": "Europe/Copenhagen", "no": "Europe/Oslo",
        "sv-SE": "Europe/Stockholm", "fi": "Europe/Helsinki", "lt": "Europe/Vilnius", "bg": "Europe/Sofia",
        "ro": "Europe/Bucharest", "el": "Europe/Athens", "uk": "Europe/Kyiv", "tr": "Europe/Istanbul",
    }
)  # fmt: skip
"""By Discord's locales. One that is spoken across zones, such as English, Spanish or Russian, says nothing."""
_APART: Final = re.compile(r"[\s_/-]+")


def _plain(text: str) -> str:
    return _APART.sub(" ", text.strip()).casefold()


def _all() -> Mapping[str, str]:
    # From the package alone: what else the system may have is looked for by opening hundreds of files.
    names = (files("tzdata") / "zones").read_text("utf-8").split()
    return {"UTC": "utc", **{name: _plain(name) for name in sorted(names) if name.split("/")[0] in _REGIONS}}


_ALL: Final = MappingProxyType(_all())
"""Every zone of a place, and UTC, with its name as people type it."""


@dataclass(frozen=True, slots=True)
class LocalTime:
    """A zone and what its clocks show."""

    zone: str
    at: datetime


def known(typed: str) -> str:
    """Return the zone that is meant by its name, in any case, or by a city.

    Raises:
        ZoneUnknownError: none is meant.
    """
    plain = _plain(typed)
    named = [zone for zone, name in _ALL.items() if name == plain]
    # Of a city with several names one is the newest, with its country before it: they mean the same.
    of_city = [zone for zone, name in _ALL.items() if plain and name.endswith(f" {plain}")]
    found = _CHINESE.get(typed.strip()) or _ENGLISH.get(plain) or next(iter([*named, *of_city]), None)
    if found is None:
        raise ZoneUnknownError(typed.strip()[:50])
    return found


def usual(*locales: str) -> str:
    """Return the zone where most live who use the first of Discord's *locales* that says it, else UTC."""
    return next((zone for one in locales if (zone := _OF_LOCALES.get(one))), UNSET)


def matching(typed: str, now: datetime, most: int) -> tuple[LocalTime, ...]:
    """Return at most *most* zones whose name or city holds what was typed, with their time at *now*."""
    plain = _plain(typed)
    called = [zone for names in (_CHINESE, _ENGLISH) for name, zone in names.items() if name.startswith(plain)]
    holding = sorted((zone for zone, name in _ALL.items() if plain in name), key=lambda zone: _nearness(zone, plain))
    found = dict.fromkeys([*called, *holding] if plain else _COMMON)
    return tuple(LocalTime(zone, now.astimezone(ZoneInfo(zone))) for zone in list(found)[:most])


def _nearness(zone: str, plain: str) -> tuple[bool, bool, str]:
    city = _plain(zone.rpartition("/")[2])
    return not city.startswith(plain), zone not in _COMMON, zone
