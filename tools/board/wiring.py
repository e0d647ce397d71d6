#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Draws how a Raspberry Pi is wired, from [board] in its board.ini: wiring.svg, config.txt, and the table in README.md.

  wiring.py BOARD…            writes them
  wiring.py --check BOARD…    exit 1 when one of them is not what it would write

[board] says: form (full, zero), ports (what is on the long edge), sound (headphones, max98357a), ground (the pin of the
buttons' other side), and gpio_KEY for each button. [keys] says which key of the kernel the button is.
"""
import configparser
import os
import sys

CODES = {"KEY_UP": 103, "KEY_LEFT": 105, "KEY_RIGHT": 106, "KEY_DOWN": 108, "KEY_PLAYPAUSE": 164}
KEYS = {"play": ("play", "تشغيل", "#c2185b"), "up": ("up", "أعلى", "#1565c0"), "down": ("down", "أسفل", "#2e7d32"),
        "left": ("left", "يسار", "#e65100"), "right": ("right", "يمين", "#6a1b9a")}
# The 40 pins: what each is; GPIO by its number.
PINS = {1: "3.3 V", 2: "5 V", 3: 2, 4: "5 V", 5: 3, 6: "ground", 7: 4, 8: 14, 9: "ground", 10: 15, 11: 17, 12: 18, 13: 27,
        14: "ground", 15: 22, 16: 23, 17: "3.3 V", 18: 24, 19: 10, 20: "ground", 21: 9, 22: 25, 23: 11, 24: 8, 25: "ground",
        26: 7, 27: 0, 28: 1, 29: 5, 30: "ground", 31: 6, 32: 12, 33: 13, 34: "ground", 35: 19, 36: 16, 37: 26, 38: 20,
        39: "ground", 40: 21}
AMPLIFIER = [("VIN", 4, "#d50000"), ("GND", 6, "#212121"), ("BCLK", 12, "#00838f"), ("DIN", 40, "#5d4037"),
             ("LRC", 35, "#827717")]
GROUND = "#212121"
# Kept free: I2C (2, 3) and, for the sound, I2S (18 to 21).
RESERVED = {0, 1, 2, 3, 18, 19, 20, 21}

WIDTH = {"headphones": 960, "max98357a": 1340}
SCALE = 8.66  # pixels a millimetre: 22 a pin
PITCH = 22
BOARD_TOP = 70
HEADER_X = 900  # of the odd pins
FORMS = {"full": (56, 85), "zero": (30, 65)}
HEADER_TOP = {"full": 8.4, "zero": 8.4}  # millimetres from the board's upper edge to the first pin


def fail(path, cause):
    sys.exit(f"wiring.py: {path}: {cause}")


class Board:
    def __init__(self, folder):
        self.folder = folder
        path = os.path.join(folder, "board.ini")
        ini = configparser.ConfigParser(strict=False, comment_prefixes=(";", "#"), interpolation=None)
        ini.optionxform = str
        ini.read(path, encoding="utf-8")
        facts = ini["board"]
        self.name, self.form, self.sound = facts["name"], facts["form"], facts["sound"]
        self.ports = [port.split() for port in facts["ports"].split(",")]
        self.ground = int(facts["ground"])
        self.lan = facts.get("lan", "")
        codes = {key: code for code, key in ini["keys"].items()}
        self.buttons = []  # (key, GPIO, pin, the kernel's key)
        for key in KEYS:
            gpio = int(facts[f"gpio_{key}"])
            if gpio in RESERVED:
                fail(path, f"GPIO {gpio} of {key} is wanted for I2C or the sound")
            self.buttons.append((key, gpio, next(pin for pin, what in PINS.items() if what == gpio), codes[key]))
        self.buttons.sort(key=lambda button: button[2])
        if PINS[self.ground] != "ground":
            fail(path, f"pin {self.ground} is no ground")
        pins = [button[2] for button in self.buttons] + [self.ground]
        pins += [pin for _, pin, _ in AMPLIFIER] if self.sound == "max98357a" else []
        if len(set(pins)) < len(pins):
            fail(path, "a pin is there twice")

    def path(self, name):
        return os.path.join(self.folder, name)


# config.txt and the table --------------------------------------------------------------------------------------------


def make_config(board):
    lines = ["# SPDX-License-Identifier: GPL-3.0-or-later",
             "# To be appended to /boot/firmware/config.txt: the sound, and the five buttons as keys of the kernel.",
             "# Written by tools/board/wiring.py from board.ini.", "[all]"]
    if board.sound == "max98357a":
        lines += ["dtparam=audio=off", "dtoverlay=max98357a,no-sdmode"]
    else:
        lines += ["dtparam=audio=on"]
    for _, gpio, _, name in board.buttons:
        lines.append(f"dtoverlay=gpio-key,gpio={gpio},active_low=1,gpio_pull=up,keycode={CODES[name]},"
                     f'label="{name.removeprefix("KEY_")}"')
    lines += ["# The box restarts by itself when it hangs.", "dtparam=watchdog=on"]
    return "\n".join(lines) + "\n"


def make_table(board):
    rows = ["| part | pin of the board | GPIO |", "| --- | --- | --- |"]
    if board.sound == "headphones":
        rows.append("| loudspeaker | the 3.5 mm jack | |")
    else:
        for name, pin, _ in AMPLIFIER:
            what = PINS[pin]
            rows.append(f"| amplifier {name} | {pin}{f' ({what})' if isinstance(what, str) else ''} | "
                        f"{what if isinstance(what, int) else ''} |".replace("|  |", "| |"))
    rows += [f"| {key} | {pin} | {gpio} |" for key, gpio, pin, _ in board.buttons]
    rows.append(f"| the other side of all buttons | {board.ground} (ground) | |")
    return "\n".join(rows) + "\n"


def put_table(page, table):
    """The README with its table in place."""
    begin = page.index("| part | pin of the board | GPIO |")
    end = begin
    while page[end:end + 1] == "|":
        end = page.index("\n", end) + 1
    return page[:begin] + table + page[end:]


# The drawing ---------------------------------------------------------------------------------------------------------


class Drawing:
    def __init__(self, width, height, title, description):
        self.parts = [
            "<!-- SPDX-License-Identifier: GPL-3.0-or-later -->",
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
            'font-family="DejaVu Sans, Noto Sans Arabic, sans-serif" role="img">',
            f"<title>{title}</title>", f"<desc>{description}</desc>",
            f'<rect width="{width}" height="{height}" fill="#ffffff"/>']

    def add(self, part):
        self.parts.append(part)

    def text(self, x, y, text, size=18, anchor="start", weight="normal", fill="#111111"):
        self.add(f'<text x="{x:g}" y="{y:g}" font-size="{size}" text-anchor="{anchor}" font-weight="{weight}" '
                 f'fill="{fill}">{text}</text>')

    def box(self, x, y, width, height, fill, stroke="#333333", radius=6):
        self.add(f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="{radius}" fill="{fill}" '
                 f'stroke="{stroke}" stroke-width="2"/>')

    def wire(self, points, colour):
        """A white seam keeps wires apart where they cross."""
        path = "M" + " L".join(f"{x:g},{y:g}" for x, y in points)
        for width, stroke in ((10, "#ffffff"), (5, colour)):
            self.add(f'<path d="{path}" fill="none" stroke="{stroke}" stroke-width="{width}" stroke-linejoin="round"/>')

    def end(self):
        return "\n".join(self.parts) + "\n</svg>\n"


def pin_at(board, pin):
    y = BOARD_TOP + HEADER_TOP[board.form] * SCALE + (pin - 1) // 2 * PITCH
    return (HEADER_X if pin % 2 else HEADER_X + PITCH), y


def draw_board(drawing, board):
    width, height = (side * SCALE for side in FORMS[board.form])
    right = HEADER_X + PITCH + 18
    left = right - width
    drawing.box(left, BOARD_TOP, width, height, "#e8f5e9", "#2e7d32", 22)
    drawing.box((left + right) / 2 - 60, BOARD_TOP - 14, 120, 34, "#cfd8dc")
    drawing.text((left + right) / 2, BOARD_TOP + 9, "micro SD", 15, "middle")
    for name, place, length in ((port[0].replace("_", " "), float(port[1]), float(port[2])) for port in board.ports):
        drawing.box(left - 10, BOARD_TOP + (place - length / 2) * SCALE, 46, length * SCALE, "#cfd8dc")
        x, y = left + 13, BOARD_TOP + place * SCALE
        drawing.add(f'<text transform="translate({x + 5:g},{y:g}) rotate(-90)" font-size="12" text-anchor="middle" '
                    f'fill="#263238">{name}</text>')
    if board.form == "full":
        for i in range(3):
            drawing.box(left + 18 + i * width / 3.1, BOARD_TOP + height - 120, width / 3.9, 134, "#cfd8dc")
            name = "LAN" if i == (0 if board.lan == "left" else 2) else "USB"
            drawing.text(left + 18 + i * width / 3.1 + width / 7.8, BOARD_TOP + height - 50, name, 15, "middle")
    drawing.text((left + HEADER_X) / 2, BOARD_TOP + (40 if board.form == "full" else 52) * SCALE, board.name.split(" and ")[0],
                 26 if board.form == "full" else 17, "middle", "bold", "#1b5e20")
    return left


def draw_header(drawing, board, used):
    x, y = pin_at(board, 1)
    drawing.box(x - 13, y - 14, PITCH + 26, 19 * PITCH + 28, "#263238", radius=4)
    for pin in PINS:
        x, y = pin_at(board, pin)
        colour = used.get(pin, "#78909c")
        shape = (f'<rect x="{x - 10:g}" y="{y - 10:g}" width="20" height="20" fill="{colour}"/>' if pin == 1 else
                 f'<circle cx="{x:g}" cy="{y:g}" r="10" fill="{colour}"/>')
        drawing.add(shape)
        drawing.text(x, y + 4, pin, 11, "middle", "bold" if pin in used else "normal", "#ffffff")
    drawing.text(HEADER_X + PITCH / 2, pin_at(board, 1)[1] - 22, "1 &#160;&#160; 2", 14, "middle", "bold")


def tag(drawing, x, y, text, colour, anchor):
    """A label on a wire, beside its pin."""
    width = 9.2 * len(text) + 12
    left = x if anchor == "start" else x - width
    drawing.add(f'<rect x="{left:g}" y="{y - 11:g}" width="{width:g}" height="22" rx="5" fill="#ffffff" '
                f'stroke="{colour}" stroke-width="2"/>')
    drawing.text(left + width / 2, y + 5, text, 14, "middle", "bold", colour)


def draw_button(drawing, y, key):
    """A push button: two contacts and a bridge. Its sides are at x = 130 and 250."""
    english, arabic, colour = KEYS[key]
    drawing.box(130, y - 34, 120, 68, "#fafafa")
    drawing.add(f'<circle cx="190" cy="{y:g}" r="24" fill="{colour}"/>')
    arrows = {"up": "M178,8 L190,-12 L202,8 Z", "down": "M178,-8 L190,12 L202,-8 Z", "left": "M198,-12 L178,0 L198,12 Z",
              "right": "M182,-12 L202,0 L182,12 Z", "play": "M182,-12 L202,0 L182,12 Z M176,-12 h4 v24 h-4 Z"}
    drawing.add(f'<path transform="translate(0,{y:g})" d="{arrows[key]}" fill="#ffffff"/>')
    drawing.text(190, y - 42, f"{english} · {arabic}", 17, "middle", "bold", colour)


def draw_buttons(drawing, board):
    top, step = BOARD_TOP + 110, 122
    ground_x, ground_y = pin_at(board, board.ground)
    rail = BOARD_TOP + 42
    drawing.wire([(ground_x, ground_y), (412, ground_y), (412, rail), (70, rail), (70, top + 4 * step), (130, top + 4 * step)],
                 GROUND)
    for i in range(4):
        drawing.wire([(70, top + i * step), (130, top + i * step)], GROUND)
    for i, (key, gpio, pin, _) in enumerate(board.buttons):
        y, colour = top + i * step, KEYS[key][2]
        x, pin_y = pin_at(board, pin)
        # Wires that fall lie further right the lower they begin, so that none crosses another.
        channel = 330 + 14 * i if pin_y < y else 400 - 14 * i
        drawing.wire([(x, pin_y), (channel, pin_y), (channel, y), (250, y)], colour)
        draw_button(drawing, y, key)
        tag(drawing, HEADER_X - 22, pin_y, f"pin {pin} · GPIO {gpio}", colour, "end")
    tag(drawing, HEADER_X - 22, ground_y, f"pin {board.ground} · ground", GROUND, "end")
    for i in range(5):
        drawing.add(f'<circle cx="70" cy="{top + i * step:g}" r="6" fill="{GROUND}"/>')


def draw_amplifier(drawing, board):
    x, top = 1120, BOARD_TOP + 100
    drawing.box(x, top - 46, 170, 330, "#e3f2fd", "#1565c0", 10)
    drawing.text(x + 85, top - 60, "MAX98357A", 18, "middle", "bold", "#0d47a1")
    for i, (name, pin, colour) in enumerate(AMPLIFIER):
        y = top + i * 56
        pin_x, pin_y = pin_at(board, pin)
        if pin % 2:  # under the header to the other side
            below = pin_at(board, 40)[1] + 40
            points = [(pin_x, pin_y), (pin_x - 34, pin_y), (pin_x - 34, below), (1090, below), (1090, y), (x, y)]
            drawing.wire(points, colour)
            tag(drawing, pin_x - 48, pin_y, f"pin {pin} · GPIO {PINS[pin]}", colour, "end")
        else:
            bend = 1090 - 24 * (4 - i if pin_y < y else i)
            drawing.wire([(pin_x, pin_y), (bend, pin_y), (bend, y), (x, y)], colour)
            what = PINS[pin]
            tag(drawing, pin_x + 22, pin_y, f"{pin} · {what if isinstance(what, str) else f'GPIO {what}'}", colour, "start")
        drawing.add(f'<circle cx="{x:g}" cy="{y:g}" r="8" fill="{colour}"/>')
        drawing.text(x + 18, y + 6, name, 17, weight="bold")
    draw_speaker(drawing, x + 40, top + 360)
    drawing.wire([(x + 60, top + 284), (x + 60, top + 340)], "#b71c1c")
    drawing.wire([(x + 110, top + 284), (x + 110, top + 340)], GROUND)
    drawing.text(x + 52, top + 276, "+", 18, "middle", "bold")
    drawing.text(x + 118, top + 276, "−", 18, "middle", "bold")


def draw_speaker(drawing, x, y):
    drawing.box(x, y - 20, 90, 90, "#eceff1")
    drawing.add(f'<circle cx="{x + 45:g}" cy="{y + 25:g}" r="36" fill="#90a4ae"/>'
                f'<circle cx="{x + 45:g}" cy="{y + 25:g}" r="12" fill="#37474f"/>')
    drawing.text(x + 45, y + 94, "loudspeaker · سماعة", 16, "middle")


def draw_jack(drawing, board, left):
    place = next(float(port[1]) for port in board.ports if port[0] == "jack")
    y = BOARD_TOP + place * SCALE
    below = BOARD_TOP + FORMS[board.form][1] * SCALE + 40
    drawing.wire([(left - 8, y), (left - 20, y), (left - 20, below), (260, below)], "#00838f")
    draw_speaker(drawing, 170, below - 26)
    tag(drawing, left - 40, below, "3.5 mm", "#00838f", "end")


def draw(board):
    height = BOARD_TOP + (FORMS["full"][1] * SCALE + 120 if board.sound == "headphones" else 760)
    drawing = Drawing(WIDTH[board.sound], round(height), f"{board.name}: wiring",
                      "The table in README.md says the same. " + "; ".join(
                          f"{key} to pin {pin}, GPIO {gpio}" for key, gpio, pin, _ in board.buttons) +
                      f"; the other side of all buttons to pin {board.ground}, ground.")
    used = {pin: KEYS[key][2] for key, _, pin, _ in board.buttons}
    used[board.ground] = GROUND
    if board.sound == "max98357a":
        used.update({pin: colour for _, pin, colour in AMPLIFIER})
    left = draw_board(drawing, board)
    draw_buttons(drawing, board)
    if board.sound == "max98357a":
        draw_amplifier(drawing, board)
    else:
        draw_jack(drawing, board, left)
    draw_header(drawing, board, used)
    drawing.text(40, 36, board.name, 26, weight="bold")
    drawing.text(WIDTH[board.sound] - 40, 36, "Switch the power off before you wire.", 17, "end", "bold", "#b71c1c")
    return drawing.end()


# ---------------------------------------------------------------------------------------------------------------------


def main():
    check = sys.argv[1:2] == ["--check"]
    good = True
    for folder in sys.argv[1 + check:]:
        board = Board(folder)
        with open(board.path("README.md"), encoding="utf-8") as file:
            page = file.read()
        for name, text in (("wiring.svg", draw(board)), ("config.txt", make_config(board)),
                           ("README.md", put_table(page, make_table(board)))):
            if not check:
                with open(board.path(name), "w", encoding="utf-8") as file:
                    file.write(text)
                continue
            with open(board.path(name), encoding="utf-8") as file:
                if file.read() != text:
                    print(f"{board.path(name)} is not what tools/board/wiring.py makes of board.ini")
                    good = False
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
