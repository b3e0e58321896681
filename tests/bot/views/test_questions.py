"""/question in the made-up chat: suggested in a window, decided about by buttons, after restarts and forgeries."""

import pytest

from bot.render import authoring_presses as presses
from bot.render import question_presses
from bot.services.entries import State
from bot.services.questions import question_of
from bot.views.items import FORMS, ITEMS
from storage import announcements, questions
from tests.bot.conftest import pressable, until, words

FIELDS = {
    "prompt": "What gates **SwiGLU**? @everyone <@123>",
    "answers": "*Swish\nReLU",
    "explanation": "It multiplies.",
    "topic": "Nets",
}


async def window(chat, who=None, kind="choice", **options):
    return await (who or chat.ann).slash(chat.channel, "question suggest", kind=kind, **options)


async def suggest(chat, who=None, **given):
    """Fill in the window and return the reply."""
    author = who or chat.ann
    result = await author.submit_modal(await window(chat, author), {**FIELDS, **given})
    return result.response or result.followups[0]


async def run(chat, name, who=None, **options):
    return (await (who or chat.chief).slash(chat.channel, f"question {name}", **options)).response


async def press(chat, response, label, who=None):
    await (who or chat.chief).click(response, label=label)
    return words(response)


@pytest.fixture
def rows(chat, db):
    async def listed():
        async with db.reading() as conn:
            return list(reversed(await questions.listed(conn, chat.channel.guild.id)))

    return listed


async def test_suggestion_is_thanked_for_privately_and_waits(chat, rows):
    response = await suggest(chat)
    assert response.ephemeral
    assert "Thank you!" in words(response)
    assert "#1 · ⏳ waits for a decision" in words(response)
    (row,) = await rows()
    assert (row.author_id, row.channel_id, row.state) == (chat.ann.user.id, chat.channel.id, State.SUGGESTED)


async def test_text_of_members_mentions_nobody(chat):
    said = words(await suggest(chat))
    assert "@everyone" not in said
    assert "<@123>" not in said


@pytest.mark.parametrize(
    ("kind", "answers", "more"),
    [
        ("several", "*Tanh\nReLU\n*Sigmoid", {}),
        ("truth", ["false"], {}),
        ("typed", "0.5", {"extra": "0.01"}),
        ("order", "Sigmoid\nReLU", {}),
        ("open", "one\ntwo", {"extra": "So."}),
    ],
)
async def test_question_of_every_kind_is_suggested_in_its_window(chat, rows, kind, answers, more):
    form = await window(chat, kind=kind, difficulty=3)
    result = await chat.ann.submit_modal(form, {**FIELDS, "answers": answers, **more})
    assert "Thank you!" in words(result.response)
    question = question_of((await rows())[0])
    assert (question.kind, question.difficulty) == (kind, 3)


@pytest.mark.language("zh-CN")
async def test_window_and_mistakes_are_in_chinese(chat):
    form = await window(chat)
    assert form.modal["title"] == "出一道题"
    assert form.modal["components"][1]["label"] == "选项，每行一个"
    said = words((await chat.ann.submit_modal(form, {**FIELDS, "answers": "Swish\nReLU"})).response)
    assert "请在每个正确选项前面加" in said
    assert "重新打开表单" in said or "15 分钟" in said


async def test_refused_question_opens_again_as_it_was_typed(chat, make_bot):
    response = await suggest(chat, answers="one\none")
    assert "Put this right" in words(response)
    assert "the choices A and B are the same" in words(response)
    await chat.env.restart_bot(make_bot())
    again = await chat.ann.click(response, label="Open the form again")
    values = [one["component"].get("value") for one in again.modal["components"]]
    assert values == [FIELDS["prompt"], "one\none", FIELDS["explanation"], FIELDS["topic"]]
    result = await chat.ann.submit_modal(again, FIELDS)
    assert "Thank you!" in words(response if result.response is None else result.response)


async def test_refused_question_is_kept_for_a_quarter_of_an_hour(chat):
    response = await suggest(chat, answers="one\none")
    await chat.env.advance_time(15 * 60 + 1)
    result = await chat.ann.click(response, label="Open the form again")
    assert "no longer kept" in result.response.content


async def test_window_that_was_open_during_a_restart_is_read(chat, make_bot, rows):
    form = await window(chat)
    await chat.env.restart_bot(make_bot())
    await chat.ann.submit_modal(form, FIELDS)
    assert len(await rows()) == 1


async def test_queue_goes_from_one_suggestion_to_the_next(chat, rows):
    for _ in range(3):
        await suggest(chat)
    response = await run(chat, "approve")
    assert response.ephemeral
    assert "3 questions wait" in words(response)
    assert "#2 ·" in await press(chat, response, "Later ▶")
    assert "#2: approved" in await press(chat, response, "Approve")
    assert "#3 ·" in words(response)
    assert [row.state for row in await rows()] == [State.SUGGESTED, State.APPROVED, State.SUGGESTED]


async def test_rejection_is_reasoned_and_the_author_reads_why(chat, rows):
    await suggest(chat)
    response = await run(chat, "approve")
    form = await chat.chief.click(response, label="Reject")
    await chat.chief.submit_modal(form, {"reason": "Too **easy** @everyone"})
    assert "No question waits" in words(response)
    listed = await run(chat, "list", chat.ann)
    assert "✖ **#1**" in words(listed)
    await chat.ann.select(listed, [(await rows())[0].id], custom_id=presses.pick())
    assert "Reason: Too \\*\\*easy\\*\\*" in words(listed)
    assert "Edit" in pressable(listed)


async def test_empty_queue_says_so(chat):
    assert "No question waits" in words(await run(chat, "approve"))


@pytest.mark.parametrize("name", ["approve", "reports", "appeals", "export"])
async def test_deciding_is_for_those_who_manage(chat, name):
    response = await run(chat, name, chat.ann)
    assert response.ephemeral
    assert "Manage Server" in words(response)
    assert len(chat.env.errors) == 1


async def forged(chat, response, custom_id, who):
    """Press a button that carries *custom_id* in place of its own."""
    stored = chat.env.backend.get_message(response.channel_id, response.id)
    button = next(one for one in all_of(stored.components) if one.get("label") == "Edit")
    button["custom_id"] = custom_id
    result = await who.click(response, custom_id=custom_id)
    return " ".join([one.content for one in result.followups] + ([words(result.response)] if result.response else []))


def all_of(components):
    for one in components:
        yield one
        yield from all_of(one.get("components", ()))


FORGED = [
    lambda question: presses.approve(question, 1, "d"),
    lambda question: presses.retire(question, 1, "d"),
    lambda question: presses.reject(question, 1, "q"),
    lambda _question: presses.queue(0),
    lambda _question: presses.reports(0),
    lambda _question: presses.appeals(0),
    lambda _question: presses.dismiss(1),
    lambda _question: presses.accept(1),
    lambda _question: presses.decline(1),
    lambda _question: presses.imported(1),
]


@pytest.mark.parametrize("number", range(len(FORGED)))
async def test_decision_forged_by_a_member_is_refused(chat, rows, number):
    response = await suggest(chat)
    said = await forged(chat, response, FORGED[number]((await rows())[0].id), chat.ann)
    assert "Manage Server" in said
    assert (await rows())[0].state is State.SUGGESTED


@pytest.mark.parametrize("question_id", ["f" * 16, "other"])
async def test_forged_question_that_is_not_the_group_s_is_not_there(chat, db, rows, question_id):
    mine = await suggest(chat, chat.chief)
    if question_id == "other":
        question_id = "e" * 16
        async with db.begin() as conn:
            row = (await rows())[0]
            new = questions.NewQuestion(question_id, 5, row.body, State.SUGGESTED, chat_now(chat))
            await questions.add(conn, new)
    said = await forged(chat, mine, presses.approve(question_id, 1, "d"), chat.chief)
    assert "no such question" in said


def chat_now(chat):
    return chat.env.bot.services.editing.authoring._clock()


async def test_question_that_changed_meanwhile_is_not_decided_about(chat, rows):
    await suggest(chat)
    queue = await run(chat, "approve")
    form = await chat.ann.slash(chat.channel, "question edit", number=1)
    await chat.ann.submit_modal(form, {**FIELDS, "prompt": "Something else?"})
    result = await chat.chief.click(queue, label="Approve")
    assert "changed in the meantime" in result.followups[0].content
    assert (await rows())[0].state is State.SUGGESTED


async def test_two_windows_decide_once(chat, rows):
    await suggest(chat)
    first, second = await run(chat, "approve"), await run(chat, "approve")
    for window_ in (first, second):
        assert "#1: approved" in await press(chat, window_, "Approve")
    assert (await rows())[0].version == 2


async def test_buttons_work_after_a_restart(chat, make_bot, rows):
    await suggest(chat)
    response = await run(chat, "approve")
    await chat.env.restart_bot(make_bot())
    await press(chat, response, "Approve")
    assert (await rows())[0].state is State.APPROVED


async def test_question_is_changed_in_its_window(chat, rows):
    await suggest(chat)
    form = await chat.ann.slash(chat.channel, "question edit", number=1, difficulty=1)
    assert form.modal["components"][1]["component"]["value"] == "*Swish\nReLU"
    result = await chat.ann.submit_modal(form, {**FIELDS, "prompt": "New text?"})
    assert "New text?" in words(result.response)
    question = question_of((await rows())[0])
    assert (question.prompt, question.difficulty) == ("New text?", 1)


async def test_mistake_in_a_change_leaves_the_question_and_opens_again(chat, rows):
    await suggest(chat)
    form = await chat.ann.slash(chat.channel, "question edit", number=1)
    response = (await chat.ann.submit_modal(form, {**FIELDS, "answers": "one"})).response
    assert "choices" in words(response)
    again = await chat.ann.click(response, label="Open the form again")
    assert again.modal["components"][1]["component"]["value"] == "one"
    assert question_of((await rows())[0]).choices == ("Swish", "ReLU")


async def test_another_s_question_cannot_be_changed(chat):
    await suggest(chat)
    response = (await chat.bo.slash(chat.channel, "question edit", number=1)).response
    assert "no such question" in words(response)
    assert len(chat.env.errors) == 1


async def test_approved_question_is_changed_by_those_who_manage_alone(chat):
    await suggest(chat)
    await press(chat, await run(chat, "approve"), "Approve")
    response = (await chat.ann.slash(chat.channel, "question edit", number=1)).response
    assert "until they are approved" in words(response)
    assert (await chat.chief.slash(chat.channel, "question edit", number=1)).modal
    assert len(chat.env.errors) == 1


async def test_question_is_retired_and_comes_back(chat, rows):
    await suggest(chat)
    await press(chat, await run(chat, "approve"), "Approve")
    response = await run(chat, "retire", number=1)
    assert "#1 · 💤 retired" in words(response)
    assert "#1 · ✅ approved" in await press(chat, response, "Approve")
    assert (await rows())[0].state is State.APPROVED


async def test_numbers_are_offered_while_one_types(chat):
    await suggest(chat)
    offered = await chat.ann.autocomplete(chat.channel, "question edit", "number", "swi")
    assert [(one["value"], one["name"][:8]) for one in offered] == [(1, "#1 What ")]
    assert await chat.bo.autocomplete(chat.channel, "question edit", "number", "") == []


async def test_list_shows_one_s_own_with_pages(chat):
    assert "nothing here yet" in words(await run(chat, "list", chat.bo))
    for _ in range(11):
        await suggest(chat)
        await chat.env.advance_time(5)
    response = await run(chat, "list", chat.ann)
    assert "**#11**" in words(response)
    assert "**#1**" in await press(chat, response, "Next ▶", chat.ann)
    assert "nothing here yet" in words(await run(chat, "list", chat.ann, state="p"))


async def test_list_of_everybody_is_for_those_who_manage(chat):
    await suggest(chat)
    assert "**#1**" not in words(await run(chat, "list", chat.bo, everybody=True))
    assert "**#1**" in words(await run(chat, "list", chat.chief, everybody=True))


async def test_author_is_told_in_the_channel_where_they_asked(chat):
    await suggest(chat)
    await press(chat, await run(chat, "approve"), "Approve")
    await until_told(chat)
    message = chat.channel.last_message
    assert f"<@{chat.ann.user.id}>, your question #1 was approved" in words(as_response(chat, message))
    result = await chat.ann.click(message, label="Look at it")
    assert result.response.ephemeral
    assert "#1 · ✅ approved" in words(result.response)
    assert "no such question" in words((await chat.bo.click(message, label="Look at it")).response)


async def test_reason_of_a_rejection_is_not_told_in_the_channel(chat):
    await suggest(chat)
    form = await chat.chief.click(await run(chat, "approve"), label="Reject")
    await chat.chief.submit_modal(form, {"reason": "Too easy"})
    await until_told(chat)
    said = words(as_response(chat, chat.channel.last_message))
    assert "was looked at" in said
    assert "easy" not in said


async def test_channel_that_refuses_is_left_alone(chat, db):
    await suggest(chat)
    chat.env.inject_error("POST", "/channels/*/messages", status=403, times=9)
    await press(chat, await run(chat, "approve"), "Approve")
    await chat.env.settle()
    await chat.env.advance_time(600)
    assert chat.channel.last_message is None
    async with db.reading() as conn:
        assert await announcements.next_at(conn) is None


async def until_told(chat):
    await chat.env.settle()
    await until(lambda: chat.channel.last_message is not None)


def as_response(chat, message):
    return chat.env.backend.get_message(chat.channel.id, message.id)


async def test_question_is_for_groups_only(chat):
    with pytest.raises(Exception, match="not visible"):
        await chat.ann.user.slash("question list")


PRESSES = [
    presses.listing("m", "a", 3),
    presses.show("a" * 16),
    presses.queue(999_999_999),
    presses.approve("a" * 16, 10**9 - 1, "q"),
    presses.reject("a" * 16, 1, "r"),
    presses.retire("a" * 16, 1, "d"),
    presses.edit("a" * 16),
    presses.draft(10**18 - 1),
    presses.imported(1),
    presses.reports(0),
    presses.dismiss(1),
    presses.appeals(0),
    presses.accept(1),
    presses.decline(1),
    presses.pick(),
    question_presses.report(1),
    question_presses.appeal(1),
]
WINDOWS = [
    presses.suggested("several", 3),
    presses.edited("a" * 16, 10**9 - 1, 3),
    presses.rejected("a" * 16, 1, "q"),
    presses.reported(10**18 - 1),
]


@pytest.mark.parametrize("press", PRESSES)
def test_custom_id_is_short_and_read_by_exactly_one_item(press):
    readers = [item for item in ITEMS if item.__discord_ui_compiled_template__.fullmatch(press)]
    assert len(readers) == 1
    assert len(press) <= 100


@pytest.mark.parametrize("press", WINDOWS)
def test_window_is_read_by_exactly_one_reader(press):
    assert len([form for form in FORMS if form.template.fullmatch(press)]) == 1
    assert len(press) <= 100


@pytest.mark.parametrize("press", ["qapprove1:zz:1:d", "qaccept1:-1", "qlist1:x:a:0", f"qdraft1:{10**18}", "report1:"])
def test_what_we_never_made_is_read_by_nobody(press):
    assert [item for item in ITEMS if item.__discord_ui_compiled_template__.fullmatch(press)] == []
    assert [form for form in FORMS if form.template.fullmatch(press)] == []
