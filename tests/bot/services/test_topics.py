import pytest

from bot.services.topics import arrange, plain, terms_in
from knowledge.model import Note


def note(file, *sections, contents=False):
    return Note(file, "0", sections[0].title if sections else file, "en", tuple(sections), contents=contents)


def heading(section, title, number, **given):
    return section("x", headings=("Root", title), id=f"{number:016x}", **given)


def test_notes_are_grouped_by_folder_and_the_root_comes_first(section):
    notes = [note("z/b.md", section("x")), note("a.md", section("x")), note("z/a.md", section("x"))]
    found = arrange(notes).categories
    assert [(one.name, [each.file for each in one.notes]) for one in found] == [
        ("", ["a.md"]),
        ("z", ["z/a.md", "z/b.md"]),
    ]


def test_table_of_contents_comes_last(section):
    notes = [note("README.md", section("x"), contents=True), note("a.md", section("x"))]
    assert [one.file for one in arrange(notes).categories[0].notes] == ["a.md", "README.md"]


def test_later_parts_of_a_heading_are_not_listed(section):
    parts = [section("x", part=number, id=f"{number:016x}") for number in (1, 2, 3)]
    assert len(arrange([note("a.md", *parts)]).categories[0].notes[0].sections) == 1


def test_keys_fit_a_selects_value(section):
    found = arrange([note("很长的目录名/" * 40 + "a.md", section("x"))]).categories[0]
    assert len(found.key) == len(found.notes[0].key) == 16


@pytest.mark.parametrize(
    ("title", "term"),
    [
        ("5. SwiGLU", "swiglu"),
        ("2.1 Layer Norm", "layernorm"),
        ("激活函数（Activation Function）", "激活函数"),
        ("第三章 注意力", "注意力"),
    ],
)
def test_heading_names_its_subject_without_numbering(section, title, term):
    assert term in arrange([note("a.md", heading(section, title, 1))]).terms


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("what is layer-norm?", ["layernorm"]),
        ("LayerNorm 和 注意力机制 的区别", ["注意力机制", "layernorm"]),
        ("用注意力机制就行", ["注意力机制"]),
        ("nothing here", []),
        ("layer\nnorm", []),
    ],
)
def test_terms_are_found_in_any_spelling_longest_first(text, found):
    terms = {term: term for term in ("layernorm", "注意力", "注意力机制", "norm2")}
    assert list(terms_in(text, terms)) == found


def test_spellings_of_a_term_are_equal():
    assert plain("Layer-Norm") == plain("layer norm") == plain("ＬａｙｅｒＮｏｒｍ")


def test_hostile_message_is_finished():
    assert terms_in("a " * 5_000 + "好" * 5_000, {"x": "x"}) == ()
