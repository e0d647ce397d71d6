# SPDX-License-Identifier: GPL-3.0-or-later
"""Random presses on the real box: it neither ends nor gets stuck. NASHRA_PRESSES sets how many (600)."""
import os
import random
import time
import unittest

from box import FIRST, KEYS, SECOND, Box


class RandomTest(unittest.TestCase):
    def test_random_presses(self):
        presses = int(os.environ.get("NASHRA_PRESSES", "600"))
        dice = random.Random(7)
        box = Box(articles=(FIRST, SECOND, FIRST + SECOND)).start()
        self.addCleanup(box.close)
        box.wait_for(r"read 1 0\b")
        for i in range(presses):
            name = dice.choice(list(KEYS))
            box.key(name, True)
            time.sleep(dice.choice((0.0, 0.01, 0.02, 0.05, 0.8 if i % 20 == 0 else 0.02)))
            box.key(name, False)
            time.sleep(dice.choice((0.0, 0.01, 0.03, 0.1)))
            if dice.random() < 0.01:
                os.kill(box.worker(), 9)
            self.assertIsNone(box.process.poll(), f"it ended after {i} presses")
        # It listens still: a held key is explained, a pressed one answered.
        time.sleep(1.0)
        since = box.press("right", 2.8)
        box.wait_for(r"prompt key.long", since=since - 2.8)
        before = box.frames()
        box.key("play", True)
        box.wait_for_sound(1.0, before)
        box.key("play", False)
        self.assertEqual(box.stop(), 0)


if __name__ == "__main__":
    unittest.main(verbosity=2)
