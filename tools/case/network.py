# SPDX-License-Identifier: GPL-3.0-or-later
"""The network of src/normalise/context/judge.c: hashed words, dilated convolutions that end at the number, its case."""
import torch
import torch.nn.functional as F
from torch import nn

from verdicts import PADDING, WORDS

ROWS = (7680, 4096, 1024, 1024, 192, 112)  # word, stem, beginning, end, what it governs, which noun
EMBEDDING, WIDTH, DILATIONS, CASES, REACH = 16, 64, (1, 6, 4, 2, 1), 3, WORDS // 2
UNKNOWN_VERDICT = 80 + 24  # row of the last table: in training, the number of a sample that isn't told the rules' verdict
ELSEWHERE = 2  # row of the first: in training, what is no number of news, on which the rules can be relied on less


def linear(layer, x):
    """In 16 bits while it trains, which is three times as fast."""
    if not torch.is_grad_enabled():
        return layer(x)
    y = F.linear(x.bfloat16(), layer.weight.bfloat16()).float()
    return y if layer.bias is None else y + layer.bias


class Block(nn.Module):
    def __init__(self, dilation):
        super().__init__()
        self.norm, self.dilation = nn.LayerNorm(WIDTH), dilation
        self.conv = nn.Linear(3 * WIDTH, WIDTH)
        nn.init.normal_(self.conv.weight, 0, (2 / (3 * WIDTH)) ** 0.5 * 0.5)
        nn.init.zeros_(self.conv.bias)

    def forward(self, x, mask, keep):
        h, d = F.relu(self.norm(x)) * mask * keep, self.dilation
        size = x.shape[1] - 2 * d
        taps = torch.cat((h[:, :size], h[:, d:d + size], h[:, 2 * d:]), 2)
        return x[:, d:d + size] + linear(self.conv, taps), mask[:, d:d + size]


class Network(nn.Module):
    """Logits [sample, 3]: cases of the number in the middle."""

    def __init__(self):
        super().__init__()
        self.table = nn.ModuleList(nn.Embedding(rows, EMBEDDING) for rows in ROWS)
        self.gap, self.place = nn.Embedding(8, WIDTH), nn.Parameter(torch.zeros(WORDS, WIDTH))
        for table in [*self.table, self.gap]:
            nn.init.normal_(table.weight, 0, 0.3)
        self.look_up = nn.Linear(len(ROWS) * EMBEDDING, WIDTH, bias=False)
        self.block = nn.ModuleList(Block(d) for d in DILATIONS)
        self.last, self.head = nn.LayerNorm(WIDTH), nn.Linear(WIDTH, CASES)

    def forward(self, rows, gaps, drop=0.0):
        mask = (gaps != PADDING).unsqueeze(2).float()
        seen = torch.cat([t(rows[:, :, i]) for i, t in enumerate(self.table)], 2)
        if drop:
            # a word, while what the tables say of it is left
            hashed = (torch.rand(seen.shape[:2] + (1,)) >= 1.5 * drop).float()
            classes = (torch.rand(seen.shape[:2] + (1,)) >= 0.3 * drop).float()
            seen = torch.cat((seen[..., :4 * EMBEDDING] * hashed, seen[..., 4 * EMBEDDING:] * classes), 2)
        x = linear(self.look_up, seen) + self.gap(gaps) + self.place
        keep = (torch.rand(len(rows), 1, WIDTH) >= drop).float() / (1 - drop)  # a channel of a whole sentence
        for block in self.block:
            x, mask = block(x, mask, keep)
        return self.head(F.relu(self.last(x[:, 0])))
