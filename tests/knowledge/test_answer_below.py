"""A heading that says little brings along what stands under the headings below it."""

from knowledge.answer import LITTLE, MOST_BELOW, compose


def texts(index, title):
    section = next(one for one in index.sections if one.title == title)
    return [block.text for block in compose(index, section).blocks]


def test_little_text_brings_the_headings_below_with_it(build):
    index = build({"a.md": "# A\n\n## Gini\n\nMeasures.\n\n### Formula\n\n$$x$$\n\n## Next\n\nOther.\n"})
    assert texts(index, "Gini") == ["Measures.", "### Formula", "$$x$$"]
    assert texts(index, "Formula") == ["$$x$$"]


def test_much_text_stands_alone(build):
    index = build({"a.md": f"# A\n\n## Gini\n\n{'word ' * LITTLE}\n\n### Formula\n\nShort.\n"})
    assert len(texts(index, "Gini")) == 1


def test_no_more_comes_along_than_fits_a_page(build):
    long = "word " * (MOST_BELOW // 4)
    index = build({"a.md": f"# A\n\n## Gini\n\nMeasures.\n\n### One\n\nShort.\n\n### Two\n\n{long}\n"})
    assert texts(index, "Gini") == ["Measures.", "### One", "Short."]
