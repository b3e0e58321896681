"""What an answer holds besides the section that was found."""

from collections.abc import Sequence
from dataclasses import replace

from knowledge.answer import MAX_RELATED, PARTS_AFTER, PARTS_BEFORE, compose
from knowledge.model import Block, BlockKind, Note, Section


def section(name: str, *, part: int = 0, file: str = "a.md", blocks: int = 1) -> Section:
    texts = tuple(Block(BlockKind.TEXT, f"{name} {part} {number}", (1, 2)) for number in range(blocks))
    return Section(f"{name}{part}", file, ("Note", name), 2, (1, 2), texts, "en", part=part)


class Shelf:
    """Sections, and what stands beside each of them."""

    def __init__(
        self,
        *sections: Section,
        twin: Section | None = None,
        beside: Sequence[Section] = (),
        companion: Section | None = None,
    ) -> None:
        self._companion = companion
        self.sections = sections
        self._twin = twin
        self._beside = tuple(beside)
        self.asked: list[int] = []

    def note(self, file: str) -> Note | None:
        return Note(file, "", "The title", "en", self.sections) if file == "a.md" else None

    def twin(self, section: Section) -> Section | None:
        return self._twin

    def companion(self, section: Section) -> Section | None:
        return self._companion

    def parts(self, section: Section) -> tuple[Section, ...]:
        return tuple(one for one in self.sections if one.headings == section.headings) or (section,)

    def neighbours(self, section: Section, limit: int = 5) -> tuple[Section, ...]:
        self.asked.append(limit)
        return self._beside[:limit]


def names(sections: Sequence[Section]) -> list[str]:
    return [one.id for one in sections]


def test_whole_section_is_shown_with_the_title_of_its_note():
    one = section("x", blocks=2)
    answer = compose(Shelf(one), one)
    assert (answer.section, answer.blocks, answer.start, answer.note_title) == (one, one.blocks, 0, "The title")


def test_unknown_note_lends_its_outermost_heading():
    one = section("x", file="gone.md")
    assert compose(Shelf(one), one).note_title == "Note"


def test_all_parts_are_shown_beginning_at_the_one_found():
    parts = [section("x", part=number, blocks=number + 1) for number in range(3)]
    answer = compose(Shelf(*parts), parts[2])
    assert answer.start == 3
    assert answer.blocks[answer.start] == parts[2].blocks[0]
    assert len(answer.blocks) == 6


def test_of_very_many_parts_those_around_the_one_found_are_shown():
    parts = [section("x", part=number) for number in range(1, 101)]
    answer = compose(Shelf(*parts), parts[50])
    shown = parts[50 - PARTS_BEFORE : 50 + PARTS_AFTER]
    assert answer.blocks == tuple(block for part in shown for block in part.blocks)
    assert answer.blocks[answer.start] == parts[50].blocks[0]


def test_pdf_beside_the_note_is_told():
    one, other = section("x"), section("x", file="a.pdf")
    assert compose(Shelf(one, companion=other), one).companion is other


def test_section_without_blocks_is_an_empty_answer():
    one = section("x", blocks=0)
    assert compose(Shelf(one), one).blocks == ()


def test_itself_its_parts_and_its_twin_are_not_related():
    parts = [section("x", part=number) for number in range(2)]
    twin = section("twin", file="b.md")
    other = section("y")
    related = [parts[0], parts[1], twin, other]
    assert names(compose(Shelf(*parts, other, twin=twin), parts[0], related).related) == ["y0"]


def test_twin_is_told():
    one, twin = section("x"), section("twin", file="b.md")
    assert compose(Shelf(one, twin=twin), one).twin == twin


def test_one_heading_is_related_once():
    parts = [section("y", part=number) for number in range(3)]
    one = section("x")
    assert names(compose(Shelf(one, *parts), one, [parts[1], parts[0], parts[1]]).related) == ["y1"]


def test_neighbours_fill_up_what_was_found():
    one, found = section("x"), [section("y"), section("z")]
    shelf = Shelf(one, *found, beside=[section("z"), *(section(f"n{number}") for number in range(20))])
    related = names(compose(shelf, one, found).related)
    assert related[:3] == ["y0", "z0", "n00"]
    assert len(related) == MAX_RELATED


def test_neighbours_are_not_looked_for_where_enough_was_found():
    one, found = section("x"), [section(f"y{number}") for number in range(15)]
    shelf = Shelf(one, beside=[section("n")])
    assert compose(shelf, one, found).related == tuple(found[:MAX_RELATED])
    assert shelf.asked == []


def test_twin_of_what_is_related_is_not_related_again():
    one, other, its_twin = section("x"), section("y"), section("z")
    shelf = Shelf(one, other, its_twin, twin=its_twin)
    assert names(compose(shelf, one, [other, its_twin]).related) == ["y0"]


TEXT = "the gate lets through what the other half of the layer multiplies with a value of its own every time"


def saying(name: str, text: str) -> Section:
    return replace(section(name), blocks=(Block(BlockKind.TEXT, text, (1, 1)),))


def test_copies_are_related_once_and_not_to_their_original():
    one = saying("x", TEXT)
    found = [saying("copy", f"{TEXT} indeed"), saying("other", TEXT[::-1]), saying("again", f"{TEXT[::-1]} indeed")]
    assert names(compose(Shelf(one, *found), one, found).related) == ["other0"]


def test_heading_of_several_pages_that_come_along_is_shown_once():
    above = section("x")
    pages = [replace(section("y", part=number), level=3) for number in (1, 2)]
    blocks = compose(Shelf(above, *pages), above).blocks
    assert [block.text for block in blocks] == ["x 0 0", "### y", "y 1 0", "y 2 0"]
