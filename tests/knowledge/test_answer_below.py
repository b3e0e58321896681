"""A heading that says little brings along what stands under the headings below it."""

from knowledge.answer import LITTLE, MOST_BELOW, compose


def texts(index, title):
    section = next(one for one in index.sections if one.title == title)
    return [block.text for block in compose(index, section).blocks]


def test_little_text_brings_the_headings_below_with_it(build):
    index = build({"a.md": "# A\n\n## Gini\n\nMeasures.\n\n### Formula\n\n$$x$$\n\n## Next\n\nOther.\n"})
    assert texts(index, "Gini") == ["Measures.", "### Formula", "$$x$$"]
    assert texts(index, "Formula") == ["$$x$$"]


def test_where_the_last_of_it_stands_is_known(build):
    index = build({"a.md": "# A\n\n## Gini\n\nMeasures.\n\n### Formula\n\n$$x$$\n\n### Use\n\nSplits.\n"})
    gini, formula = (next(one for one in index.sections if one.title == title) for title in ("Gini", "Formula"))
    assert compose(index, gini).below.lines == (11, 13)
    assert compose(index, formula).below is None


def test_much_text_stands_alone(build):
    index = build({"a.md": f"# A\n\n## Gini\n\n{'word ' * LITTLE}\n\n### Formula\n\nShort.\n"})
    assert len(texts(index, "Gini")) == 1


def test_no_more_comes_along_than_fits_a_page(build):
    long = "word " * (MOST_BELOW // 4)
    index = build({"a.md": f"# A\n\n## Gini\n\nMeasures.\n\n### One\n\nShort.\n\n### Two\n\n{long}\n"})
    assert texts(index, "Gini") == ["Measures.", "### One", "Short."]


def related(index, title):
    section = next(one for one in index.sections if one.title == title)
    return [one.title for one in compose(index, section, index.sections).related]


def test_what_comes_along_is_not_offered_again(build):
    norm = "## LayerNorm\n\nShort.\n\n### Formula\n\nIt divides by the deviation.\n\n### Use\n\nBefore attention.\n"
    index = build({"a.md": f"# Norms\n\n{norm}\n## BatchNorm\n\nOver the batch, unlike the other one.\n"})
    assert related(index, "LayerNorm") == ["Norms", "BatchNorm"]
    assert "Use" in related(index, "Formula")


def test_twin_of_what_comes_along_is_not_offered_either(build):
    english = "# Norms\n\n## LayerNorm\n\nShort.\n\n### Formula 1\n\nBy $\\sigma$.\n\n## Other\n\nMore.\n"
    chinese = "# 归一化\n\n## LayerNorm\n\n简介。\n\n### 公式 1\n\n除以 $\\sigma$。\n\n## 其他\n\n更多。\n"
    index = build({"norm_en.md": english, "norm_cn.md": chinese})
    assert not {"Formula 1", "公式 1"} & set(related(index, "LayerNorm"))
