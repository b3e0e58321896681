"""The local chat as a process of its own, and a browser that looks at it at the width of a desk and of a phone."""

import contextlib
import re
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright
from playwright.sync_api import TimeoutError as TooLateError

import knowledge
from tests.bot.trial_process import trying

SAMPLE = Path(knowledge.__file__).parent / "sample"
QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
WIDE = pytest.param(((1280, 900), "林晓"), id="desk")
NARROW = pytest.param(((390, 844), "Maya"), id="phone")
"""Each looks with the eyes of a member of its own, for nobody may ask too often."""


def chromium() -> str:
    """Return Debian's browser, or another of the kind."""
    found = next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), ""
    )
    if not found:
        pytest.skip("there is no chromium here")
    return found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = chromium()
    expect.set_options(timeout=20_000)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield started
        started.close()


@pytest.fixture(scope="module")
def notes(tmp_path_factory) -> Path:
    """Return a copy of the sample notes, for the tests to edit."""
    folder = tmp_path_factory.mktemp("notes") / "sample"
    shutil.copytree(SAMPLE, folder)
    return folder


@pytest.fixture(scope="module")
def address(notes, tmp_path_factory) -> Iterator[str]:
    with trying(tmp_path_factory.mktemp("home"), "--lang", "en", "--notes", notes) as trial:
        yield trial.address
        assert trial.end(signal.SIGINT) == (0, "")


@pytest.fixture(scope="module", params=[WIDE, NARROW])
def chat(browser, address, request) -> Iterator["Chat"]:
    (width, height), member = request.param
    # The page forbids what Playwright needs to wait for a condition.
    page = browser.new_page(viewport={"width": width, "height": height}, bypass_csp=True)
    yield Chat(page, address, member)
    page.close()


class Chat:
    """The page, used as a person would use it."""

    def __init__(self, page: Page, address: str, member: str) -> None:
        self.page = page
        self.messages = page.locator(".channel-message")
        page.goto(address)
        self.settle()
        page.get_by_label("Viewing as").select_option(label=member)
        self.settle()

    def explain(self, topic: str, choose: str | None = None) -> Locator:
        """Type /explain and *topic*, take the completion that says *choose*, and return the answer."""
        before = self.messages.count()
        self.page.locator("#channel-composer-input").click()
        self.page.keyboard.type("/expl")
        expect(self.page.get_by_role("option", name="/explain")).to_be_visible()
        self.page.keyboard.press("Enter")
        # What is typed before the option has the focus is lost.
        self.page.wait_for_function("() => simcordPreview.commandPicker.draft?.focusedOption === 'topic'")
        self._type(topic)
        if choose is not None:
            self._offered(choose, topic).click()
        self.settle()
        self.page.locator("#send-message").click()
        expect(self.messages).to_have_count(before + 1)
        self.settle()
        return self.messages.nth(before)

    def _type(self, topic: str) -> None:
        self.page.keyboard.type(topic)
        self.page.wait_for_function("() => simcordPreview.commandPicker.autocomplete.state === 'answered'")

    def _offered(self, choice: str, topic: str) -> Locator:
        """Return the completion, typing again until the notes that have just been edited offer it."""
        option = self.page.get_by_role("option").filter(has_text=choice).first
        for _ in range(50):
            if option.is_visible():
                break
            self.page.keyboard.press("Backspace")
            self._type(topic[-1])
        return option

    def press(self, answer: Locator, name: str, *, exact: bool = False) -> None:
        """Press a button of *answer*."""
        self.click(answer.get_by_role("button", name=name, exact=exact))

    def click(self, control: Locator) -> None:
        """Click until it is taken: the page refuses a click that meets a change which it has not shown yet."""
        for _ in range(20):
            self.settle()
            control.click()
            self.settle()
            if not self.page.evaluate("() => simcordPreview.lastAction?.rejected"):
                return
        raise AssertionError(f"never taken: {control}")

    def view_as(self, member: str) -> None:
        """Look with the eyes of somebody else."""
        self.settle()
        self.page.get_by_label("Viewing as").select_option(label=member)
        self.settle()

    def use(self, command: str, **options: str) -> Locator:
        """Use a slash command, and return the newest message, which may be a window to fill in's predecessor."""
        self.page.locator("#channel-composer-input").click()
        self.page.keyboard.type(f"/{command}")
        expect(self.page.get_by_role("option", name=f"/{command}").first).to_be_visible()
        self.page.keyboard.press("Enter")
        self.page.wait_for_function("name => simcordPreview.commandPicker.draft?.invocation === name", arg=command)
        for name, value in options.items():
            self.page.get_by_role("option", name=re.compile(f"^{name}")).last.click()
            self.page.keyboard.type(value)
        self.click(self.page.locator("#send-message"))
        return self.messages.last

    def submit(self, **values: str) -> None:
        """Fill in the window that is open, by the labels of its fields, and send it."""
        window = self.page.get_by_role("dialog")
        for label, value in values.items():
            window.get_by_label(label).fill(value)
        self.click(window.get_by_role("button", name="Submit"))
        expect(window).to_have_count(0)

    def opened(self, answer: Locator) -> Locator:
        """Open the menu of *answer* and return its first option; a picture that comes late closes the menu again."""
        option = answer.get_by_role("option").first
        for _ in range(5):
            answer.get_by_role("combobox").click()
            with contextlib.suppress(TooLateError):
                option.wait_for(timeout=2_000)
                break
        return option

    def settle(self) -> None:
        """Wait until nothing is under way: what is pressed before is not taken."""
        self.page.wait_for_function("() => simcordPreview.ready && !simcordPreview.pendingQuery")


def expect_picture(answer: Locator) -> None:
    """Expect that *answer* shows a picture that could be loaded."""
    picture = answer.locator("img.gallery-image").first
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("image => image.naturalWidth") > 0
