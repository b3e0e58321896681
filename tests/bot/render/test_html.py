"""Markdown for other programs: formulas for MathJax, nothing that runs."""

import pytest

from bot.render.html import html_of


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("plain", "<p>plain</p>"),
        ("**bold** and `x<y`", "<p><strong>bold</strong> and <code>x&lt;y</code></p>"),
        ("why $a_1 * b_2 < c$ then", "<p>why \\(a_1 * b_2 &lt; c\\) then</p>"),
        (r"why \(a_1\) then", "<p>why \\(a_1\\) then</p>"),
        ("$$\n\\frac{a}{b}\n$$", "\\[\\frac{a}{b}\\]"),
        ("it costs $5 or $6", "<p>it costs $5 or $6</p>"),
        ("```python\nif a < b:\n    pass\n```", "<pre><code>if a &lt; b:\n    pass</code></pre>"),
        ("one\ntwo", "<p>one<br />\ntwo</p>"),
        ("", ""),
    ],
)
def test_markdown_becomes_html(text, made):
    assert html_of(text) == made


def test_table_becomes_a_table_with_its_formulas():
    made = html_of("| a | b |\n|---|---|\n| $x_1$ | 2 |")
    assert "<td>\\(x_1\\)</td>" in made


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[go](javascript:alert(1))",
        '[go](https://x.example "a\nb")',
        "$<img src=x onerror=alert(1)>$",
        "![<b>](javascript:alert(1))",
        "\ue0000\ue001 <i>",
    ],
)
def test_nothing_that_runs_comes_through(text):
    made = html_of(text)
    assert "<script" not in made
    assert "<img" not in made
    assert "<i>" not in made
    assert 'href="javascript' not in made


def test_picture_is_named():
    assert "🖼 the gate" in html_of("See ![the gate](gate.png) here")
    assert "gate.png" not in html_of("See ![the gate](gate.png) here")
