"""PDFs among the notes: read once; one that cannot be read is told, and not tried again before it may be readable."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge import pdfs as pdfs_module
from knowledge import sources
from knowledge.confined import Confined, ConfinedError, Outcome
from knowledge.errors import NotesError
from knowledge.pdfs import Pdfs, WaitsError
from knowledge.sources import Folder, Reading, read
from tests.knowledge.pdf_files import bomb, locked, page, pdf, stream

WORDS = pdf(page("The words of a page"))


class Counting(Confined):
    """Counts what it is asked to do."""

    def __init__(self) -> None:
        super().__init__()
        self.calls = 0

    def run(self, *arguments: object, **more: object) -> Outcome:
        self.calls += 1
        return super().run(*arguments, **more)


@pytest.fixture
def counting():
    with Counting() as one:
        yield one


class Failing(Counting):
    """Ends each of the first calls with the error of one of *kinds*."""

    def __init__(self, *kinds: str) -> None:
        super().__init__()
        self.kinds = list(kinds)

    def run(self, *arguments: object, **more: object) -> Outcome:
        if self.kinds:
            self.calls += 1
            raise ConfinedError(self.kinds.pop(0))
        return super().run(*arguments, **more)


@pytest.fixture
def folder(tmp_path) -> Folder:
    (tmp_path / "notes").mkdir()
    return Folder(tmp_path / "notes")


def put(folder: Folder, **files: bytes) -> Folder:
    for name, content in files.items():
        (folder.root / f"{name}.pdf").write_bytes(content)
    return folder


def texts(reading: Reading) -> dict[str, str]:
    return {note.file: note.sections[0].text for note in reading.notes}


def test_pdf_is_a_note_with_pages(folder):
    (note,) = read(put(folder, paper=WORDS)).notes
    assert (note.file, note.title, note.sections[0].page) == ("paper.pdf", "paper", 1)
    assert note.sections[0].text == "The words of a page"


def test_suffix_counts_in_any_case(folder):
    (folder.root / "PAPER.PDF").write_bytes(WORDS)
    assert list(texts(read(folder))) == ["PAPER.PDF"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (locked(), "This PDF wants a password. Save it without one."),
        (b"%PDF-1.4 nothing", "This file is damaged or no PDF. Save it anew from the program that it comes from."),
        (
            bomb(),
            "This PDF could not be read, perhaps because it takes too much memory. "
            "It is tried again when it changes, or with other notes after a day.",
        ),
    ],
    ids=["locked", "garbage", "bomb"],
)
def test_pdf_that_cannot_be_read_is_told_and_the_others_are_read(folder, content, sentence):
    reading = read(put(folder, bad=content, good=WORDS))
    assert texts(reading) == {"good.pdf": "The words of a page"}
    assert [str(problem) for problem in reading.problems] == [f"bad.pdf: {sentence}"]
    assert reading.files == 1


@pytest.mark.parametrize("kind", ["AttributeError", "OSError", "ImportError", "time", "died"])
def test_failure_that_may_not_be_the_file_s_own_is_tried_again(tmp_path, confined, kind):
    """A release of the reader with a fault, or a moment without file handles, must not mark all PDFs for good."""
    hours = [0.0]
    failing = Failing(kind, kind)
    pdfs = [Pdfs(tmp_path, one, clock=lambda: hours[0] * 3600) for one in (failing, confined)]
    assert pdfs[0].draft(WORDS, "digest", "a.pdf").failed
    assert pdfs[1].draft(WORDS, "digest", "a.pdf").failed
    hours[0] = 25.0
    assert pdfs[1].draft(WORDS, "digest", "a.pdf").sections


def test_pdf_that_takes_too_long_is_told(folder, monkeypatch):
    monkeypatch.setattr(pdfs_module, "LIMITS", pdfs_module.Limits(seconds=0.0))
    (problem,) = read(put(folder, slow=WORDS)).problems
    assert problem.message.startswith("Reading this PDF takes too long.")


def test_pdf_over_the_limit_is_told_and_not_read(folder):
    put(folder, huge=b"")
    with (folder.root / "huge.pdf").open("wb") as file:
        file.truncate(pdfs_module.MAX_BYTES + 1)
    (problem,) = read(folder).problems
    assert "31 MB, over the limit of 30 MB" in str(problem)


def test_pdf_over_the_limit_of_texts_is_read(folder):
    large = pdf(page("The words of a page"), more={200: stream(b"x" * sources.MAX_BYTES)})
    assert texts(read(put(folder, large=large))) == {"large.pdf": "The words of a page"}


@pytest.mark.parametrize("content", [WORDS, locked()], ids=["read", "failed"])
def test_what_was_found_is_kept_by_content(tmp_path, counting, content):
    for file in ("a.pdf", "b.pdf"):
        draft = Pdfs(tmp_path, counting).draft(content, "digest", file)
        assert draft.failed is (content != WORDS)
    assert counting.calls == 1


def test_another_content_is_read_anew(tmp_path, counting):
    for digest in ("one", "other"):
        Pdfs(tmp_path, counting).draft(WORDS, digest, "a.pdf")
    assert counting.calls == 2


def test_what_is_kept_but_broken_is_read_anew(tmp_path, counting):
    Pdfs(tmp_path, counting).draft(WORDS, "digest", "a.pdf")
    (file,) = tmp_path.iterdir()
    for broken in ("[]", '{"title": 1}', '{"pages": [], "outlines": [[1]], "title": "", "language": ""}'):
        file.write_text(broken)
        assert Pdfs(tmp_path, counting).draft(WORDS, "digest", "a.pdf").sections
    assert counting.calls == 4


def test_pdf_that_is_known_is_had_at_once_and_a_new_one_waits(tmp_path, counting):
    Pdfs(tmp_path, counting).draft(WORDS, "digest", "a.pdf")
    hasty = Pdfs(tmp_path, counting, now=False)
    assert hasty.draft(WORDS, "digest", "a.pdf").sections
    with pytest.raises(WaitsError):
        hasty.draft(WORDS, "other", "a.pdf")


def test_failure_is_not_tried_again_even_without_a_cache(folder, monkeypatch):
    before = read(put(folder, bad=locked()))
    monkeypatch.setattr(Pdfs, "draft", None)  # who tries again fails
    assert read(folder, previous=before).problems == before.problems


def test_file_that_was_mended_is_read(folder):
    before = read(put(folder, bad=locked()))
    assert texts(read(put(folder, bad=WORDS), previous=before)) == {"bad.pdf": "The words of a page"}


def test_texts_are_read_while_new_pdfs_wait(folder):
    (folder.root / "a.md").write_text("# A\n\ntext\n")
    reading = read(put(folder, paper=WORDS), new_pdfs=False)
    assert (list(texts(reading)), reading.waiting) == (["a.md"], ("paper.pdf",))
    assert read(folder, previous=reading).waiting == ()


def test_earlier_text_of_a_pdf_stays_while_the_new_one_waits(folder):
    before = read(put(folder, paper=WORDS))
    hasty = read(put(folder, paper=pdf(page("Other words"))), previous=before, new_pdfs=False)
    assert (texts(hasty), hasty.waiting) == ({"paper.pdf": "The words of a page"}, ("paper.pdf",))
    assert texts(read(folder, previous=hasty)) == {"paper.pdf": "Other words"}


def test_cache_is_shared_by_readings(folder, tmp_path):
    cache = tmp_path / "cache"
    read(put(folder, paper=WORDS), cache=cache)
    assert read(folder, cache=cache, new_pdfs=False).waiting == ()
    assert len(list(Path(cache).glob("*.pdf.json"))) == 1


def test_process_that_somebody_ended_is_asked_once_more_at_once(tmp_path):
    with Failing("died") as failing:
        assert Pdfs(tmp_path, failing).draft(WORDS, "digest", "a.pdf").sections
        assert failing.calls == 2


@pytest.mark.parametrize("kinds", [("died", "died"), ("time",)])
def test_what_may_pass_is_tried_again_after_a_day(tmp_path, kinds):
    now = 1_000_000.0
    with Failing(*kinds) as failing:
        kept = Pdfs(tmp_path, failing, clock=lambda: now)
        assert kept.draft(WORDS, "digest", "a.pdf").failed
        now += pdfs_module.AGAIN_S - 1
        assert kept.draft(WORDS, "digest", "a.pdf").failed
        assert failing.calls == len(kinds)
        now += 1
        assert kept.draft(WORDS, "digest", "a.pdf").sections


def test_what_may_pass_is_tried_again_where_the_clock_was_set_back(tmp_path):
    now = 1_000_000.0
    with Failing("time") as failing:
        kept = Pdfs(tmp_path, failing, clock=lambda: now)
        kept.draft(WORDS, "digest", "a.pdf")
        now -= 1
        assert kept.draft(WORDS, "digest", "a.pdf").sections


def test_what_may_pass_is_tried_again_by_a_bot_that_runs_on(folder, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(pdfs_module, "LIMITS", pdfs_module.Limits(seconds=0.0))
        before = read(put(folder, slow=WORDS))
    assert read(folder, previous=before).problems == before.problems
    monkeypatch.setattr(pdfs_module, "AGAIN_S", 0.0)
    assert texts(read(folder, previous=before)) == {"slow.pdf": "The words of a page"}


def test_failure_that_an_earlier_version_kept_without_its_time_is_tried_again(tmp_path, counting):
    kept = Pdfs(tmp_path, counting)
    kept.draft(WORDS, "digest", "a.pdf")
    (file,) = tmp_path.iterdir()
    file.write_text('{"failed": "died"}')
    assert kept.draft(WORDS, "digest", "a.pdf").sections


def test_pdf_that_there_is_no_room_for_is_told_and_not_kept(tmp_path):
    with Failing("start") as failing:
        kept = Pdfs(tmp_path, failing)
        with pytest.raises(NotesError, match="no room to read this PDF"):
            kept.draft(WORDS, "digest", "a.pdf")
        assert kept.draft(WORDS, "digest", "a.pdf").sections
