"""The judged file and the measures made from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.errors import NotesError
from knowledge.evaluation import Judged, Measures, Target, evaluate, measure, outcome, read_judged
from knowledge.model import Hit, Results, Section


def section(file: str, *headings: str) -> Section:
    return Section(
        id="0" * 16, file=file, headings=headings, level=len(headings), lines=(1, 2), blocks=(), language="en"
    )


def results(*sections: Section, found: bool = True) -> Results:
    return Results("q", "en", found, tuple(Hit(one, 0.5) for one in sections))


def judged(*relevant: Target, kind: str = "term") -> Judged:
    return Judged("q", kind, relevant)


def written(folder: Path, *lines: str) -> Path:
    path = folder / "judged.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def only(outcomes) -> Measures:
    return measure(outcomes)[0]


GLU = section("a/glu.md", "Activations", "5. SwiGLU")
OTHER = section("a/other.md", "Other")


def test_target_without_heading_is_met_by_any_section_of_its_file():
    assert Target("a/glu.md").is_met_by(GLU)
    assert not Target("a/glu.md").is_met_by(OTHER)


@pytest.mark.parametrize("heading", ["5. SwiGLU", "5.  swiglu ", "ＡＣＴＩＶＡＴＩＯＮＳ"])
def test_heading_is_compared_without_case_width_and_blanks_and_may_be_an_ancestor(heading):
    assert Target("a/glu.md", heading).is_met_by(GLU)


def test_heading_is_compared_whole():
    assert not Target("a/glu.md", "SwiGLU").is_met_by(GLU)


def test_rank_is_that_of_the_first_relevant_hit():
    assert outcome(judged(Target("a/glu.md")), results(OTHER, GLU, GLU)).rank == 2


def test_a_hit_after_the_tenth_does_not_count():
    assert outcome(judged(Target("a/glu.md")), results(*[OTHER] * 10, GLU)).rank is None


def test_first_names_where_the_first_hit_leads():
    assert outcome(judged(), results(GLU, OTHER)).first == "a/glu.md > Activations > 5. SwiGLU"
    assert outcome(judged(), results(found=False)).first == ""


def test_measures_of_ranks_one_two_four_and_none():
    target = Target("a/glu.md")
    found = [[GLU], [OTHER, GLU], [OTHER, OTHER, OTHER, GLU], [OTHER]]
    total = only([outcome(judged(target), results(*sections)) for sections in found])
    assert (total.s_at_1, total.s_at_3) == (0.25, 0.5)
    assert total.mrr_at_10 == pytest.approx((1 + 1 / 2 + 1 / 4 + 0) / 4)


def test_unanswerable_queries_count_only_as_recognised_or_not():
    answered = outcome(judged(Target("a/glu.md")), results(GLU))
    unanswerable = [outcome(judged(), results(GLU, found=found)) for found in (True, False, False, False)]
    total = only([answered, *unanswerable])
    assert (total.answerable, total.unanswerable) == (1, 4)
    assert (total.s_at_1, total.recognised, total.refused) == (1.0, 0.75, 0.0)


def test_refused_answerable_query_is_counted_beside_its_rank():
    total = only([outcome(judged(Target("a/glu.md")), results(GLU, found=False))])
    assert (total.s_at_1, total.refused, total.recognised) == (1.0, 1.0, None)


def test_kinds_follow_the_total_in_order_of_name():
    outcomes = [outcome(judged(kind=kind), results()) for kind in ("typo", "pinyin", "typo")]
    assert [(one.kind, one.unanswerable) for one in measure(outcomes)] == [("all", 3), ("pinyin", 1), ("typo", 2)]


def test_evaluate_searches_each_query_in_order():
    asked: list[str] = []

    def search(query: str) -> Results:
        asked.append(query)
        return results(GLU)

    outcomes = evaluate([Judged("b", "term", ()), Judged("a", "term", ())], search)
    assert asked == ["b", "a"]
    assert [one.judged.query for one in outcomes] == ["b", "a"]


def test_judged_file_is_read_in_order_without_its_blank_lines(tmp_path):
    path = written(
        tmp_path,
        '{"query": "swiglu", "kind": "term", "relevant": [{"file": "a.md", "heading": "SwiGLU"}, {"file": "b.md"}]}',
        "",
        '{"query": "红烧肉", "relevant": []}',
    )
    assert read_judged(path) == (
        Judged("swiglu", "term", (Target("a.md", "SwiGLU"), Target("b.md"))),
        Judged("红烧肉", "other", ()),
    )


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("{", "not valid JSON"),
        ("[" * 100_000, "not valid JSON"),
        ("[]", "expected an object"),
        ('{"kind": "term", "relevant": []}', "query: expected text"),
        ('{"query": " ", "relevant": []}', "query: expected text"),
        ('{"query": "a", "kind": 3, "relevant": []}', "kind: expected text"),
        ('{"query": "a"}', "relevant: expected a list"),
        ('{"query": "a", "relevant": ["b.md"]}', "relevant: expected objects"),
        ('{"query": "a", "relevant": [{"heading": "b"}]}', "relevant: expected objects"),
        ('{"query": "a", "relevant": [{"file": "b.md", "heading": 1}]}', "relevant: expected objects"),
    ],
)
def test_bad_line_is_named_with_file_line_and_what_was_expected(tmp_path, line, expected):
    path = written(tmp_path, '{"query": "a", "relevant": []}', line)
    with pytest.raises(NotesError, match=f"judged.jsonl:2: {expected}"):
        read_judged(path)


def test_missing_empty_and_foreign_files_are_refused(tmp_path):
    with pytest.raises(NotesError, match="cannot be read: No such file"):
        read_judged(tmp_path / "none.jsonl")
    with pytest.raises(NotesError, match="no query"):
        read_judged(written(tmp_path, "", " "))
    (tmp_path / "gbk.jsonl").write_bytes(b"\n" + "激活".encode("gbk"))
    with pytest.raises(NotesError, match=r"gbk\.jsonl:2: the file must be saved as UTF-8"):
        read_judged(tmp_path / "gbk.jsonl")
