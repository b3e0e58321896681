import pytest

from bot.render.inline import code_span, escape, inline, link
from bot.render.maths import rich
from bot.render.tags import BREAK


@pytest.mark.parametrize(
    "text", ["**问题：**后", "`a | b`", "x_i and *y*", "a < b and c > d", "C++ & co", "- item\n- two"]
)
def test_ordinary_text_passes_through(text):
    assert inline(text) == text


@pytest.mark.parametrize(
    "mention", ["<@1>", "<@&2>", "<#3>", "<:x:4>", "<a:x:5>", "<t:6:R>", "</explain:7>", "<id:guide>"]
)
def test_mention_is_broken(mention):
    assert inline(f"see {mention}") == f"see <{BREAK}{mention[1:]}"


@pytest.mark.parametrize("name", ["everyone", "here"])
def test_everybody_is_not_called(name):
    assert inline(f"hi @{name}") == f"hi @{BREAK}{name}"


@pytest.mark.parametrize(
    "text", ["<<!-- -->@123>", "@every<!-- -->one", "<<b></b>@1>", "<<span></span>@1>", "&lt;@1&gt;"]
)
def test_removing_a_construct_never_makes_a_mention(text):
    assert "<@" not in inline(text)
    assert "@everyone" not in inline(text)


def test_code_span_is_left_alone():
    assert inline("`<@1> ||x|| [a](b)`") == "`<@1> ||x|| [a](b)`"


def test_unclosed_code_span_does_not_shelter_a_mention():
    assert inline("`<@1>") == f"`<{BREAK}@1>"


def test_web_link_stays():
    assert inline("[paper](https://arxiv.org/abs/1)") == "[paper](https://arxiv.org/abs/1)"


@pytest.mark.parametrize("target", ["./X_cn.md", "#top", "javascript:alert(1)", "file:///etc/passwd", "https://"])
def test_link_that_leads_nowhere_leaves_its_words(target):
    assert inline(f"see [the note]({target}) now") == "see the note now"


@pytest.mark.parametrize(
    "label", ["bank.com", "https://bank.com/login", "**bank**.com", "bank\\.com", "b\u200bank.com"]
)
def test_label_that_claims_another_host_is_taken_apart(label):
    assert "](" not in link(label, "https://evil.example/x")
    assert "<https://evil.example/x>" in link(label, "https://evil.example/x")


def test_label_that_names_its_own_host_stays():
    assert link("www.pytorch.org", "https://pytorch.org/docs") == "[www.pytorch.org](https://pytorch.org/docs)"


def test_address_cannot_close_its_link():
    assert link("wiki", "https://e.org/a_(b)") == "[wiki](https://e.org/a_%28b%29)"


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("see [[lora/lora微调|LoRA]]", "see LoRA"),
        ("[[BPE]]和[[Bert#预训练]]", "BPE和Bert › 预训练"),
        ("[[#Heading]]", "Heading"),
        ("![[loss curve.png|300]]", "🖼 loss curve.png"),
        ("![[a.png|the curve]]", "🖼 the curve"),
        ("a[[i]] and [[1,2]]", "a[[i]] and \\[\\[1,2\\]\\]"),
        ("[[]]", "\\[\\[\\]\\]"),
        ("[[<@1>|to <@2>]]", f"to <{BREAK}@2>"),
    ],
)
def test_link_of_a_wiki_shows_its_words(source, shown):
    assert inline(source) == shown


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("H<sub>2</sub>O", "H₂O"),
        ("x<sup>2</sup>", "x²"),
        ("e<sup>a,b</sup>", "e^\\(a,b\\)"),
        ("a<sub>中</sub>", "a\\_中"),
    ],
)
def test_raised_and_lowered_text_is_unicode(source, shown):
    assert inline(source) == shown


@pytest.mark.parametrize("label", ["`bank.com`", "$\\text{bank.com}$", "**`bank`**.com", "`https://bank.com`"])
def test_label_of_code_or_formulas_cannot_claim_another_host(label):
    assert "](" not in rich(f"[{label}](https://evil.example/x)")


def test_address_in_a_text_calls_nobody():
    assert "@everyone" not in inline("https://e.org/@everyone")


def test_picture_inside_a_text_becomes_its_words():
    assert inline("![the formula](x.png)") == "🖼 the formula"


def test_badge_in_a_link_keeps_its_address():
    assert inline("[![build](b.svg)](https://ci.org)") == "[🖼 build](https://ci.org)"


@pytest.mark.parametrize(("source", "shown"), [("a<br>b", "a\nb"), ("<b>x</b>", "**x**"), ("<i>x</i>", "*x*")])
def test_html_becomes_markdown(source, shown):
    assert inline(source) == shown


def test_html_link_becomes_a_link():
    assert inline('<a href="https://e.org">there</a>') == "[there](https://e.org)"


def test_unknown_angle_brackets_are_text():
    assert inline("List<int> and Map<K, V>") == "List<int> and Map<K, V>"


def test_comment_is_dropped_and_an_unclosed_one_kept():
    assert inline("a<!-- b -->c").replace(BREAK, "") == "ac"
    assert inline("a<!-- b") == "a<!-- b"


def test_two_bars_are_no_spoiler():
    assert inline("KL(P||Q) and KL(Q||P)") == "KL(P\\|\\|Q) and KL(Q\\|\\|P)"


@pytest.mark.parametrize(
    ("source", "shown"), [("&amp;", "&"), ("a&#x20;b", "a b"), ("&#42;", "\\*"), ("&nothing;", "&nothing;")]
)
def test_entities_are_read(source, shown):
    assert inline(source) == shown


def test_plain_text_is_shown_as_it_is():
    assert escape("a*b_c`d`\n<@1> @everyone") == f"a\\*b\\_c\\`d\\` \\<\\@1\\> \\@{BREAK}everyone"


def test_inline_code_cannot_be_closed_by_its_text():
    assert code_span("a`b\nc") == "`aˋb c`"


@pytest.mark.parametrize("piece", ["[", "![", "<", "`", "<!--", "[a](", "&#", "<a ", "||", "@", "[[]"])
def test_hostile_line_is_finished(piece):
    assert inline(piece * 20_000).count(piece[0]) >= 20_000


@pytest.mark.parametrize("picture", ["![a]", "![a](b.svg)", "[a](b)", "!", "\\]"])
@pytest.mark.parametrize("mark", ["[", "!["])
def test_bracket_that_stays_open_before_many_pictures_is_finished(mark, picture):
    assert inline(mark + picture * 200 + " and so on").count("a") >= picture.count("a") * 200


@pytest.mark.parametrize(
    ("label", "shown"), [("![a](b) c!", "🖼 a c!"), ("a![b]! c", "a![b]! c"), ("a[b] (c)", "a[b] (c)"), ("wow!", "wow!")]
)
def test_label_may_hold_a_picture_and_exclamation_marks(label, shown):
    assert inline(f"[{label}](https://e.org)") == f"[{shown}](https://e.org)"
