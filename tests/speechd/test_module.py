# SPDX-License-Identifier: GPL-3.0-or-later
"""sd_nashra behind its pipes: the protocol, marks, stops, and a voice that hangs or dies."""
import os
import random
import signal
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from module import Module

LONG = "<speak>" + "قال الوزير إن الحكومة سوف تعمل على حل المشكلة في الأيام القادمة. " * 12 + "</speak>"


def test_protocol():
    m = Module().start()
    assert m.ask("LOGLEVEL") == "207 OK RECEIVING LOGLEVEL SETTINGS"
    assert m.ask("log_level=3", ".") == "203 OK LOGLEVEL SET"
    m.send("LIST VOICES")
    assert m.answer() == ["200-Nashra\tar\tnone", "200 OK VOICE LIST SENT"]
    assert m.set(rate=10, pitch=0, pitch_range=0, volume=0, punctuation_mode="none", spelling_mode="off",
                 cap_let_recogn="none", voice="male1", language="ar", synthesis_voice="NULL") == "203 OK SETTINGS RECEIVED"
    assert m.set(rate=1000) == "303 ERROR INVALID PARAMETER OR VALUE"
    assert m.set(colour="red") == "303 ERROR INVALID PARAMETER OR VALUE"
    assert m.ask("SET") and m.ask("rate", ".") == "302 ERROR BAD SYNTAX"
    assert m.ask("AUDIO") and m.ask("audio_output_method=oss", ".") == "303 ERROR INVALID PARAMETER OR VALUE"
    assert m.ask("DANCE") == "300 ERR UNKNOWN COMMAND"
    assert m.ask("SPEAK") and m.ask(".") == "301 ERROR CANT SPEAK"
    m.send("STOP", "PAUSE")  # nothing is spoken: no event
    assert m.speak("<speak>مرحبا</speak>") > 0.3
    m.close()


def test_messages():
    m = Module().start()
    word = m.speak("<speak>كتب</speak>")
    assert 0.2 < word < 1.2, word
    assert m.speak("<speak>كتب الولد رسالة طويلة إلى صديقه القديم.</speak>") > 2 * word
    assert m.speak("كتب < قرأ") > word  # plain text, not SSML
    assert 0.1 < m.speak("ب", "CHAR") < 1.2
    assert m.speak("space", "CHAR") > 0.2
    assert m.speak("control_shift_a", "KEY") > m.speak("a", "KEY")
    assert 0.05 < m.speak("message", "SOUND_ICON") < 0.07
    assert m.speak("<speak>،؛</speak>") == 0  # nothing to be heard, and an end all the same
    assert m.speak("..\n.. قال\n..") > 0.1  # stuffed dots
    quick = m.speak(LONG) if m.set(rate=100) else 0
    slow = m.speak(LONG) if m.set(rate=0) else 0
    assert 1.5 < slow / quick < 3.5, (slow, quick)
    assert m.set(punctuation_mode="all")
    assert m.speak("<speak>نعم: لا.</speak>") > m.speak("<speak>نعم لا</speak>") + 0.5
    assert m.set(punctuation_mode="none", spelling_mode="on")
    assert m.speak("<speak>كتب</speak>") > 1.5 * word
    m.close()


def test_marks():
    m = Module().start()
    text = '<speak>وصل الوزير.<mark name="__spd_0"/> ثم غادر <mark name="الباب &amp; ب"/>القاعة.<mark name="end"/></speak>'
    m.speak(text)
    names = [name for name, _ in m.events]
    frames = [frame for _, frame in m.events]
    assert names == ["__spd_0", "الباب & ب", "end", "702 END"], m.events
    assert 0 < frames[0] < frames[1] < frames[2] <= frames[3], m.events
    m.close()


def loud(frames):
    return any(abs(int.from_bytes(frames[i:i + 2], sys.byteorder, signed=True)) > 200 for i in range(0, len(frames), 2))


def test_stop():
    """What comes after STOP is no more than what lay in the pipe, in this reader's hand, and two pieces of 20 ms."""
    m = Module().start()
    for _ in range(10):
        m.begin(LONG)
        while len(m.frames) < 2 * 22050:
            m.answer()
        before = len(m.frames)
        m.send("STOP")
        assert m.event() == "703 STOP"
        late = (len(m.frames) - before) / 2 / m.rate
        assert late < 0.25, late
    m.begin('<speak>قال الوزير.<mark name="a"/> ثم غادر القاعة.<mark name="b"/></speak>')
    m.send("PAUSE")
    assert m.event() == "a" and m.event() == "704 PAUSE"
    m.begin("<speak>نعم</speak>")
    m.send("PAUSE")  # there is no mark to pause at
    assert m.event() == "702 END"
    assert m.speak("<speak>نعم</speak>") > 0.1 and loud(m.frames)
    m.close()


def test_voice_is_killed():
    m = Module().start()
    for heard in (False, True):
        m.begin(LONG)
        while heard and len(m.frames) < 22050:
            m.answer()
        os.kill(m.voice_process(), signal.SIGKILL)
        while not m.event().startswith("702"):
            pass
        assert m.speak("<speak>نعم</speak>") > 0.1
    os.kill(m.voice_process(), signal.SIGKILL)  # while it is silent
    assert m.speak("<speak>نعم</speak>") > 0.1
    m.close()


def test_voice_hangs():
    m = Module().start()
    os.kill(m.voice_process(), signal.SIGSTOP)
    assert m.speak("<speak>نعم</speak>") > 0.1  # by the voice that came after it
    assert m.logged("stuck"), m.log
    os.kill(m.voice_process(), signal.SIGSTOP)
    m.begin(LONG)
    m.send("STOP")
    assert m.event() == "703 STOP"  # at once, whatever the voice does
    m.close()


def test_broken_configuration():
    with tempfile.NamedTemporaryFile("w", suffix=".conf") as file:
        file.write('Colour red\nNashraLexicon "/there/is/none.tsv"\nNashraRegion mars\n')
        file.flush()
        m = Module(file.name)
        started = m.ask("INIT")
    # A lexicon that isn't there must not cost a blind user the voice.
    assert started == "299 OK LOADED SUCCESSFULLY", m.log
    assert m.speak("<speak>نعم</speak>") > 0.1
    assert m.logged("Colour", ":1:"), m.log
    assert m.logged("none.tsv"), m.log
    assert m.logged("mars", ":3:"), m.log
    m.close()
    m = Module("/there/is/none.conf").start()
    assert m.speak("<speak>نعم</speak>") > 0.1
    m.close()


def test_no_voice():
    m = Module(environment={"NASHRA_DATA": "/there/is/none"})
    m.send("INIT")
    assert m.answer()[-1] == "399 ERR CANT INIT MODULE"
    assert m.line() is None and m.process.wait(20) == 0
    assert m.logged("/there/is/none"), m.log


def test_server_dies():
    m = Module().start()
    m.begin(LONG)
    child = m.voice_process()
    m.process.stdin.close()
    m.process.stdout.close()
    assert m.process.wait(20) == 0
    for _ in range(100):
        try:
            os.kill(child, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    raise AssertionError("the voice outlives its module")


def test_random_commands():
    """A thousand commands in any order: each is answered, and the module speaks afterwards."""
    m, choice = Module().start(), random.Random(9)
    speaking = False
    for _ in range(1000):
        what = choice.choice(["SPEAK", "SPEAK", "CHAR", "KEY", "STOP", "STOP", "PAUSE", "SET", "LIST VOICES", "hear"])
        if what in ("STOP", "PAUSE"):
            m.send(what)
            if speaking:
                while m.event()[:3] not in ("702", "703", "704"):
                    pass
                # The end may have been on its way when the stop was sent: then no other event follows.
                speaking = False
        elif what == "hear":
            if speaking:
                speaking = m.answer()[-1] != "702 END"
        elif not speaking and what in ("SPEAK", "CHAR", "KEY"):
            text = choice.choice([LONG, "<speak>نعم</speak>", "<speak>", "&<>", "3"]) if what == "SPEAK" else "ب"
            m.begin(text, what)
            speaking = True
        elif not speaking and what == "SET":
            assert m.set(rate=choice.randint(-100, 100), volume=choice.randint(-100, 100)) == "203 OK SETTINGS RECEIVED"
        elif not speaking:
            assert m.ask("LIST VOICES") == "200 OK VOICE LIST SENT"
    m.send("STOP")
    while speaking and m.event()[:3] not in ("702", "703"):
        pass
    m.set(rate=0, volume=0)
    assert m.speak("<speak>نعم</speak>") > 0.1
    m.close()


if __name__ == "__main__":
    names = sys.argv[1:] or sorted(name for name in globals() if name.startswith("test_"))
    for name in names:
        globals()[name]()
        print("ok", name, flush=True)
