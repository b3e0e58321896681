"""Markdown to a draft note: headings with the blocks under them, by the line maps of markdown-it.

Only the block structure is taken from the parser; the text of a block is the lines as written. So whatever is
masked, broken or unknown to the parser is still there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.front_matter import front_matter_plugin

from knowledge.loaders import frontmatter, links
from knowledge.loaders.draft import Draft
from knowledge.loaders.fences import mended
from knowledge.loaders.frontmatter import FrontMatter
from knowledge.loaders.inline import plain_heading
from knowledge.loaders.mask import Cover, Masked, mask
from knowledge.loaders.splitting import Lines, lines_of, split_text
from knowledge.model import Block, BlockKind
from knowledge.sections import Outline, language_of, split

MAX_NESTING = 30  # of lists and quotes; what lies deeper is text of its parent
_KINDS = {"fence": BlockKind.CODE, "code_block": BlockKind.CODE, "table_open": BlockKind.TABLE}
_PASSED_OVER = ("front_matter", "hr")


def load(text: str, file: str) -> Draft:
    r"""Return the draft of a Markdown file.

    Args:
        text: with ``\n`` at the end of each line.
        file: name below the root; the title if the note has no other.
    """
    masked = mask(text)
    parser = _parser()
    structure = mended(masked.text, parser)
    tokens = [token for token in parser.parse(structure) if token.level == 0 and token.map]
    matter = _front_matter(text, tokens, file)
    shown = _without_comments(text, masked)
    lines = lines_of(shown, masked, text)
    navigation = links.navigation(lines.texts, len(_matter_lines(tokens)))
    outlines = list(_outlines(tokens, lines, navigation.lines))
    title = matter.title or _title(outlines) or PurePosixPath(file).stem
    language = language_of("\n".join(block.text for outline in outlines for block in outline.blocks) or title)
    sections, problems = split(outlines, file=file, title=title, language=language)
    return Draft(
        title=title,
        language=language,
        sections=sections,
        links=links.targets(shown),
        twins=navigation.targets,
        aliases=matter.aliases,
        tags=matter.tags,
        hidden=matter.draft,
        problems=(*matter.problems, *problems),
    )


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING}).enable("table").use(front_matter_plugin)
    # Without the inline rules: the text is taken as written, and a line of megabytes costs nothing.
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


def _front_matter(text: str, tokens: Sequence[Token], file: str) -> FrontMatter:
    lines = _matter_lines(tokens)
    if not lines:
        return FrontMatter()
    return frontmatter.parse("\n".join(text.split("\n")[1 : len(lines) - 1]), file)


def _matter_lines(tokens: Sequence[Token]) -> range:
    first = next(iter(tokens), None)
    return range(*first.map) if first is not None and first.type == "front_matter" and first.map else range(0)


def _without_comments(text: str, masked: Masked) -> str:
    pieces, at = [], 0
    for part in masked.parts:
        if part.kind is Cover.COMMENT:
            pieces += [text[at : part.start], "\n" * text.count("\n", part.start, part.end)]
            at = part.end
    return "".join([*pieces, text[at:]])


def _outlines(tokens: Sequence[Token], lines: Lines, hidden: frozenset[int]) -> Iterator[Outline]:
    heading, level, line = "", 0, 1
    blocks: list[Block] = []
    for token in _with_gaps(tokens, len(lines.texts)):
        if token.type == "heading_open" and token.map:
            if level or blocks:
                yield Outline(heading, level, line, tuple(blocks))
            heading, level, line = _heading(token, lines), int(token.tag[1]), token.map[0] + 1
            blocks = []
        elif token.type not in _PASSED_OVER:
            blocks.extend(_blocks(token, lines, hidden))
    if level or blocks:
        yield Outline(heading, level, line, tuple(blocks))


def _with_gaps(tokens: Sequence[Token], end: int) -> Iterator[Token]:
    """Yield *tokens*, and a paragraph for each stretch of lines that the parser made nothing of."""
    at = 0
    for token in tokens:
        if token.nesting >= 0 and token.map:
            if token.map[0] > at:
                yield _paragraph(at, token.map[0])
            yield token
            at = max(at, token.map[1])
    if at < end:
        yield _paragraph(at, end)


def _paragraph(first: int, end: int) -> Token:
    return Token("paragraph_open", "p", 1, map=[first, end])


def _heading(token: Token, lines: Lines) -> str:
    first, end = token.map or [0, 0]
    if token.markup in ("=", "-"):
        return plain_heading(" ".join(lines.texts[first : end - 1]))
    return plain_heading(lines.texts[first].strip().lstrip("#").strip().rstrip("#").strip() or " ")


def _blocks(token: Token, lines: Lines, hidden: frozenset[int]) -> Iterable[Block]:
    first, end = token.map or [0, 0]
    kind = _KINDS.get(token.type, BlockKind.TEXT)
    while end > first and not lines.texts[end - 1].strip():
        end -= 1
    if kind is BlockKind.TEXT:
        return split_text(lines, first, end, hidden)
    info = token.info.strip().split(" ")[0] if token.info else ""
    if info == "math":
        kind = BlockKind.MATH
    return [Block(kind, "\n".join(lines.texts[first:end]), (first + 1, end), info=info)] if end > first else []


def _title(outlines: Iterable[Outline]) -> str:
    """Return the first of the outermost headings."""
    headings = [outline for outline in outlines if outline.level]
    return min(headings, key=lambda outline: outline.level).heading if headings else ""
