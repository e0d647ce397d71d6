# SPDX-License-Identifier: GPL-3.0-or-later
"""train.py ARRAYS OUT --dev FOLDER [--wall-minutes N]: trains the diacritiser; OUT gets checkpoints and a log.

The learning rate follows the clock, so that a run ends when it was told to, however busy the machine is.
"""
import argparse
import copy
import glob
import json
import os
import queue
import threading
import time

os.environ.setdefault("DNNL_PRIMITIVE_CACHE_CAPACITY", "16384")
import numpy as np
import torch
import torch.nn.functional as F

import batches
import fused
from evaluate import evaluate
from model import SHAPE, Network

SHARES = {"aljazeera": 4, "manual": 4, "books": 1.5, "misc": 2, "alkalema": 1.5, "sulaity": 2, "enfal": 2,
          "classical": 0.3, "silver_000": 2}
# The last part of a run: the share of all silver and self-marked texts is that of options.fine_silver.
FINE = {"aljazeera": 8, "manual": 8, "books": 1.5, "misc": 2, "alkalema": 1, "sulaity": 2, "enfal": 2,
        "classical": 0.15, "silver_000": 3}


def share(table, rest=1):
    return lambda name: table.get(name, rest)


def override(shares):
    """Takes --share's words into both tables."""
    for name, value in (word.split("=") for word in shares):
        SHARES[name] = FINE[name] = float(value)


def feed(sources, options, clock, out):
    """Fills a queue with batches, epoch after epoch; a small part of each pass at a time keeps the mix even."""
    rng = np.random.default_rng(options.seed)
    passes = 0
    while not clock.over():
        table = FINE if clock.part() > options.fine else SHARES
        mix = share(table, options.fine_silver if table is FINE else 1)
        for b in batches.epoch(sources, mix, options.positions, rng):
            out.put((passes, b))
            if clock.over():
                break
            if table is SHARES and clock.part() > options.fine:
                break
        passes += 1
    out.put(None)


class Clock:
    def __init__(self, minutes, peak, warm):
        self.start, self.length, self.peak, self.warm, self.step = time.time(), minutes * 60, peak, warm, 0

    def part(self):
        return (time.time() - self.start) / self.length

    def over(self):
        return self.part() >= 1

    def rate(self):
        up = min(1, (self.step + 1) / self.warm)
        part = min(1, self.part())
        return self.peak * up * max(0.004, (1 - part) ** 1.2 if part > 0 else 1)


def loss_of(network, b, drop):
    y = network(b, drop=drop)
    last = torch.zeros_like(b["symbol"], dtype=torch.bool)
    rows, words = (b["last"] >= 0).nonzero(as_tuple=True)
    last[rows, b["last"][rows, words]] = True
    chosen = torch.where(last.unsqueeze(2), y[:, :, 15:], y[:, :, :15])
    each = F.cross_entropy(chosen.reshape(-1, 15), b["label"].reshape(-1), reduction="none")
    weight = b["weight"].reshape(-1)
    return (each * weight).sum() / weight.sum().clamp(min=1)


def groups(network, decay):
    tables = {id(p) for m in network.modules() if isinstance(m, torch.nn.Embedding) for p in m.parameters()}
    plain = [p for p in network.parameters() if p.dim() < 2 or id(p) in tables]
    heavy = [p for p in network.parameters() if not (p.dim() < 2 or id(p) in tables)]
    return [(heavy, decay), (plain, 0.0)]


def report(log, **values):
    log.write(json.dumps(values) + "\n")
    log.flush()
    print(values, flush=True)


def checkpoint(options, average, network, log, step, passes, clock):
    news = evaluate(average, os.path.join(options.dev, "wikinews-2014.txt"), True)
    old = evaluate(average, os.path.join(options.dev, "tashkeela-val.txt"), False, 400)
    report(log, step=step, passes=passes, minutes=round(clock.part() * clock.length / 60, 1),
           news=[round(news[k], 2) for k in ("der", "wer", "der_inner", "wer_inner")],
           classical=[round(old[k], 2) for k in ("der", "wer")])
    state = {"shape": network.shape, "average": average.state_dict(), "network": network.state_dict(),
             "step": step, "news": news}
    torch.save(state, os.path.join(options.out, "last.new"))
    os.replace(os.path.join(options.out, "last.new"), os.path.join(options.out, "last.pt"))
    best = getattr(options, "best", 1e9)
    if news["der"] < best:
        options.best = news["der"]
        torch.save({"shape": network.shape, "average": average.state_dict(), "step": step, "news": news},
                   os.path.join(options.out, "best.pt"))


def load(network, path):
    """Starts from a checkpoint or an exported model. Blocks that those lack begin as identities."""
    if path.endswith(".pt"):
        state = torch.load(path)["average"]
    else:
        from export import read_model
        state = read_model(path)
    for name in network.load_state_dict(state, strict=False).missing_keys:
        if ".conv." in name:
            torch.nn.init.zeros_(network.get_parameter(name))


def arguments():
    p = argparse.ArgumentParser()
    p.add_argument("arrays")
    p.add_argument("out")
    p.add_argument("--dev", required=True)
    p.add_argument("--wall-minutes", type=float, default=100)
    p.add_argument("--init", help="a checkpoint (.pt) or an exported model to start from")
    p.add_argument("--rate", type=float, default=2e-3)
    p.add_argument("--warm", type=int, default=400)
    p.add_argument("--drop", type=float, default=0.1)
    p.add_argument("--positions", type=int, default=8192)
    p.add_argument("--fine", type=float, default=0.85, help="part of the time after which gold weighs more")
    p.add_argument("--fine-silver", type=float, default=1, help="share of silver in that part")
    p.add_argument("--share", action="append", default=[], metavar="SOURCE=X", help="another share of a source, throughout")
    p.add_argument("--every", type=float, default=6, help="minutes between checkpoints")
    p.add_argument("--average", type=float, default=0.9985, help="decay of the moving average of the weights")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--width", type=int, default=SHAPE["letters"])
    p.add_argument("--middle", default=",".join(map(str, SHAPE["middle"])), help="dilations of the word blocks")
    return p.parse_args()


def main():
    options = arguments()
    override(options.share)
    os.makedirs(options.out, exist_ok=True)
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    network = Network({**SHAPE, "letters": options.width,
                       "middle": [int(d) for d in options.middle.split(",")]})
    if options.init:
        load(network, options.init)
    print(sum(p.numel() for p in network.parameters()), "parameters", flush=True)
    sources = [batches.Source(p) for p in sorted(glob.glob(os.path.join(options.arrays, "*.npz")))]
    average = copy.deepcopy(network).eval().requires_grad_(False)
    optimiser = fused.Adam(groups(network, 0.02), [g[0] for g in groups(average, 0)], options.average)
    log = open(os.path.join(options.out, "log.jsonl"), "a")
    clock = Clock(options.wall_minutes, options.rate, options.warm)
    waiting = queue.Queue(8)
    threading.Thread(target=feed, args=(sources, options, clock, waiting), daemon=True).start()
    step, positions, total, last_saved, last_told = 0, 0, 0.0, time.time(), time.time()
    while (item := waiting.get()) is not None:
        passes, b = item
        clock.step = step
        loss = loss_of(network, b, options.drop)
        loss.backward()
        optimiser.step(clock.rate())
        step, positions, total = step + 1, positions + b["symbol"].numel(), total + float(loss.detach())
        if step % 100 == 0:
            speed = positions / (time.time() - last_told)
            report(log, step=step, passes=passes, loss=round(total / 100, 4), rate=round(clock.rate(), 6),
                   positions_a_second=round(speed))
            positions, total, last_told = 0, 0.0, time.time()
        if time.time() - last_saved > options.every * 60 or (step == 300 and not options.init):
            checkpoint(options, average, network, log, step, passes, clock)
            last_saved = last_told = time.time()
            positions = 0
    checkpoint(options, average, network, log, step, passes, clock)


if __name__ == "__main__":
    main()
