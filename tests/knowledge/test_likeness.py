"""How alike two sections of different languages are."""

from __future__ import annotations

from knowledge.glossary import Glossary
from knowledge.likeness import Likeness
from tests.knowledge.material import section


def alike(mine: str, theirs: str) -> float:
    one, other = section("BERT", text=mine), section("BERT", text=theirs, language="en")
    return Likeness([one], [other], Glossary(()))(0, 0)


def test_names_and_numbers_that_both_have_count():
    assert alike("用 AdamW，步长 0.001", "AdamW with 0.001") > alike("用 AdamW，步长 0.001", "SGD with 0.1")


def test_what_only_one_note_has_anywhere_counts_nothing():
    alone = " ".join(f"name{number}" for number in range(50))
    assert alike("用 AdamW", "AdamW") == alike(f"用 AdamW {alone}", "AdamW")


def test_few_signs_without_one_in_common_say_nothing():
    mine = [section("A", text="AdamW"), section("B", text="LambS")]
    theirs = [section("X", text="LambS", language="en"), section("Y", text="AdamW", language="en")]
    likeness = Likeness(mine, theirs, Glossary(()))
    assert likeness(0, 0) == Likeness([section("A")], [section("X", language="en")], Glossary(()))(0, 0)
