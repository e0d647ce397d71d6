# SPDX-License-Identifier: GPL-3.0-or-later
"""The network: letters, words, letters again; dilated convolutions all the way."""
import torch
import torch.nn.functional as F
from torch import nn

from features import AFFIX_ROWS, GAP_CLASSES, LABELS, SYMBOLS, WORD_ROWS
from fused import BlockFunction

SHAPE = {"letters": 256, "words": 256, "embedding": 32, "encoder": [1, 2, 1, 2],
         "middle": [1, 2, 4, 1, 2, 4, 1, 2, 4, 8], "decoder": [1, 2, 1]}


class Block(nn.Module):
    """x + conv(relu(norm(x))), kernel 3, in the layout [batch, position, channel]."""

    def __init__(self, width, dilation):
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.conv = nn.Conv2d(width, width, (1, 3), padding=(0, dilation), dilation=(1, dilation))
        nn.init.normal_(self.conv.weight, 0, (2 / (3 * width)) ** 0.5 * 0.5)
        nn.init.zeros_(self.conv.bias)
        self.dilation = dilation

    def forward(self, x, mask, keep, kind):
        if self.training and kind == torch.bfloat16:
            return BlockFunction.apply(x, self.norm.weight, self.norm.bias, self.conv.weight, self.conv.bias, mask, keep,
                                       self.dilation)
        h = (F.relu(self.norm(x)) * mask * keep.unsqueeze(1)).to(kind)
        w = self.conv.weight.to(kind).contiguous(memory_format=torch.channels_last)
        y = F.conv2d(h.permute(0, 2, 1).unsqueeze(2), w, self.conv.bias.to(kind), padding=(0, self.dilation),
                     dilation=(1, self.dilation))
        return x + y.squeeze(2).permute(0, 2, 1)


class Network(nn.Module):
    def __init__(self, shape=None):
        super().__init__()
        s = self.shape = dict(shape or SHAPE)
        c, w, e = s["letters"], s["words"], s["embedding"]
        self.symbol = nn.Embedding(SYMBOLS, c)
        self.hint = nn.Embedding(LABELS, c)
        self.encoder = nn.ModuleList(Block(c, d) for d in s["encoder"])
        self.encoded = nn.LayerNorm(c)
        self.word = nn.ModuleList([nn.Embedding(WORD_ROWS, e), nn.Embedding(WORD_ROWS, e),
                                   nn.Embedding(AFFIX_ROWS, e), nn.Embedding(AFFIX_ROWS, e)])
        self.gather = nn.Linear(3 * c, w)
        self.look_up = nn.Linear(4 * e, w, bias=False)
        self.gap_before = nn.Embedding(GAP_CLASSES, w)
        self.gap_after = nn.Embedding(GAP_CLASSES, w)
        self.middle = nn.ModuleList(Block(w, d) for d in s["middle"])
        self.understood = nn.LayerNorm(w)
        self.spread = nn.Linear(w, c)
        self.decoder = nn.ModuleList(Block(c, d) for d in s["decoder"])
        self.decoded = nn.LayerNorm(c)
        self.head = nn.Linear(c, 2 * LABELS)
        for table in list(self.word):
            nn.init.normal_(table.weight, 0, 0.3)
        for table in (self.symbol, self.hint, self.gap_before, self.gap_after):
            nn.init.normal_(table.weight, 0, 0.5)

    def forward(self, b, kind=torch.bfloat16, drop=0.0):
        """b: the tensors of a batch (see batches.py). Logits [batch, position, inner 15 + ending 15]."""
        def linear(layer, x):
            bias = None if layer.bias is None else layer.bias.to(kind)
            return F.linear(x.to(kind), layer.weight.to(kind), bias)

        def dropped(width):
            """One factor for each channel of each sentence."""
            return (torch.rand(b["symbol"].shape[0], width) >= drop).float() / (1 - drop)

        mask = (b["symbol"] > 0).unsqueeze(2).float()
        word_mask = (b["count"] > 0).unsqueeze(2).float()
        x = self.symbol(b["symbol"]) + self.hint(b["hint"])
        keep = torch.ones(x.shape[0], x.shape[2])
        for block in self.encoder:
            x = block(x, mask, keep, kind)
        h = F.relu(self.encoded(x)).to(kind)
        index = torch.arange(b["count"].shape[1])
        member = (b["word"].unsqueeze(2) == index).to(kind)
        position = torch.arange(b["symbol"].shape[1])
        first = (b["first"].unsqueeze(2) == position).to(kind)
        last = (b["last"].unsqueeze(2) == position).to(kind)
        mean = torch.bmm(member.transpose(1, 2), h) / b["count"].clamp(min=1).unsqueeze(2).to(kind)
        picked = torch.cat((torch.bmm(first, h), torch.bmm(last, h), mean), 2)
        tables = [self.word[i](b["hash"][:, :, i]) * b["keep"][:, :, i // 2].unsqueeze(2) for i in range(4)]
        v = linear(self.gather, picked).float() + linear(self.look_up, torch.cat(tables, 2))
        v = v + self.gap_before(b["gap_before"]) + self.gap_after(b["gap_after"])
        keep = dropped(v.shape[2])
        for block in self.middle:
            v = block(v, word_mask, keep, kind)
        back = linear(self.spread, F.relu(self.understood(v)) * word_mask)
        x = x + torch.bmm(member, back)
        keep = dropped(x.shape[2])
        for block in self.decoder:
            x = block(x, mask, keep, kind)
        return linear(self.head, F.relu(self.decoded(x))).float()
