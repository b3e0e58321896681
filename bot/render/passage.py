"""A note's Markdown laid out for a terminal by rich; formulas, inline pictures and HTML stay as written."""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.markdown import Markdown, Paragraph
from rich.segment import Segment
from rich.text import Text

from bot.render.linebreaks import wrapped


class Wrapped:
    """Text that breaks between Chinese characters too."""

    def __init__(self, text: Text) -> None:
        self.text = text

    def __rich_console__(self, _console: Console, options: ConsoleOptions) -> RenderResult:
        yield from wrapped(self.text, options.max_width)


class Indented:
    """Something two columns in, without blank lines before and after it."""

    def __init__(self, content: RenderableType) -> None:
        self.content = content

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        narrower = options.update_width(max(options.max_width - 2, 10))
        lines = console.render_lines(self.content, narrower, pad=False)
        filled = [number for number, line in enumerate(lines) if "".join(each.text for each in line).strip()]
        for line in lines[filled[0] : filled[-1] + 1] if filled else []:
            yield Segment("  ")
            yield from line
            yield Segment.line()


class _Paragraph(Paragraph):
    def __rich_console__(self, _console: Console, options: ConsoleOptions) -> RenderResult:
        yield Wrapped(self.text)


class _Page(Markdown):
    elements = {**Markdown.elements, "paragraph_open": _Paragraph}  # noqa: RUF012 - a ClassVar of rich


def markdown(text: str) -> Markdown:
    """Return *text* as rich lays out Markdown."""
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    parser.use(dollarmath_plugin, allow_digits=False)
    page = _Page("", hyperlinks=False, code_theme="ansi_dark")
    page.parsed = list(_as_written(parser.parse(text)))
    return page


def _as_written(tokens: list[Token]) -> Iterator[Token]:
    """Yield *tokens* with formulas and inline pictures turned back into the text of the note."""
    for token in tokens:
        if token.type == "math_inline":
            yield _text(f"${token.content}$")
        elif token.type == "image":
            yield _text(f"![{token.content}]({token.attrs.get('src', '')})")
        elif token.type == "math_block":
            yield from _paragraph(["$$", *token.content.strip("\n").split("\n"), "$$"])
        else:
            if token.children:
                token.children = list(_as_written(token.children))
            yield token


def _paragraph(lines: list[str]) -> Iterator[Token]:
    inner: list[Token] = []
    for line in lines:
        inner += [Token("hardbreak", "br", 0), _text(line)] if inner else [_text(line)]
    yield Token("paragraph_open", "p", 1)
    yield Token("inline", "", 0, children=inner)
    yield Token("paragraph_close", "p", -1)


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)
