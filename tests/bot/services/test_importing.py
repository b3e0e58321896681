"""Files of questions into a group: looked at first, then whole or not at all."""

import asyncio
import threading

import pytest

from bot.services.entries import Editor
from bot.services.groups import Who
from bot.services.importing import MAX_BYTES, Effect, Importing
from bot.services.question_errors import DraftGoneError, FileTooLargeError, NothingToExportError
from bot.services.questions import body_of, question_of
from knowledge.questions.model import Kind, Origin
from storage import questions as kept
from storage.questions import State
from tests.bot.services.conftest import ANN, GROUP

CHIEF = Editor(Who(9, GROUP, "chief"), manages=True)
FILE = """language: en
topic: Nets
questions:
  - {id: gate, kind: choice, question: Which gate?, choices: [Swish, ReLU], answer: A, explanation: So.}
  - {id: glu, kind: typed, question: What is GLU?, accept: [gated linear unit]}
"""
WRONG = """language: en
questions:
  - {id: gate, kind: choice, question: Which gate?, choices: [Swish, ReLU, Tanh], answer: D}
  - {id: Gate!, kind: choice, question: Which gate?, choices: [Swish, Swish], answer: A}
  - {id: fine, kind: truth, question: ReLU is linear., answer: false}
"""
RED = "AUTHOR: me\nWhat gates SwiGLU?:\n- Swish\n- SiLU\nWhat does GLU gate?:\n- the value\n"
TABLE = "题目,A,B,答案\n哪个门？,Swish,ReLU,A\n"


@pytest.fixture
def importing(db, clock):
    return Importing(db, clock=clock)


@pytest.fixture
def rows(db):
    async def listed(guild_id=GROUP):
        async with db.reading() as conn:
            return list(reversed(await kept.listed(conn, guild_id)))

    return listed


async def brought(importing, text, name="q.yaml", editor=CHIEF):
    data = text if isinstance(text, bytes) else text.encode()
    preview = await importing.look(editor, name, data)
    assert preview.problems == ()
    return await importing.commit(editor, preview.draft_id)


async def test_questions_are_compared_and_written_off_the_event_loop(importing, monkeypatch):
    threads = []

    def watched(question):
        threads.append(threading.current_thread())
        return body_of(question)

    monkeypatch.setattr("bot.services.importing.body_of", watched)
    await brought(importing, FILE)
    assert (await importing.look(CHIEF, "q.yaml", FILE.encode())).effects == {Effect.SAME: 2}
    assert threading.main_thread() not in threads
    assert len(threads) >= 4


async def test_look_changes_nothing(importing, rows):
    preview = await importing.look(CHIEF, "q.yaml", FILE.encode())
    assert (preview.effects, preview.problems) == ({Effect.NEW: 2}, ())
    assert await rows() == []


async def test_import_makes_approved_questions_without_an_author(importing, rows, questions):
    await brought(importing, FILE)
    made = [question_of(row) for row in await rows()]
    assert [(one.prompt, one.origin, one.author_id) for one in made] == [
        ("Which gate?", Origin.GROUP, None), ("What is GLU?", Origin.GROUP, None),
    ]  # fmt: skip
    assert {one.id for one in made} <= {one.id for one in (await questions.bank(GROUP)).all}


async def test_all_mistakes_of_a_file_are_told_with_their_lines(importing, rows):
    preview = await importing.look(CHIEF, "q.yaml", WRONG.encode())
    assert [str(one) for one in preview.problems] == [
        "q.yaml:3: answer D is not among the 3 choices",
        "q.yaml:4: id: only a-z, 0-9 and hyphens, at most 64, not Gate!",
        "q.yaml:4: the choices A and B are the same",
    ]
    assert (preview.draft_id, await rows()) == (0, [])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"questions: []",
        b"\x00\x01\xff\xfe" * 50,
        b"a: &a [x, x]\nb: &b [*a, *a]\nquestions: [*b]",
        b"questions: !!python/object/apply:os.system [ls]",
        b"[" * 10_000,
        FILE.replace("Which gate?", "x" * 2_000).encode(),
    ],
    ids=["empty", "none", "binary", "aliases", "object", "nested", "long"],
)
async def test_file_that_is_none_of_ours_is_told_and_nothing_kept(importing, rows, data):
    preview = await importing.look(CHIEF, "q.yaml", data)
    assert preview.problems
    assert (preview.draft_id, await rows()) == (0, [])


async def test_file_that_nobody_types_is_refused(importing):
    with pytest.raises(FileTooLargeError):
        await importing.look(CHIEF, "q.yaml", b"x" * (MAX_BYTES + 1))


async def test_import_again_changes_what_changed_and_keeps_ids(importing, rows):
    await brought(importing, FILE)
    before = await rows()
    preview = await brought(importing, FILE.replace("Which gate?", "Which one gates?"))
    assert preview.effects == {Effect.CHANGED: 1, Effect.SAME: 1}
    after = await rows()
    assert [row.id for row in after] == [row.id for row in before]
    assert question_of(after[0]).prompt == "Which one gates?"


async def test_retired_question_stays_retired(importing, rows, db, clock):
    await brought(importing, FILE)
    async with db.begin() as conn:
        await kept.change(conn, (await kept.listed(conn, GROUP))[0], at=clock(), state=State.RETIRED)
    preview = await importing.look(CHIEF, "q.yaml", FILE.replace("What is GLU?", "GLU?").encode())
    assert preview.effects == {Effect.RETIRED: 1, Effect.SAME: 1}


async def test_two_groups_import_one_file_without_meeting(importing, rows):
    other = Editor(Who(9, GROUP + 1, "chief"), manages=True)
    await brought(importing, FILE)
    await brought(importing, FILE, editor=other)
    here, there = await rows(), await rows(GROUP + 1)
    assert len(here) == len(there) == 2
    assert not {row.id for row in here} & {row.id for row in there}


async def test_question_in_two_languages_is_two_of_the_group_s(importing, rows):
    file = FILE + "  - {id: gate, language: zh, kind: choice, question: 哪个门？, choices: [Swish, ReLU], answer: A}\n"
    await brought(importing, file)
    assert len(await rows()) == 3
    assert (await brought(importing, file)).effects == {Effect.SAME: 3}


async def test_trivia_lists_of_another_bot_are_imported(importing, rows):
    await brought(importing, RED, "activation_functions.yaml")
    made = [question_of(row) for row in await rows()]
    assert [(one.kind, one.accepted, one.topic) for one in made] == [
        (Kind.TYPED, ("Swish", "SiLU"), "activation functions"), (Kind.TYPED, ("the value",), "activation functions"),
    ]  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gbk"])
async def test_tables_are_imported_in_the_encodings_of_spreadsheets(importing, rows, encoding):
    await brought(importing, TABLE.encode(encoding), "题库.csv")
    question = question_of((await rows())[0])
    assert (question.prompt, question.choices, question.right) == ("哪个门？", ("Swish", "ReLU"), (0,))


async def test_file_is_imported_once(importing, rows):
    preview = await importing.look(CHIEF, "q.yaml", FILE.encode())
    made = await asyncio.gather(*(importing.commit(CHIEF, preview.draft_id) for _ in range(4)), return_exceptions=True)
    assert [type(one).__name__ for one in made].count("DraftGoneError") == 3
    assert len(await rows()) == 2


@pytest.mark.parametrize("editor", [Editor(Who(8, GROUP, "deputy"), True), Editor(Who(9, GROUP + 1, "chief"), True)])
async def test_file_of_somebody_else_is_not_imported(importing, editor):
    preview = await importing.look(CHIEF, "q.yaml", FILE.encode())
    with pytest.raises(DraftGoneError):
        await importing.commit(editor, preview.draft_id)


async def test_file_is_kept_for_minutes(importing, clock):
    preview = await importing.look(CHIEF, "q.yaml", FILE.encode())
    clock.turn(minutes=15)
    with pytest.raises(DraftGoneError):
        await importing.commit(CHIEF, preview.draft_id)


async def test_failure_in_the_middle_leaves_nothing(importing, rows, monkeypatch):
    preview = await importing.look(CHIEF, "q.yaml", FILE.encode())

    async def broken(*_args, **_given):
        raise RuntimeError

    monkeypatch.setattr("storage.audit.add", broken)
    with pytest.raises(RuntimeError):
        await importing.commit(CHIEF, preview.draft_id)
    assert await rows() == []
    monkeypatch.undo()
    await importing.commit(CHIEF, preview.draft_id)
    assert len(await rows()) == 2


async def test_group_has_a_bounded_number(importing, monkeypatch):
    monkeypatch.setattr("bot.services.importing.MOST_OWN", 1)
    preview = await importing.look(CHIEF, "q.yaml", FILE.encode())
    assert [str(one) for one in preview.problems] == ["q.yaml: the group would have 2 questions, at most 1 are kept"]


@pytest.mark.parametrize("form", ["yaml", "csv"])
async def test_export_can_be_imported_and_changes_nothing(importing, rows, form):
    await brought(importing, FILE)
    before = await rows()
    count, content = await importing.export(CHIEF, form)
    assert count == 2
    assert (await importing.look(CHIEF, f"q.{form}", content)).effects == {Effect.SAME: 2}
    changed = content.replace(b"Which gate?", b"Which one?")
    assert (await brought(importing, changed, f"q.{form}")).effects == {Effect.CHANGED: 1, Effect.SAME: 1}
    assert [row.id for row in await rows()] == [row.id for row in before]


async def test_export_of_another_group_makes_questions_of_one_s_own(importing, rows):
    await brought(importing, FILE)
    _, content = await importing.export(CHIEF, "yaml")
    other = Editor(Who(9, GROUP + 1, "chief"), manages=True)
    assert (await brought(importing, content, editor=other)).effects == {Effect.NEW: 2}
    assert len(await rows()) == 2


async def test_group_without_questions_exports_nothing(importing):
    with pytest.raises(NothingToExportError):
        await importing.export(CHIEF, "yaml")


@pytest.mark.parametrize("name", ["../../etc/passwd.yaml", "C:\\x\\q.yaml", "a\nb\x00.yaml", "y" * 300 + ".yaml", ""])
async def test_name_of_a_file_is_only_a_name(importing, name):
    preview = await importing.look(Editor(ANN, True), name, b"questions: 1")
    assert "/" not in preview.name
    assert "\\" not in preview.name
    assert "\n" not in preview.name
    assert 0 < len(preview.name) <= 100
