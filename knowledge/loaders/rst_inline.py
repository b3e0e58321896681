"""What stands inside the lines of reStructuredText, as Markdown: links, roles, formulas, substitutions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

_LITERAL = re.compile(r"(``[^\n]{1,2000}?``(?!`))")
_ROLE = re.compile(r":([a-zA-Z][\w:+.-]{0,40}):`([^`\n]{1,1000})`")
_LINK = re.compile(r"`([^`<>\n]{0,500}?)\s*<([^<>`\s]{1,1000})>`__?")
_NAMED = re.compile(r"`([^`\n]{1,300})`__?(?!\w)")
_WORD = re.compile(r"(?<![\w`\[\\])([A-Za-z][\w.-]{0,80}?)_(?![\w_])")
_TITLED = re.compile(r"(.*?)\s*<[^<>]*>")
_PHRASE = re.compile(r"(?<![`\w:\\])`([^`\n]{1,500})`(?![`\w_])")
_SUBSTITUTION = re.compile(r"\|([^|\s](?:[^|\n]{0,100}[^|\s])?)\|(?:__?)?")
_FOOTNOTE = re.compile(r"\[([#*]?[\w.-]{0,60})\]_(?!\w)")
_JOINT = re.compile(r"\\ ")
_TARGET = re.compile(r"\.\. _(`[^`]{1,200}`|[^:`\n]{1,200}):\s*(\S{1,1000})\s*$")
_REPLACED = re.compile(r"\.\. \|([^|\n]{1,100})\| replace:: (.{1,200})\s*")
_LONGEST_LINE = 5_000
"""Characters of a line in which links are filled in, its substitutions included: three may become a thousand."""
_CODE_ROLE_NAMES = (
    "code literal func function meth method class mod module attr data obj exc const file command option kbd program "
    "envvar samp py:func py:class py:meth py:mod py:attr py:data py:obj py:exc"
)
_CODE_ROLES = frozenset(_CODE_ROLE_NAMES.split())


@dataclass(frozen=True, slots=True)
class Names:
    """What the file defines: addresses by the name of their target, in lower case, and texts by what they replace."""

    targets: Mapping[str, str] = field(default_factory=dict)
    replaced: Mapping[str, str] = field(default_factory=dict)


def names(lines: Iterable[str]) -> Names:
    """Return the targets and substitutions that *lines* define."""
    targets: dict[str, str] = {}
    replaced: dict[str, str] = {}
    for line in lines:
        if ".. " in line:
            stripped = line.strip()
            if found := _TARGET.match(stripped):
                targets.setdefault(_key(found[1].strip("`")), found[2])
            elif found := _REPLACED.fullmatch(stripped):
                replaced.setdefault(found[1], found[2].strip())
    return Names(targets, replaced)


def inline(line: str, known: Names) -> str:
    """Return a line of text as Markdown; what is not understood stays as it is."""
    if len(line) > _LONGEST_LINE:
        return line
    if "`" not in line and "_" not in line and "|" not in line and "\\" not in line:
        return line
    pieces = _LITERAL.split(line)
    pieces[::2] = [_SUBSTITUTION.sub(lambda match: known.replaced.get(match[1], match[0]), one) for one in pieces[::2]]
    if sum(map(len, pieces)) > _LONGEST_LINE:
        return line
    pieces[::2] = [_text(piece, known) for piece in pieces[::2]]
    return "".join(pieces)


def _text(text: str, known: Names) -> str:
    def named(match: re.Match[str]) -> str:
        target = known.targets.get(_key(match[1]))
        return f"[{match[1]}]({target})" if target else match[1]

    def word(match: re.Match[str]) -> str:
        target = known.targets.get(_key(match[1]))
        return f"[{match[1]}]({target})" if target else match[0]

    text = _ROLE.sub(_role, text)
    text = _LINK.sub(lambda match: f"[{match[1] or match[2]}]({match[2]})", text)
    text = _NAMED.sub(named, text)
    text = _FOOTNOTE.sub(r"[\1]", text)
    text = _PHRASE.sub(r"*\1*", text) if "](" not in text and "$" not in text else text
    return _JOINT.sub("", _WORD.sub(word, text))


def _role(match: re.Match[str]) -> str:
    role, content = match[1].lower(), match[2]
    if role == "math":
        return f"${content}$"
    titled = _TITLED.fullmatch(content)
    text = titled[1] if titled and titled[1] else content
    if role in _CODE_ROLES:
        return f"``{text.rpartition('.')[2] if text.startswith('~') else text}``"
    return text.lstrip("~!")


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()
