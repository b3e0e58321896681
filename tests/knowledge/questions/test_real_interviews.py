"""The questions of real notes and of the sample, as the bank gives them."""

from __future__ import annotations

from knowledge.questions.bank import section_of
from knowledge.questions.model import Origin

FIRST = "请解释一下 Transformer 的核心机制以及为什么它在语言和视觉任务中都表现出色？"
CODE = """```python
@app.route('/api/generate', methods=['POST'])
def generate():
    data = request.json
    prompt = data.get('prompt')
    result = model.generate(prompt)
    return jsonify({"output": result})"""


def asked(loaded):
    return [question for question in loaded.bank.all if question.origin is Origin.NOTES]


def test_real_interview_notes_give_their_eleven_questions(real):
    questions = asked(real)
    assert len(questions) == 11
    assert {question.file for question in questions} == {"面试问题整理.md"}
    assert [question.topic for question in questions] == ["一、模型与算法方向"] * 10 + ["二、工程实现与系统设计"]
    assert (questions[0].prompt, questions[0].lines) == (FIRST, (7, 10))
    assert all(question.answer and question.points for question in questions)


def test_last_question_keeps_its_code_though_the_fence_is_never_closed(real):
    last = asked(real)[-1]
    assert (last.prompt, last.answer) == ("请举例说明你设计的一个后端 API 接口。", CODE)
    assert last.points[-1] == 'return jsonify({"output": result})'


def test_every_question_leads_to_its_section(real):
    sections = [section_of(question, real.index) for question in asked(real)]
    assert [section.lines[0] for section in sections] == [question.lines[0] for question in asked(real)]


def test_sample_s_interview_files_give_their_questions(sample):
    by_file = {file: [one for one in asked(sample) if one.file == file] for file in {one.file for one in asked(sample)}}
    assert {file: len(found) for file, found in by_file.items()} == {
        "interview/interview_questions.md": 19,
        "interview/面试题整理.md": 21,
    }
    assert {one.topic for one in by_file["interview/interview_questions.md"]} == {
        "Transformers and language models", "Machine learning basics", "Coding",
    }  # fmt: skip
