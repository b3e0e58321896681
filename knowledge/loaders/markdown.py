"""Markdown to a draft note: headings with the blocks under them.

Only the block structure is taken from the parser; the text of a block is the lines as written. So whatever is
masked, broken or unknown to the parser is still there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from knowledge.loaders import footnotes, frontmatter, links, navigation
from knowledge.loaders.draft import Draft
from knowledge.loaders.layout import Hidden, Kind, Run, Title, lay_out
from knowledge.loaders.lines import capped
from knowledge.loaders.mask import Sheet, mask
from knowledge.loaders.splitting import is_picture_line, pictures, split_text, unmarked
from knowledge.model import Block, BlockKind
from knowledge.sections import Outline, language_of, split


def load(text: str, file: str, *, asides: bool = True) -> Draft:
    r"""Return the draft of a Markdown file.

    Args:
        text: with ``\n`` at the end of each line.
        file: name below the root; the title if the note has no other.
        asides: whether ``%%…%%`` is a comment: in what was no Markdown, it is something else.
    """
    matter = frontmatter.read(text, file)
    lines, too_long = capped(text, file)
    sheet = mask(lines, matter.lines, asides=asides)
    leading = navigation.find(sheet.plain, matter.lines)
    sheet, runs = lay_out(sheet, leading.lines)
    outlines = footnotes.brought_along(list(_outlines(runs, sheet)))
    title = matter.title or _title(outlines) or PurePosixPath(file).stem
    language = language_of("\n".join(block.text for outline in outlines for block in outline.blocks) or title)
    sections, problems = split(outlines, file=file, title=title, language=language)
    return Draft(
        title=title,
        language=language,
        sections=sections,
        links=links.targets(_text(runs, sheet)),
        twins=leading.targets,
        aliases=matter.aliases,
        tags=matter.tags,
        hidden=matter.draft,
        problems=(*matter.problems, *too_long, *problems),
    )


def _outlines(runs: Sequence[Run], sheet: Sheet) -> Iterator[Outline]:
    heading: Run | None = None
    blocks: list[Block] = []
    for run in runs:
        if isinstance(run.label, Title):
            if heading is not None or blocks:
                yield _outline(heading, blocks, sheet)
            heading, blocks = run, list(_of_heading(run, sheet))
        else:
            blocks.extend(_blocks(run, sheet))
    if heading is not None or blocks:
        yield _outline(heading, blocks, sheet)


def _outline(heading: Run | None, blocks: Sequence[Block], sheet: Sheet) -> Outline:
    if heading is None or not isinstance(heading.label, Title):
        return Outline("", 0, 1, tuple(blocks))
    written = _as_chats_know_it(sheet.shown[heading.start : heading.end], heading.label.level)
    return Outline(heading.label.text, heading.label.level, heading.start + 1, tuple(blocks), written, heading.end)


def _of_heading(run: Run, sheet: Sheet) -> Iterator[Block]:
    """Yield the pictures of a heading, each on all its lines: they are shown after the whole of it."""
    return (replace(block, lines=(run.start + 1, run.end)) for block in pictures(sheet, run.start, run.end))


def _as_chats_know_it(lines: Sequence[str], level: int) -> str:
    """Return a heading on one line with number signs; a chat shows the line under another as dashes."""
    return lines[0] if len(lines) == 1 else f"{'#' * level} {' '.join(line.strip() for line in lines[:-1])}"


def _blocks(run: Run, sheet: Sheet) -> Iterator[Block]:
    match run.label:
        case Hidden() | Title():
            return
        case Kind(kind=BlockKind.TEXT):
            yield from split_text(sheet, run.start, run.end)
        case Kind(kind=BlockKind.CODE) if _are_pictures(sheet.plain[run.start : run.end]):
            yield from pictures(sheet, run.start, run.end)  # indented too far, which makes it code to the parser
        case Kind(kind=kind, info=info, text=text):
            first = unmarked(sheet.shown[run.start])
            first = first if first.strip() else sheet.shown[run.start]  # code that is nothing but such a mark
            text = text or "\n".join((first, *sheet.shown[run.start + 1 : run.end]))
            yield Block(kind, text, (run.start + 1, run.end), info=info)
            if kind is BlockKind.TABLE:
                yield from pictures(sheet, run.start, run.end)


def _are_pictures(lines: Sequence[str]) -> bool:
    return all(is_picture_line(line) for line in lines if line.strip())


def _text(runs: Iterable[Run], sheet: Sheet) -> Iterator[str]:
    """Yield the lines in which links are looked for: navigation is none, code and formulas are covered."""
    for run in runs:
        if not isinstance(run.label, Hidden):
            yield from sheet.plain[run.start : run.end]


def _title(outlines: Iterable[Outline]) -> str:
    """Return the first of the outermost headings."""
    headings = [outline for outline in outlines if outline.level]
    return min(headings, key=lambda outline: outline.level).heading if headings else ""
