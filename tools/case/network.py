# SPDX-License-Identifier: GPL-3.0-or-later
"""The network of src/normalise/context/judge.c: hashed words, dilated convolutions, an answer for each number."""
import torch
import torch.nn.functional as F
from torch import nn

import view

EMBEDDING, WIDTH, DILATIONS, CASES = 16, 48, (1, 2, 4, 8, 1, 2), slice(4, 7)


class Block(nn.Module):
    def __init__(self, dilation):
        super().__init__()
        self.norm = nn.LayerNorm(WIDTH)
        self.conv = nn.Conv1d(WIDTH, WIDTH, 3, padding=dilation, dilation=dilation)
        nn.init.normal_(self.conv.weight, 0, (2 / (3 * WIDTH)) ** 0.5 * 0.5)
        nn.init.zeros_(self.conv.bias)

    def forward(self, x, mask, keep):
        h = F.relu(self.norm(x)) * mask * keep
        return x + self.conv(h.transpose(1, 2)).transpose(1, 2)


class Network(nn.Module):
    """Logits [sentence, word, 8]: four endings of a word, three cases of a number."""

    def __init__(self):
        super().__init__()
        self.table = nn.ModuleList(nn.Embedding(rows, EMBEDDING) for rows in view.ROWS)
        self.gap = nn.Embedding(8, WIDTH)
        for table in [*self.table, self.gap]:
            nn.init.normal_(table.weight, 0, 0.3)
        self.look_up = nn.Linear(4 * EMBEDDING, WIDTH, bias=False)
        self.block = nn.ModuleList(Block(d) for d in DILATIONS)
        self.last, self.head = nn.LayerNorm(WIDTH), nn.Linear(WIDTH, 8)

    def forward(self, rows, gaps, drop=0.0):
        mask = (gaps != view.PADDING).unsqueeze(2).float()
        seen = torch.cat([t(rows[:, :, i]) for i, t in enumerate(self.table)], 2)
        x = self.look_up(seen) + self.gap(gaps)
        keep = (torch.rand(len(rows), 1, WIDTH) >= drop).float() / (1 - drop)  # a channel of a whole sentence
        for block in self.block:
            x = block(x, mask, keep)
        return self.head(F.relu(self.last(x)))
