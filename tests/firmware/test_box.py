# SPDX-License-Identifier: GPL-3.0-or-later
"""The box as its listener meets it: keys in, sound out."""
import os
import signal
import time
import unittest

from box import CONFIG, FIRST, RATE, SECOND, Box, shard_of

SHORT = ("عنوان\n\nخبر.\n", "آخر\n\nنعم.\n")


class BoxTest(unittest.TestCase):
    def box(self, *arguments, **options):
        box = Box(*arguments, **options)
        self.addCleanup(box.close)
        return box

    def running(self, *arguments, **options):
        box = self.box(*arguments, **options).start()
        box.wait_for(r"read 1 0\b")
        return box

    # Switching on and off

    def test_speaks_soon_after_it_is_switched_on(self):
        box = self.box().start()
        box.wait_for_sound()
        box.wait_for("prompt ready")
        box.wait_for("prompt new.count")
        box.wait_for(r"read 1 0\b")

    def test_speaks_english_as_well(self):
        box = self.box(config=CONFIG.replace("layout = five", "layout = five\nlanguage = en")).start()
        box.wait_for_sound()
        box.wait_for(r"read 1 0\b")
        self.assertFalse(box.lines("pack"))

    def test_reads_all_articles_to_the_end(self):
        box = self.box(articles=SHORT).start()
        box.wait_for("heard 2", timeout=20)
        box.wait_for("prompt library.end")

    def test_a_held_key_switches_it_off(self):
        box = self.running()
        box.press("play", 2.7)
        self.assertEqual(box.process.wait(8), 10)
        self.assertTrue(box.lines("prompt what.off"))
        self.assertTrue(box.lines("prompt goodbye"))

    def test_ends_at_once_when_it_is_told_to(self):
        box = self.running()
        self.assertEqual(box.stop(), 0)

    # Keys

    def test_a_key_is_answered_at_once(self):
        box = self.running()
        time.sleep(2.0)
        for _ in range(3):
            box.press("play")
            time.sleep(0.5)
            before = box.frames()
            box.key("play", True)  # paused: nothing but the click can sound
            box.wait_for_sound(1.0, before)  # how soon, measure.py tells
            box.key("play", False)
            time.sleep(0.5)

    def test_pause_is_silent_and_goes_on_at_the_same_word(self):
        box = self.running()
        box.wait_for(r"save 1 [1-9]")
        since = box.press("play")
        time.sleep(0.3)
        place = box.lines(r"save 1 ")[-1].split()[-1]
        before = box.frames()
        time.sleep(1.0)
        self.assertEqual(box.frames(), before, "it is paused, and something sounds")
        since = box.press("play")
        self.assertEqual(box.wait_for(r"read 1 ", since=since).split()[-1], place)

    def test_next_and_previous(self):
        box = self.running()
        since = box.press("right")
        first = int(box.wait_for(r"read 1 [1-9]", since=since).split()[-1])
        self.assertEqual(first, FIRST.encode().index("قال".encode()))
        since = box.press("right")
        second = int(box.wait_for(r"read 1 [1-9]", since=since).split()[-1])
        self.assertEqual(second, FIRST.encode().index("وأضاف".encode()))
        since = box.press("left")
        box.wait_for(rf"read 1 {first}\b", since=since)

    def test_a_held_key_speaks_what_it_does(self):
        box = self.running()
        box.press("right", 2.8)
        box.wait_for("prompt what.faster")
        box.wait_for("prompt key.long")
        self.assertFalse(box.lines("rate 185"))

    # The worker

    def test_a_killed_worker_is_not_noticed_by_the_listener(self):
        box = self.running()
        box.wait_for_sound()
        time.sleep(1.0)
        since = time.monotonic()
        for _ in range(20):
            os.kill(box.worker(), signal.SIGKILL)
            time.sleep(0.15)
        box.wait_for("heard 1", timeout=60)
        self.assertLess(box.longest_silence(since), 1.0)
        self.assertEqual(len(box.lines("read 1 ")), 1, "the reading was begun anew")

    def test_a_worker_that_hangs_is_replaced(self):
        box = self.running()
        box.wait_for_sound()
        time.sleep(0.5)
        worker = box.worker()
        os.kill(worker, signal.SIGSTOP)
        since = time.monotonic()
        box.wait_for("it is started again", timeout=15, since=since)
        self.assertNotEqual(box.worker(), worker)
        frames = box.frames()
        while box.frames() < frames + 2 * RATE:  # it speaks on
            box.wait_for_sound()
        self.assertLess(box.longest_silence(since), 1.2)
        self.assertEqual(len(box.lines("read 1 ")), 1, "the reading was begun anew")

    def test_a_flood_of_keys_for_a_worker_that_hangs(self):
        """What it doesn't read fills its socket: the box must not wait for room there."""
        box = self.running()
        box.wait_for_sound()
        worker = box.worker()
        os.kill(worker, signal.SIGSTOP)
        since = time.monotonic()
        for _ in range(600):
            box.key("right", True)
            box.key("right", False)
        box.wait_for("it is started again", timeout=15, since=since)
        self.assertNotEqual(box.worker(), worker)
        since = time.monotonic()
        box.press("play")
        box.wait_for("^nashra: click", timeout=5, since=since)
        self.assertIsNone(box.process.poll())

    def test_prompts_speak_without_a_worker(self):
        empty = self.box(environment={"NASHRA_TEST_NO_WORKER": "1"})
        voice = empty.path("data")
        os.mkdir(voice)
        for name in ("prompts.tsv", "layouts"):
            os.symlink(os.path.join(os.environ["NASHRA_DATA"], name), os.path.join(voice, name))
        os.mkdir(os.path.join(voice, "nashra.voice"))  # what a damaged card may give
        empty.environment["NASHRA_DATA"] = voice
        for name in ("letters.tsv", "phonemes.tsv", "fold.tsv", "units.tsv", "pauses.tsv"):
            os.mkdir(os.path.join(voice, name))
        empty.start()
        empty.wait_for("prompt fault.voice-lost", timeout=20)
        before = empty.frames()
        empty.wait_for_sound(since=before)
        self.assertIsNone(empty.process.poll())

    # The sound card

    def test_a_card_that_is_pulled_and_comes_back(self):
        box = self.box(articles=[SECOND], faults=f"disconnect@{5 * RATE}:4000").start()
        box.wait_for("prompt fault.card", timeout=20)
        box.wait_for(r"read 1 [1-9]")  # where it was
        box.wait_for("heard 1", timeout=40)

    def test_it_can_be_switched_off_without_a_card(self):
        box = self.box(config=CONFIG.replace("default", "missing")).start()
        box.wait_for("read 1 0")
        since = box.press("play", 2.7)
        box.wait_for("prompt goodbye", since=since - 1)
        self.assertEqual(box.process.wait(4), 10)  # it is not waited until a card can say good-bye

    def test_a_card_that_comes_later(self):
        box = self.box(config=CONFIG.replace("default", "missing")).start()
        box.wait_for("read 1 0")
        time.sleep(2.5)
        self.assertIsNone(box.process.poll())
        self.assertEqual(box.frames(), 0)

    def test_a_card_that_the_system_finds_late_is_no_fault(self):
        box = self.box(articles=[SECOND], faults="late:5000").start()
        box.wait_for("read 1 0")
        self.assertEqual(box.frames(), 0)
        box.wait_for("heard 1", timeout=40)
        self.assertGreater(box.frames(), 0)
        self.assertFalse(box.lines("fault.card"))
        self.assertEqual(len(box.lines("no sound:")), 1, "told again and again")

    # The place

    def test_the_power_is_cut_in_mid_sentence(self):
        box = self.running()
        box.wait_for(rf"save 1 {FIRST.encode().index('يبدأ'.encode())}|save 1 1[4-9][0-9]|save 1 2", timeout=20)
        place = int(box.lines("save 1 ")[-1].split()[-1])
        os.kill(box.worker(), signal.SIGKILL)
        box.stop(signal.SIGKILL)
        box.log.clear()
        box.start()
        again = int(box.wait_for(r"read 1 ").split()[-1])
        starts = [FIRST.encode().index(word.encode()) for word in ("قال", "وأضاف", "وستستمر", "ويعمل")]
        self.assertLessEqual(max(start for start in starts if start <= place), again)
        self.assertLessEqual(again, place)

    def test_a_damaged_journal_is_told(self):
        box = self.running()
        box.stop()
        with open(box.path("journal"), "r+b") as file:
            file.write(b"no journal at all" * 100)
        box.log.clear()
        box.start()
        box.wait_for("prompt fault.journal")
        box.wait_for("read 1 0")
        self.assertTrue(os.path.exists(box.path("journal.damaged-1")))

    def test_a_journal_that_cannot_be_written_is_told_and_read_without(self):
        box = self.box(config=CONFIG.replace("{folder}/journal", "/proc/journal")).start()
        box.wait_for("prompt fault.store")
        box.wait_for("read 1 0")

    def test_weak_power_is_told_once(self):
        box = self.box(config=CONFIG + "[power]\nalarm = {folder}/alarm\n")
        box.write("alarm", "0\n")
        box.start().wait_for(r"read 1 0\b")
        box.write("alarm", "1\n")
        box.wait_for("prompt fault.power")
        time.sleep(6)
        self.assertEqual(len(box.lines("prompt fault.power")), 1)

    def test_a_battery_that_runs_down_is_told_and_switches_off_at_its_end(self):
        box = self.box()
        os.mkdir(box.path("battery0"))
        box.write("battery0/status", "Discharging\n")
        box.write("battery0/capacity", "80\n")
        os.mkdir(box.path("battery1"))  # a mouse's
        box.write("battery1/scope", "Device\n")
        box.write("battery1/capacity", "2\n")
        box.start().wait_for(r"read 1 0\b")
        box.write("battery0/capacity", "14\n")
        box.wait_for("prompt battery.low")
        box.write("battery0/capacity", "3\n")
        box.wait_for("prompt battery.empty")
        self.assertEqual(box.process.wait(12), 10)
        self.assertEqual(len(box.lines("prompt battery.low")), 1)
        box.log.clear()
        box.write("battery0/status", "Charging\n")
        box.start().wait_for(r"read 1 ")
        time.sleep(1)
        self.assertFalse(box.lines("prompt battery"))

    # Helpers

    def test_what_helpers_want_said_is_said_one_after_the_other(self):
        box = self.running()
        since = time.monotonic()
        for line in ("say stick.found", "say stick.articles 3", "say stick.done", "say nonsense", "say stick.articles"):
            box.ask(line)
        box.wait_for("prompt stick.done", timeout=20, since=since)
        said = [(when, line.split()[-1]) for when, line in box.log if when >= since and "prompt stick" in line]
        self.assertEqual([name for _, name in said], ["stick.found", "stick.articles", "stick.done"])
        self.assertGreater(said[1][0] - said[0][0], 1.0, "the second cuts the first off")
        self.assertEqual(len(box.lines("is not understood")), 2)
        box.wait_for("read 1 ", since=said[2][0])

    def test_a_helper_sets_the_volume_and_has_the_settings_read_anew(self):
        box = self.running()
        box.ask("set volume 30")
        box.ask("restart")
        self.assertEqual(box.process.wait(8), 0)
        box.start()
        box.wait_for(r"read 1 ")
        since = box.press("up", 1.0)
        box.wait_for(r"volume 40", since=since - 1)

    def test_a_lexicon_that_cannot_be_read_is_told_and_read_without(self):
        box = self.box(config=CONFIG.replace("layout = five", "layout = five\nlexicon = {folder}/none.tsv")).start()
        box.wait_for("prompt fault.config")
        box.wait_for("read 1 0")
        box.wait_for(r"save 1 [1-9]", timeout=20)

    # The articles

    def test_the_article_is_deleted_while_it_is_read(self):
        box = self.running()
        time.sleep(1.0)
        os.unlink(box.path("articles/1.txt"))
        box.wait_for("prompt article.gone")
        box.wait_for("read 2 0")
        os.unlink(box.path("articles/2.txt"))
        box.wait_for("prompt library.empty")
        box.write("articles/3.txt", FIRST)
        box.wait_for("prompt library.filled")
        box.wait_for(r"read \d 0")

    def test_the_article_is_edited_while_it_is_read(self):
        box = self.running()
        box.wait_for(r"save 1 [1-9]\d+", timeout=20)
        since = time.monotonic()
        box.write("articles/1.txt", FIRST.replace("الأول\n", "الأول وقد جاء فيه الكثير\n"))
        again = int(box.wait_for(r"read 1 [1-9]", since=since).split()[-1])
        place = int(box.lines("save 1 ")[-1].split()[-1])
        self.assertGreater(again, FIRST.encode().index("قال".encode()))
        self.assertLessEqual(again, place)

    def test_an_empty_folder_and_a_missing_one(self):
        box = self.box(articles=[]).start()
        box.wait_for("prompt library.empty")
        os.rmdir(box.path("articles"))
        os.mkdir(box.path("articles"))
        box.write("articles/1.txt", SECOND)
        box.wait_for("prompt library.filled")

    def test_the_page_of_the_keys_is_that_of_the_layout(self):
        pages = os.path.join(os.environ["NASHRA_DATA"], "keys")

        def page(name):
            with open(os.path.join(pages, name), encoding="utf-8") as file:
                return file.read()

        box = self.box(config=CONFIG.replace("layout = five", "layout = one"))
        box.write("articles/nashra-keys.txt", page("five.txt"))
        box.start().wait_for("read 1")
        with open(box.path("articles/nashra-keys.txt"), encoding="utf-8") as file:
            self.assertEqual(file.read(), page("one.txt"))
        box.stop()
        own = "صفحتي\n\n" + page("five.txt")
        box.write("articles/nashra-keys.txt", own)
        box.log.clear()
        box.start().wait_for("open ")
        with open(box.path("articles/nashra-keys.txt"), encoding="utf-8") as file:
            self.assertEqual(file.read(), own)

    def test_a_binary_file_is_passed_over(self):
        box = self.running(articles=SHORT)
        with open(box.path("articles/0.txt"), "wb") as file:
            file.write(bytes(range(256)) * 20)
        box.wait_for(r"heard 2", timeout=60)


def load_tests(loader, tests, pattern):
    return shard_of(loader, BoxTest)


if __name__ == "__main__":
    unittest.main(verbosity=2)
