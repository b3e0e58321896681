"""The local chat from end to end: a process, a browser, and what a person does in it."""

from playwright.sync_api import expect

from tests.e2e.conftest import expect_picture


def test_page_greets_with_an_answer_and_its_picture(chat):
    greeting = chat.messages.filter(has_text="You used /explain").first
    expect(greeting.get_by_role("heading", name="SwiGLU")).to_be_visible()
    expect_picture(greeting)


def test_chosen_completion_is_answered_with_its_picture(chat):
    answer = chat.explain("swig", choose="SwiGLU · Activation functions")
    expect(answer.get_by_text("activation/activation_functions.md")).to_be_visible()
    expect_picture(answer)


def test_answer_turns_its_pages_there_and_back(chat):
    answer = chat.explain("a walk-thr", choose="A walk-through")
    beginning, end = answer.get_by_text("The owner of a coffee machine"), answer.get_by_text("Looking back.")
    expect(beginning).to_be_visible()
    expect_picture(answer)
    chat.press(answer, "▶")
    expect(end).to_be_visible()
    expect(beginning).to_have_count(0)
    chat.press(answer, "◀")
    expect(beginning).to_be_visible()
    expect_picture(answer)


def test_answer_changes_its_language(chat):
    answer = chat.explain("a walk-thr", choose="A walk-through")
    chat.press(answer, "中文")
    expect(answer.get_by_role("heading", name="走一遍")).to_be_visible()
    expect_picture(answer)
    chat.press(answer, "English")
    expect(answer.get_by_role("heading", name="A walk-through")).to_be_visible()


def test_next_best_match_opens(chat):
    answer = chat.explain("gini impurity")
    option = chat.opened(answer)
    heading = option.inner_text().partition("\n")[0]
    option.click()
    chat.settle()
    expect(answer.get_by_role("heading", name=heading).first).to_be_visible()


def test_suggestion_of_what_is_not_in_the_notes_opens(chat):
    answer = chat.explain("how to choose a wedding dress")
    expect(answer.get_by_text("Not in the notes")).to_be_visible()
    suggestion = answer.locator(".component-button").first
    heading = suggestion.inner_text()
    suggestion.click()
    chat.settle()
    expect(answer.get_by_role("heading", name=heading).first).to_be_visible()


def test_page_survives_a_reload(chat):
    before = chat.messages.count()
    chat.page.reload()
    chat.settle()
    expect(chat.messages).to_have_count(before)


def test_edit_of_a_note_is_answered(chat, notes):
    name = f"Zebra {chat.page.viewport_size['width']}"
    (notes / "rag" / "zebra.md").write_text(f"# {name}\n\nNew and searchable.\n", "utf-8")
    answer = chat.explain(name.casefold(), choose=name)
    expect(answer.get_by_text("New and searchable.")).to_be_visible()
