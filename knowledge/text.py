"""Normalising: makes spellings that mean the same equal, for the index and for the query alike.

Nothing here is shown to anybody: what a note says is always shown as its author wrote it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import opencc

HAN = "㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff々〇"
HAN_RUN = re.compile(f"[{HAN}]+")
LATIN_WORD = re.compile(f"[^\\W_{HAN}]+")
# A word with its inner joints: GPT-4, top_p, torch.nn, what's, C++, C#.
LATIN_COMPOUND = re.compile(f"[^\\W_{HAN}]+(?:[-._'’][^\\W_{HAN}]+)*(?:\\+\\+|#)?")

_CAMEL = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028\u2029\u202a-\u202e\u2060-\u2064\ud800-\udfff\ufe00-\ufe0f\ufeff]")

# CJK Radicals Supplement (U+2E80-2EFF) as PDF exports write them; NFKC folds only the Kangxi block (U+2F00).
_RADICALS = str.maketrans(
    "⺎⺟⺠⺩⺫⺬⺮⺼⻀⻁⻄⻅⻆⻇⻉⻊⻋⻓⻔⻗⻘⻙⻚⻛⻜⻝⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳⻑",
    "兀母民王目示竹肉艹虎西见角角贝足车长门雨青韦页风飞食首马骨鬼鱼鸟卤麦黄黾齐齿龙龟长",
)

# Both blocks as characters, for what is shown.
_PLAIN = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)} | _RADICALS

# Formulas say \alpha or α, people type alpha.
_GREEK_NAMES = (
    "α alpha β beta γ gamma δ delta ε epsilon ϵ epsilon ζ zeta η eta θ theta ι iota κ kappa λ lambda μ mu ν nu ξ xi "
    "ο omicron π pi ρ rho σ sigma τ tau υ upsilon φ phi ϕ phi χ chi ψ psi ω omega"
)
_GREEK = dict(zip(_GREEK_NAMES.split()[::2], _GREEK_NAMES.split()[1::2], strict=True))

# Commands of LaTeX that set type and mean nothing; \sigma, \max and the like are words.
_TYPESETTING = re.compile(
    r"\\(?:begin|end)\{[a-zA-Z*]{1,30}\}|\\(?:[dt]?frac|left|right|begin|end|text(?:bf|it|rm)?|math(?:bf|rm|cal|bb|it)|operatorname|boldsymbol|cdots?|"
    r"quad|qquad|times|displaystyle|limits|big+[lr]?)(?![a-zA-Z])"
)
# Neither text nor address runs over another opening bracket: a million of them cost no more than other characters.
_TARGET = r"\((?:[^()\n]|\([^()\n]{0,500}\)){0,2000}\)"
_IMAGE = re.compile(rf"!\[([^\[\]\n]{{0,500}})\]{_TARGET}")
_LINK = re.compile(rf"\[([^\[\]\n]{{0,500}})\]{_TARGET}")
_URL = re.compile(r"https?://[^\s)>\]\u4e00-\u9fff]+")
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,300}>")

# Words of the mainland that tw2sp takes for Taiwan's and turns into others: 向量 into 矢量, 程序 into 进程. As they
# would no longer sound as they are typed in pinyin, and be one with words of another meaning, they are left alone.
_NOT_TAIWANESE = re.compile("(程序|核心|文件|序列|行程|批次|向量|停用|存取|建立|新增|整合|[显顯]著|著[名作])")
_KEEPS_ITS_S = ("ss", "us", "is", "os", "as")


@lru_cache(maxsize=1)
def _simplifier() -> opencc.OpenCC:
    # tw2sp also maps Taiwan's own words (軟體 -> 软件), which character tables do not.
    return opencc.OpenCC("tw2sp")


def fold(text: str) -> str:
    """Return *text* in NFKC, with radicals as characters, in simplified Chinese; its case is kept."""
    if text.isascii():
        return text
    composed = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).translate(_RADICALS)
    if not HAN_RUN.search(composed):
        return composed
    # OpenCC knows 正規化 from databases (范式); in these fields it is 正则化 or 归一化, which the glossary tells.
    pieces = _NOT_TAIWANESE.split(composed.replace("正規化", "正规化"))
    pieces[::2] = map(_simplifier().convert, pieces[::2])
    return "".join(pieces).replace("顯", "显")


def without_radicals(text: str) -> str:
    """Return *text* with the characters that PDFs write as radicals: they look the same, and are found and copied."""
    return text.translate(_PLAIN)


def searchable(markdown: str) -> str:
    """Return the words of *markdown*: addresses, tags and typesetting commands are not looked for."""
    text = _LINK.sub(r"\1", _IMAGE.sub(r" \1 ", markdown))
    text = _TAG.sub(" ", _URL.sub(" ", text))
    return _TYPESETTING.sub(" ", text) if "\\" in text else text


def singular(word: str) -> str:
    """Return the singular of a lower-case English *word*, roughly: the same rule on both sides is what counts."""
    if word.endswith(("isation", "isations")):
        return word.split("isation", maxsplit=1)[0] + "ization"
    if len(word) < 4 or not word.endswith("s") or word.endswith(_KEEPS_ITS_S):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes", "zzes")) and not word.endswith("caches"):
        return word[:-2]
    return word[:-1]


def latin_terms(text: str) -> list[str]:
    """Return the terms of every Latin word of the folded *text*, in order: the whole, then its parts.

    ``LayerNorm`` gives layernorm, layer, norm; ``GPT-4`` gives gpt4, gpt, 4; ``C++`` stays whole.
    """
    terms: list[str] = []
    for word in LATIN_COMPOUND.findall(text):
        if word.isalpha() and word.islower():
            terms.append(_GREEK.get(word) or singular(word))
        else:
            terms.extend(_compound_terms(word))
    return terms


@lru_cache(maxsize=65536)
def _compound_terms(word: str) -> tuple[str, ...]:
    if word.endswith(("++", "#")):
        return (word.casefold(),)
    whole = word_term(word)
    parts = word_parts(word)
    return (whole, *(part for part in parts if part != whole))


@lru_cache(maxsize=65536)
def word_term(word: str) -> str:
    """Return the one term of a Latin *word* without its joints: ``Layer-Norm`` gives layernorm."""
    if word.endswith(("++", "#")):
        return word.casefold()
    if word.replace(".", "").isdigit():
        return word
    joined = "".join(LATIN_WORD.findall(word)).casefold()
    return _GREEK.get(joined) or singular(joined)


def word_parts(word: str) -> tuple[str, ...]:
    """Return the parts of a Latin *word* at its joints and humps, lower case; () if it has none worth a term.

    Humps shorter than three letters (the R of RoPE) are no words of their own; parts at joints are (the p of top-p).
    """
    pieces = LATIN_WORD.findall(word)
    if word.replace(".", "").isdigit():
        return ()
    if len(pieces) > 1:
        small = [term for piece in pieces for term in _compound_terms(piece)]
        return tuple(small)
    humps = _CAMEL.findall(word)
    parts = [hump for hump in humps if len(hump) > 2 and hump.isalpha()]
    return tuple(singular(part.casefold()) for part in parts) if len(humps) > 1 else ()


def han_share(text: str) -> float:
    """Return the share of Han characters among the letters of *text*; a Latin word counts as two characters."""
    han = sum(map(len, HAN_RUN.findall(text)))
    latin = 2 * len(LATIN_WORD.findall(text))
    return han / (han + latin) if han + latin else 0.0
