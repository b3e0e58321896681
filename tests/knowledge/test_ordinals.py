"""The number of a heading is the same in every way of writing it."""

import pytest

from knowledge.ordinals import ordinal


@pytest.mark.parametrize(
    "heading",
    [
        "4. Rank",
        "4、Rank",
        "四、Rank",
        "IV. Rank",
        "(4) Rank",
        "（四）Rank",
        "第四章 Rank",
        "第4节 Rank",
        "4 Rank",
        "问题4：Rank",
    ],
)
def test_four_is_four(heading):
    assert ordinal(heading) == ("4", "Rank")


@pytest.mark.parametrize(
    ("heading", "number"), [("十、", "10"), ("十二、", "12"), ("二十、", "20"), ("九十九、", "99")]
)
def test_chinese_tens_are_read(heading, number):
    assert ordinal(heading)[0] == number


@pytest.mark.parametrize(
    ("heading", "number"),
    [
        ("4.1 a", "4.1"),
        ("04.10. a", "4.10"),
        ("IX. a", "9"),
        ("XVI. a", "16"),
        ("VIII. a", "8"),
        ("Q3: a", "3"),
        ("Question 12: a", "12"),
        ("7", "7"),
    ],
)
def test_numbers_are_read(heading, number):
    assert ordinal(heading)[0] == number


@pytest.mark.parametrize(
    "heading",
    [
        "",
        "Rank",
        "I think so",
        "一个例子",
        "十分重要",
        "2D convolution",
        "3.5",
        "三十十、",
        "Vectors",
        "q proj",
        "第",
        "MIX. a",
    ],
)
def test_other_headings_have_none(heading):
    assert ordinal(heading) in {("", heading), ("3.5", "3.5")}


@pytest.mark.parametrize("heading", ["9" * 5000 + ". a", "(" * 5000, "一" * 5000, "1." * 5000, "第 " * 5000])
def test_hostile_headings_are_read_in_time(heading):
    assert ordinal(heading)[0] == ""
