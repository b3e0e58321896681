"""Reports, appeals and files of questions in the made-up chat: private, once each, settled by those who manage."""

import pytest

from bot.render import question_presses
from storage import events, settings
from storage import questions as kept
from tests.bot.asking import CHOICE, TYPED, post
from tests.bot.conftest import pressable, until, words

FILE = b"""language: en
topic: Nets
questions:
  - {id: gate, kind: choice, question: "Which **gate**? @everyone", choices: [Swish, ReLU], answer: A}
  - {id: glu, kind: typed, question: What is GLU?, accept: [gated linear unit]}
"""


def told(result) -> str:
    found = [one.content for one in result.followups] + ([words(result.response)] if result.response else [])
    return "\n".join(found)


async def run(chat, name, who=None, **options):
    return (await (who or chat.chief).slash(chat.channel, f"question {name}", **options)).response


async def wrong(chat, db, texts, question=CHOICE, label="B", typed=None, who=None):
    """Let somebody answer wrongly and return the verdict and the round."""
    found, message = await post(chat, db, question, texts)
    return await answer(who or chat.ann, message, label, typed), found, message


async def answer(who, message, label, typed):
    result = await who.click(message, label=label)
    if typed is not None:
        result = await who.submit_modal(result, {"answer": typed})
    return result.response or result.followups[0]


async def report(who, verdict, reason="B is right, too"):
    form = await who.click(verdict, label="⚑ Report")
    return await who.submit_modal(form, {"reason": reason})


async def test_question_is_reported_from_a_verdict_once(chat, db, english):
    verdict, _, _ = await wrong(chat, db, english)
    result = await report(chat.ann, verdict)
    assert result.response.ephemeral
    assert "Thank you!" in told(result)
    assert "already" in told(await report(chat.ann, verdict))


async def test_report_survives_a_restart(chat, db, english, make_bot):
    verdict, _, _ = await wrong(chat, db, english)
    form = await chat.ann.click(verdict, label="⚑ Report")
    await chat.env.restart_bot(make_bot())
    assert "Thank you!" in told(await chat.ann.submit_modal(form, {"reason": "typo"}))


async def test_reports_are_shown_and_dismissed(chat, db, english):
    verdict, _, _ = await wrong(chat, db, english)
    await report(chat.ann, verdict, "B **too** <@123> @everyone")
    response = await run(chat, "reports")
    said = words(response)
    assert "Report 1 of 1" in said
    assert "> B \\*\\*too\\*\\* " in said
    assert "@everyone" not in said
    assert "What gates SwiGLU?" in said
    assert list(pressable(response)) == ["Dismiss"]
    await chat.chief.click(response, label="Dismiss")
    assert "Settled without a change." in words(response)
    assert "No report is open." in words(response)


async def test_two_windows_settle_a_report_once(chat, db, english):
    verdict, _, _ = await wrong(chat, db, english)
    await report(chat.ann, verdict)
    first, second = await run(chat, "reports"), await run(chat, "reports")
    await chat.chief.click(first, label="Dismiss")
    assert "settled meanwhile" in told(await chat.chief.click(second, label="Dismiss"))


async def test_own_question_is_retired_from_its_report(chat, db, english, services):
    preview = await run(chat, "import", file=("q.yaml", FILE))
    await chat.chief.click(preview, label="Import 2 questions")
    guild_id = chat.channel.guild.id
    async with db.reading() as conn:
        row = (await kept.listed(conn, guild_id))[1]
    question = (await services.questions.bank(guild_id)).get(row.id)
    verdict, _, _ = await wrong(chat, db, english, question)
    await report(chat.ann, verdict)
    response = await run(chat, "reports")
    assert list(pressable(response)) == ["Edit", "Retire", "Dismiss"]
    await chat.chief.click(response, label="Retire")
    assert "#1: retired" in words(response)
    assert "No report is open." in words(response)


async def test_log_channel_is_told_of_a_report(chat, db, english, services):
    async with db.begin() as conn:
        await settings.set_group(conn, chat.channel.guild.id, log_channel_id=chat.channel.id)
    services.groups.changed(chat.channel.guild.id)
    verdict, _, message = await wrong(chat, db, english)
    await report(chat.ann, verdict)
    await chat.env.settle()
    await until(lambda: chat.channel.last_message.id != message.id)
    notice = chat.channel.last_message
    assert "Manage Server" in told(await chat.bo.click(notice, label="Look at it"))
    result = await chat.chief.click(notice, label="Look at it")
    assert result.response.ephemeral
    assert "Report 1 of 1" in told(result)


async def test_typed_answer_is_appealed_once(chat, db, english):
    verdict, _, _ = await wrong(chat, db, english, TYPED, "Type your answer", "the gate")
    result = await chat.ann.click(verdict, label="I was right")
    assert result.response.ephemeral
    assert "decide whether your answer counts" in told(result)
    assert "asked for that already" in told(await chat.ann.click(verdict, label="I was right"))
    assert "⏳ **the gate**" in words(await run(chat, "list", chat.ann))


async def test_accepted_appeal_corrects_everybody_and_is_told_in_the_list(chat, db, english):
    verdict, found, message = await wrong(chat, db, english, TYPED, "Type your answer", "the gate")
    await answer(chat.bo, message, "Type your answer", "The Gate")
    await chat.ann.click(verdict, label="I was right")
    response = await run(chat, "appeals")
    assert "Typed: **the gate**" in words(response)
    await chat.chief.click(response, label="Accept")
    assert "✅ **the gate** counts from now on. 0 answers were corrected." in words(response)
    assert "No appeal is open." in words(response)
    assert "✅ **the gate**" in words(await run(chat, "list", chat.ann))
    again = await answer(chat.chief, message, "Type your answer", "the gate")
    assert "Right!" in words(again)
    assert found.source == "test"  # whose answers count nowhere; others are looked at in the tests of the service


async def test_declined_appeal_is_told_in_the_list(chat, db, english):
    verdict, _, _ = await wrong(chat, db, english, TYPED, "Type your answer", "the gate")
    await chat.ann.click(verdict, label="I was right")
    response = await run(chat, "appeals")
    await chat.chief.click(response, label="Decline")
    assert "✖ **the gate** does not count." in words(response)
    assert "✖ **the gate**" in words(await run(chat, "list", chat.ann))


async def test_two_windows_decide_an_appeal_once(chat, db, english):
    verdict, found, _ = await wrong(chat, db, english, TYPED, "Type your answer", "the gate")
    await chat.ann.click(verdict, label="I was right")
    first, second = await run(chat, "appeals"), await run(chat, "appeals")
    await chat.chief.click(first, label="Accept")
    assert "settled meanwhile" in told(await chat.chief.click(second, label="Decline"))
    async with db.reading() as conn:
        assert len(await events.of_round(conn, found.round_id)) == 1


async def press_forged(chat, verdict, custom_id):
    """Press a button that carries *custom_id* in place of its own."""
    stored = chat.env.backend.get_message(verdict.channel_id, verdict.id)
    rows = stored.components[0]["components"]
    button = next(one for row in rows for one in row.get("components", ()) if "custom_id" in one)
    button["custom_id"] = custom_id
    return told(await chat.ann.click(verdict, custom_id=custom_id))


@pytest.mark.parametrize("name", ["report", "appeal", "keep"])
async def test_forged_round_that_never_was_is_told(chat, db, english, name):
    verdict, _, _ = await wrong(chat, db, english)
    custom_id = getattr(question_presses, name)(999_999_999_999_999_999)
    assert "no longer here" in await press_forged(chat, verdict, custom_id)


async def test_choice_cannot_be_appealed(chat, db, english):
    verdict, found, _ = await wrong(chat, db, english)
    said = await press_forged(chat, verdict, question_presses.appeal(found.round_id))
    assert "Only a typed answer" in said


async def test_file_is_looked_at_before_it_is_imported(chat, db):
    response = await run(chat, "import", file=("q.yaml", FILE))
    assert response.ephemeral
    assert "**Dry run** of `q.yaml`" in words(response)
    assert "- 2 new questions" in words(response)
    async with db.reading() as conn:
        assert await kept.count(conn, chat.channel.guild.id) == 0
    await chat.chief.click(response, label="Import 2 questions")
    assert "✅ Imported `q.yaml`." in words(response)
    async with db.reading() as conn:
        assert await kept.count(conn, chat.channel.guild.id) == 2


async def test_file_that_was_looked_at_is_imported_after_a_restart(chat, db, make_bot):
    response = await run(chat, "import", file=("q.yaml", FILE))
    await chat.env.restart_bot(make_bot())
    await chat.chief.click(response, label="Import 2 questions")
    assert "Imported" in words(response)


async def test_file_is_imported_from_one_window_only(chat):
    response = await run(chat, "import", file=("q.yaml", FILE))
    await chat.chief.click(response, label="Import 2 questions")
    again = await run(chat, "import", file=("q.yaml", FILE))
    assert "2 questions as they are" in words(again)
    assert pressable(again) == {}


async def test_mistakes_of_a_file_are_all_told(chat, db):
    response = await run(chat, "import", file=("q.yaml", FILE.replace(b"answer: A", b"answer: C")))
    said = words(response)
    assert "Nothing of `q.yaml` can be imported" in said
    assert "`q.yaml:4` answer C is not among the 2 choices" in said
    assert pressable(response) == {}


async def test_mistakes_that_do_not_fit_are_in_a_file(chat):
    many = b"language: en\nquestions:\n" + b"".join(
        b"  - {id: q%d, kind: choice, question: q?, choices: [a, b], answer: Z}\n" % number for number in range(90)
    )
    response = await run(chat, "import", file=("q.yaml", many))
    (file,) = response.attachments
    lines = (await file.read()).decode().splitlines()
    assert len(lines) == 90
    assert "90 problems" in words(response)
    assert "All of them are in the file." in words(response)


@pytest.mark.language("zh-CN")
async def test_mistakes_of_a_file_are_told_in_chinese(chat):
    said = words(await run(chat, "import", file=("q.yaml", FILE.replace(b"answer: A", b"answer: C"))))
    assert "无法导入" in said
    assert "is not among" not in said


async def test_file_that_nobody_types_is_refused(chat):
    response = await run(chat, "import", file=("q.yaml", b"x" * 1_000_001))
    assert "larger than 1 MB" in words(response)
    assert len(chat.env.errors) == 1


async def test_members_import_nothing(chat):
    response = await run(chat, "import", chat.ann, file=("q.yaml", FILE))
    assert "Manage Server" in words(response)
    assert len(chat.env.errors) == 1


@pytest.mark.parametrize("form", ["yaml", "csv"])
async def test_export_is_a_file_that_can_be_imported(chat, form):
    preview = await run(chat, "import", file=("q.yaml", FILE))
    await chat.chief.click(preview, label="Import 2 questions")
    response = await run(chat, "export", form=form)
    (file,) = response.attachments
    assert file.filename == f"questions.{form}"
    again = await run(chat, "import", file=(file.filename, await file.read()))
    assert "2 questions as they are" in words(again)


async def test_group_without_questions_exports_nothing(chat):
    assert "no approved questions" in words(await run(chat, "export"))
    assert len(chat.env.errors) == 1


async def test_hostile_question_of_a_file_mentions_nobody(chat):
    preview = await run(chat, "import", file=("q.yaml", FILE))
    await chat.chief.click(preview, label="Import 2 questions")
    said = words(await run(chat, "list", everybody=True))
    assert "Which \\*\\*gate\\*\\*?" in said
    assert "@everyone" not in said
