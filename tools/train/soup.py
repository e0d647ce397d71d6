# SPDX-License-Identifier: GPL-3.0-or-later
"""soup.py OUT CHECKPOINT…: the mean of the weights of runs that began from one start (their learning rate near 0)."""
import sys

import torch


def main(out, *paths):
    saved = [torch.load(path) for path in paths]
    first = saved[0]
    told = [s["news"] for s in saved]
    for name, value in first["average"].items():
        value.copy_(sum(s["average"][name] for s in saved) / len(saved))
    torch.save({"shape": first["shape"], "average": first["average"], "step": sum(s["step"] for s in saved),
                "news": [n["der"] if isinstance(n, dict) else n for n in told]}, out)


if __name__ == "__main__":
    main(*sys.argv[1:])
