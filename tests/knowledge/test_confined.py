"""The confined process: what it returns, and that no call can hang, take all memory, write files or learn secrets."""

import contextlib
import io
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from knowledge import confined as confined_module
from knowledge.confined import Confined, ConfinedError, Limits, Outcome


def doubled(data: bytes, times: int) -> Outcome:
    return Outcome({"length": len(data)}, data * times)


def hanging(_data: bytes) -> Outcome:
    time.sleep(60)
    return Outcome()


def dying(_data: bytes) -> Outcome:
    os.abort()


def greedy(_data: bytes) -> Outcome:
    return Outcome(len(bytearray(3 * 1024**3)))


def wrong(_data: bytes) -> Outcome:
    raise LookupError("nothing there")


def printing(_data: bytes) -> Outcome:
    os.write(1, b"a line that a library prints")
    return Outcome("done")


def writing(_data: bytes, file: str) -> Outcome:
    with Path(file).open("wb") as opened:
        opened.write(b"x")
    return Outcome()


def environment(_data: bytes) -> Outcome:
    return Outcome(dict(os.environ))


def own_number(_data: bytes) -> Outcome:
    return Outcome(os.getpid())


def deaf(_data: bytes) -> Outcome:
    reading, _writing = os.pipe()
    os.dup2(reading, 0)
    return Outcome()


def session(_data: bytes) -> Outcome:
    return Outcome(os.getsid(0))


@pytest.fixture(scope="module")
def confined():
    with Confined(Limits(seconds=10)) as one:
        yield one


def test_values_and_bytes_come_back(confined):
    outcome = confined.run(doubled, 3, data=b"\x00\xff")
    assert (outcome.value, outcome.data) == ({"length": 2}, b"\x00\xff" * 3)


def test_one_process_serves_many_calls(confined):
    assert confined.run(own_number).value == confined.run(own_number).value != os.getpid()


def test_what_a_function_raises_is_told_and_the_process_goes_on(confined):
    before = confined.run(own_number).value
    with pytest.raises(ConfinedError, match="nothing there") as raised:
        confined.run(wrong)
    assert raised.value.kind == "LookupError"
    assert confined.run(own_number).value == before


def test_what_a_library_prints_is_not_taken_for_an_answer(confined):
    assert confined.run(printing).value == "done"


@pytest.mark.parametrize(("function", "kind"), [(hanging, "time"), (dying, "died")])
def test_call_that_hangs_or_dies_costs_itself_alone(function, kind):
    with Confined(Limits(seconds=2)) as confined:
        with pytest.raises(ConfinedError) as raised:
            confined.run(function)
        assert raised.value.kind == kind
        assert confined.run(doubled, 1, data=b"a").data == b"a"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems hold no limit of address space")
def test_memory_is_limited(confined):
    with pytest.raises(ConfinedError) as raised:
        confined.run(greedy)
    assert raised.value.kind == "MemoryError"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_nothing_can_be_written(confined, tmp_path):
    with pytest.raises(ConfinedError):
        confined.run(writing, str(tmp_path / "file"))


def test_secrets_are_not_handed_on(monkeypatch):
    monkeypatch.setenv("DISCORD_TOKEN", "abc.def.ghi")
    with Confined() as confined:
        assert "abc.def.ghi" not in confined.run(environment).value.values()


def test_nothing_in_the_folder_that_we_are_in_is_imported(monkeypatch, tmp_path):
    """That may be a repository of notes, in which anybody may have put a json.py."""
    (tmp_path / "json.py").write_text("raise SystemExit\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", ["", ".", *sys.path])
    with Confined(Limits(seconds=10)) as one:
        assert one.run(doubled, 1, data=b"x").data == b"x"


@pytest.mark.parametrize("cut", [*range(1, 8), 12, 19])
def test_answer_that_breaks_off_is_none(cut):
    whole = io.BytesIO()
    confined_module._send(whole, {"value": 1}, b"abcdefgh")
    broken = io.BytesIO(whole.getvalue()[:-cut])
    with pytest.raises(ValueError, match=r"whole message|line 1 column|Unterminated"):
        confined_module._receive(broken)


def test_answer_that_is_no_message_is_none():
    stream = io.BytesIO()
    confined_module._send(stream, [], b"")
    stream.seek(0)
    with pytest.raises(ValueError, match="no whole message"):
        confined_module._receive(stream)


def test_process_that_hears_no_more_costs_one_call():
    with Confined(Limits(seconds=2)) as confined:
        confined.run(deaf)
        with pytest.raises(ConfinedError):
            confined.run(own_number)
        assert confined.run(doubled, 1, data=b"a").data == b"a"


def test_many_threads_may_ask(confined):
    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(lambda n: confined.run(doubled, n, data=b"x"), range(40)))
    assert [len(outcome.data) for outcome in outcomes] == list(range(40))


def test_process_ends_when_it_is_closed():
    confined = Confined()
    number = confined.run(own_number).value
    confined.close()
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)


def test_process_that_somebody_else_killed_is_started_again(confined):
    os.kill(confined.run(own_number).value, 9)
    with contextlib.suppress(ConfinedError):
        confined.run(own_number)  # may be sent before the process is known to be gone
    assert confined.run(doubled, 2, data=b"x").data == b"xx"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no sessions")
def test_ctrl_c_at_the_terminal_is_not_for_the_process(confined):
    own = confined.run(session).value
    assert own != os.getsid(0)
    os.kill(own, signal.SIGINT)  # of a system where it comes all the same
    assert confined.run(session).value == own


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no alarms")
def test_process_ends_itself_if_nobody_is_left_to_end_it():
    message = io.BytesIO()
    confined_module._send(message, {"function": f"{__name__}:hanging", "values": []}, b"")
    command = [sys.executable, "-m", "knowledge.confined", str(Limits().memory_bytes), "1"]
    ended = subprocess.run(command, input=message.getvalue(), capture_output=True, check=False)  # noqa: S603 - ourselves
    assert ended.returncode == -signal.SIGALRM


def test_call_that_was_interrupted_leaves_no_answer_for_the_next(confined, monkeypatch):
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(confined_module, "_receive", interrupted)
        confined.run(doubled, 1, data=b"old")
    assert confined.run(doubled, 1, data=b"new").data == b"new"


@pytest.mark.parametrize(
    ("where", "error"),
    [
        ("subprocess.Popen", BlockingIOError(11, "Resource temporarily unavailable")),
        ("threading.Timer.start", RuntimeError("can't start new thread")),
    ],
)
def test_system_without_room_for_the_process_is_told(monkeypatch, where, error):
    def full(*_: object, **__: object) -> None:
        raise error

    with Confined() as confined:
        with monkeypatch.context() as patch, pytest.raises(ConfinedError) as raised:
            patch.setattr(where, full)
            confined.run(own_number)
        assert raised.value.kind == "start"
        assert confined.run(doubled, 1, data=b"a").data == b"a"
