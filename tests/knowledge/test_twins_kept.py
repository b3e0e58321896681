"""From one state of the notes to the next, twins are taken over where nothing changed and found anew where it did."""

from __future__ import annotations

import pytest

from knowledge.library import Loaded, load
from tests.knowledge.loading import write

CHINESE = "# 决策树\n\n## 剪枝\n\n防止过拟合（overfitting）。\n\n## 熵\n\n衡量 impurity。\n"
ENGLISH = "# Decision trees\n\n## Pruning\n\nAgainst overfitting.\n\n## Entropy\n\nMeasures impurity.\n"


@pytest.fixture
def folder(tmp_path):
    return write(tmp_path / "notes", {"tree_cn.md": CHINESE, "tree_en.md": ENGLISH})


def twins(loaded: Loaded) -> dict[str, str]:
    index = loaded.index
    return {one.title: twin.title for one in index.sections if (twin := index.twin(one)) and one.language == "zh"}


def test_pair_that_did_not_change_keeps_its_twins(folder, started):
    first = load(folder, previous=started)
    (folder.root / "other.md").write_text("# Other\n\nSomething else.\n", "utf-8")
    assert (
        twins(load(folder, previous=first))
        == twins(first)
        == {"决策树": "Decision trees", "剪枝": "Pruning", "熵": "Entropy"}
    )


def test_pair_of_which_one_changed_is_aligned_anew(folder, started):
    first = load(folder, previous=started)
    write(folder.root, {"tree_en.md": ENGLISH.replace("## Entropy\n\nMeasures impurity.\n", "")})
    assert twins(load(folder, previous=first)) == {"决策树": "Decision trees", "剪枝": "Pruning"}


def test_twin_shows_its_text_of_now(folder, started):
    first = load(folder, previous=started)
    write(folder.root, {"tree_en.md": ENGLISH.replace("Against overfitting.", "It cuts branches against overfitting.")})
    second = load(folder, previous=first).index
    pruning = next(one for one in second.sections if one.title == "剪枝")
    assert second.twin(pruning).text == "It cuts branches against overfitting."
    assert second.twin(pruning) is second.section(second.twin(pruning).id)


def test_twin_shows_the_picture_that_came_since(folder, started):
    shown = "\n![curve](curve.png)\n"
    write(folder.root, {"tree_cn.md": CHINESE + shown, "tree_en.md": ENGLISH + shown})
    first = load(folder, previous=started)
    (folder.root / "curve.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    second = load(folder, previous=first).index
    entropy = second.twin(next(one for one in second.sections if one.title == "熵"))
    assert [picture.path for picture in entropy.pictures] == ["curve.png"]
    assert entropy is second.section(entropy.id)


def test_new_glossary_aligns_all_notes_anew(folder, started):
    write(folder.root, {"tree_en.md": ENGLISH.replace("Entropy\n\nMeasures impurity.", "Disorder\n\nOf a node.")})
    first = load(folder, previous=started)
    write(folder.root, {"glossary.yaml": "- {zh: [熵], en: [disorder]}\n"})
    second = load(folder, previous=first)
    assert second.vocabulary is not first.vocabulary
    assert twins(second)["熵"] == "Disorder"


def test_index_that_was_patched_takes_no_twins_of_what_changed_for_known(build, analyzer):
    many = {f"{number}.md": f"# Note {number}\n\nText {number}.\n" for number in range(9)}
    before = build({"tree_cn.md": CHINESE, "tree_en.md": ENGLISH, **many})
    after = build({"tree_cn.md": CHINESE, "tree_en.md": ENGLISH.replace("## Entropy", "## Gini"), **many})
    patched = before.patched(after.notes, analyzer.of_note)
    assert patched.aligned.holds(after.note("tree_cn.md"))
    assert not patched.aligned.holds(after.note("tree_en.md"))
