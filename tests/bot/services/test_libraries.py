"""What a group may not see is in nothing that it is shown."""

import asyncio
import threading
from pathlib import Path

import pytest

from bot.errors import SectionGoneError, TopicGoneError
from bot.services.collections import About, Collection
from bot.services.libraries import arranged
from bot.services.library import Found
from knowledge.errors import NotesError
from knowledge.files import Folder
from tests.bot.collections import SECRETS, libraries_of
from tests.bot.conftest import now

INSIDE, OUTSIDE, NOBODY = 77, 78, 0


@pytest.fixture
async def libraries(tmp_path, loaded):
    """Return libraries whose notes the test may change."""
    made = libraries_of(tmp_path, loaded, INSIDE)
    (tmp_path / "closed" / "glossary.yaml").unlink()  # whose words take a second
    await made.refresh()
    return made


@pytest.fixture(scope="module")
def kept(tmp_path_factory, loaded):
    made = libraries_of(tmp_path_factory.mktemp("notes"), loaded, INSIDE)
    for library in made.all:
        library.load()
    return made


@pytest.fixture
def inside(kept):
    return kept.of(INSIDE)


@pytest.fixture(params=[OUTSIDE, NOBODY])
def outside(kept, request):
    return kept.of(request.param)


def test_group_sees_its_own_and_what_everybody_sees(inside):
    assert {note.file for note in inside.index.notes} == {
        "closed/merger.md",
        "closed/merger_zh.md",
        "open/optimizers.md",
    }


@pytest.mark.parametrize("query", ["zebrafish", "quokka", "斑马鱼", "merger", "momentum", "短尾矮袋鼠"])
async def test_search_outside_finds_and_suggests_nothing_of_it(outside, query):
    found = outside.search(query)
    assert holds_no_secret([hit.section for hit in found.hits], found.suggestions)
    answer = await outside.explain(query)
    if isinstance(answer, Found):
        assert holds_no_secret(answer)


async def test_message_outside_is_not_explained_from_it(outside):
    assert holds_no_secret(await outside.explain_message("momentum and 动量 of the plan"))


async def test_section_of_it_is_gone_outside(inside, outside):
    for section in inside.index.sections:
        if section.file.startswith("closed/"):
            with pytest.raises(SectionGoneError):
                await outside.open(section.id)
            with pytest.raises(SectionGoneError):
                await outside.explain(f"#{section.id}")


@pytest.mark.parametrize("typed", ["", "z", "zeb", "quo", "m", "合", "斑马", "duanwei", "hebing", "closed"])
def test_completion_outside_offers_nothing_of_it(outside, typed):
    assert holds_no_secret(outside.complete(typed))


async def test_what_is_popular_inside_is_not_offered_outside(inside, outside):
    await inside.explain("zebrafish")
    assert any("Zebrafish" in one.text for one in inside.complete(""))
    assert holds_no_secret(outside.complete(""))


def test_topics_outside_hold_nothing_of_it(inside, outside):
    assert holds_no_secret(outside.topics)
    for category in inside.topics.categories:
        if category.name == "closed":
            with pytest.raises(TopicGoneError):
                outside.topics.category(category.key)
            with pytest.raises(TopicGoneError):
                outside.topics.note(category.notes[0].key)


async def test_answers_outside_have_no_twin_and_no_neighbour_of_it(outside):
    for section in outside.index.sections:
        answer = await outside.open(section.id)
        assert answer.twin is None
        assert holds_no_secret([one.headings for one in answer.related])


def test_pictures_of_it_are_not_there_outside(inside, outside):
    assert inside.picture("closed/chart.png")
    assert [
        outside.picture(path) for path in ("closed/chart.png", "../closed/chart.png", "open/../../closed/chart.png")
    ] == [None] * 3
    assert outside.picture("open/curve.png")


def test_questions_outside_are_none_of_it(inside, outside):
    assert any("quokka" in question.prompt for question in inside.bank.all)
    assert holds_no_secret(outside.bank.all)


def test_status_and_problems_outside_tell_nothing_of_it(inside, outside):
    assert "broken.md" in str(inside.problems())
    assert holds_no_secret(outside.status(), outside.problems())
    assert outside.status().notes == 1


async def test_what_was_asked_inside_in_vain_is_not_told_outside(inside, outside):
    await inside.explain("where does the numbat sleep?")
    assert "numbat" in str(inside.problems().missing)
    assert "numbat" not in str(outside.problems().missing)


async def test_reload_outside_tells_nothing_of_it(libraries, tmp_path):
    (tmp_path / "closed" / "new.md").write_text("# Quokka again\n\nSecret.\n")
    (tmp_path / "open" / "new.md").write_text("# Adam\n\nAdaptive.\n")
    change = await libraries.reload(OUTSIDE)
    assert change.added == ("open/new.md",)
    assert libraries.of(INSIDE).index.note("closed/new.md") is None


async def test_change_is_seen_by_those_who_see_the_collection(libraries, tmp_path):
    (tmp_path / "closed" / "new.md").write_text("# Quokka again\n\nSecret.\n")
    changes = await libraries.refresh(libraries.collections[1])
    assert list(changes) == [libraries.of(INSIDE)]
    assert changes[libraries.of(INSIDE)].added == ("closed/new.md",)


async def test_collection_that_cannot_be_read_stays_and_the_others_are_read(libraries, tmp_path):
    (tmp_path / "closed").rename(tmp_path / "away")
    (tmp_path / "open" / "new.md").write_text("# Adam\n\nAdaptive.\n")
    await libraries.refresh()
    assert {"open/new.md", "closed/merger.md"} <= {note.file for note in libraries.of(INSIDE).index.notes}
    inside, outside = (libraries.of(one).status() for one in (INSIDE, OUTSIDE))
    assert [one.failure is not None for one in inside.collections] == [False, True]
    assert [one.failure is not None for one in outside.collections] == [False]
    assert str(tmp_path) not in str(inside)


async def test_reload_of_what_is_all_gone_fails_for_those_alone_who_see_it(libraries, tmp_path):
    (tmp_path / "open").rename(tmp_path / "away")
    with pytest.raises(NotesError):
        await libraries.reload(OUTSIDE)
    assert await libraries.reload(INSIDE) is not None


def test_cards_of_a_group_are_elsewhere_where_less_is_seen(kept):
    assert kept.elsewhere(OUTSIDE) == kept.elsewhere(NOBODY) == {INSIDE}
    assert kept.elsewhere(INSIDE) == frozenset()


async def test_notes_for_some_groups_alone_leave_nothing_for_the_others(tmp_path):
    libraries_of(tmp_path, None, INSIDE)
    only = Collection(Folder(tmp_path / "closed"), About(guilds=frozenset({INSIDE})), clock=now)
    made = arranged([only], cache=None, clock=now)
    await made.start()
    assert made.of(INSIDE).index.sections
    assert holds_no_secret(made.public.search("quokka"), made.public.bank.all, made.public.status(), made.public.topics)
    assert not (await made.public.explain("quokka")).results.hits


def test_groups_that_see_the_same_share_a_library(tmp_path):
    def closed(*guilds):
        return Collection(Folder(tmp_path), About(guilds=frozenset(guilds)), clock=now)

    made = arranged([Collection(Folder(tmp_path), clock=now), closed(1, 2), closed(3)], cache=None, clock=now)
    assert made.of(1) is made.of(2)
    assert len({made.of(guild) for guild in (0, 1, 2, 3, 4)}) == 3


async def test_start_without_anything_to_read_fails(tmp_path):
    made = arranged([Collection(Folder(tmp_path / "none"), clock=now)], cache=None, clock=now)
    with pytest.raises(NotesError):
        await made.start()


async def test_refreshes_at_the_same_time_run_one_after_another(libraries, tmp_path, monkeypatch):
    running = set()
    build = libraries.public._replace

    def alone():
        assert not running
        running.add(1)
        try:
            return build()
        finally:
            running.clear()

    monkeypatch.setattr(libraries.public, "_replace", alone)
    for number in range(3):
        (tmp_path / "open" / f"n{number}.md").write_text(f"# N{number}\n\nText.\n")
    await asyncio.gather(*(libraries.refresh() for _ in range(3)))
    assert len(libraries.of(OUTSIDE).index.notes) == 4


class Hanging(Collection):
    """A repository whose remote does not answer until *released*."""

    def __init__(self, released: threading.Event, began: threading.Semaphore) -> None:
        super().__init__(Folder(Path("none")), clock=now)
        self._released, self._began = released, began

    def fetch(self) -> bool:
        self._began.release()
        return not self._released.wait(60)

    def stop(self) -> None:
        self._released.set()


async def test_remotes_that_hang_keep_nobody_from_an_answer(libraries):
    released, began = threading.Event(), threading.Semaphore(0)
    hanging = [Hanging(released, began) for _ in range(40)]
    fetching = asyncio.create_task(libraries.fetch(*hanging))
    try:
        await asyncio.sleep(0)
        assert began.acquire(timeout=60)
        await asyncio.wait_for(libraries.public.explain("momentum"), 30)
        assert not fetching.done()
    finally:
        released.set()
    assert not await fetching


async def test_nothing_is_fetched_once_the_libraries_are_closed(libraries):
    libraries.close()
    with pytest.raises(RuntimeError):
        await libraries.fetch(*libraries.collections)


def holds_no_secret(*things: object) -> bool:
    """Return whether nothing of the closed collection stands in *things*; what links to it does by name."""
    text = repr(things).replace("../closed/merger.md", "").replace("query='", "query='").casefold()
    asked = [one for one in SECRETS if f"query='{one.casefold()}'" in text]
    return not [one for one in SECRETS if one.casefold() in text and one not in asked]
