# SPDX-License-Identifier: GPL-3.0-or-later
"""A residual block and the optimiser's step as single operations (fused.c); only training uses them."""
import ctypes
import os
import subprocess
import tempfile

import torch

PARTS = 8
_library = None


def library():
    global _library
    if _library is None:
        source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "fused.c")
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "fused.so")
            subprocess.run(["cc", "-O3", "-march=native", "-mprefer-vector-width=512", "-ffast-math", "-fopenmp",
                            "-shared", "-fPIC", "-o", path, source], check=True)
            _library = ctypes.CDLL(path)
    return _library


def _pointers(*tensors):
    return [ctypes.c_void_p(t.data_ptr()) for t in tensors]


def _sizes(*values):
    return [ctypes.c_size_t(v) for v in values]


def _columns(h):
    return h.permute(0, 2, 1).unsqueeze(2)


class BlockFunction(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, gamma, beta, weight, bias, mask, keep, dilation):
        batch, length, width = x.shape
        rows = batch * length
        h = torch.empty(x.shape, dtype=torch.bfloat16)
        moments = torch.empty(rows, 2)
        library().fused_forward(*_pointers(x, gamma, beta, mask, keep, h, moments), *_sizes(rows, width, length))
        w = weight.bfloat16().contiguous(memory_format=torch.channels_last)
        c = torch.conv2d(_columns(h), w, bias.bfloat16(), padding=(0, dilation), dilation=(1, dilation))
        c = c.squeeze(2).permute(0, 2, 1).contiguous()
        y = torch.empty_like(x)
        library().fused_add(*_pointers(x, c, y), *_sizes(rows, width))
        ctx.save_for_backward(x, gamma, beta, w, mask, keep, h, moments)
        ctx.dilation = dilation
        return y

    @staticmethod
    def backward(ctx, dy):
        x, gamma, beta, w, mask, keep, h, moments = ctx.saved_tensors
        batch, length, width = x.shape
        rows, d = batch * length, ctx.dilation
        dy = dy.contiguous()
        dc = torch.empty(x.shape, dtype=torch.bfloat16)
        library().fused_narrow(*_pointers(dy, dc), *_sizes(rows, width))
        dh, dw, db = torch.ops.aten.convolution_backward(
            _columns(dc), _columns(h), w, [width], [1, 1], [0, d], [1, d], False, [0, 0], 1, [True, True, True])
        dh = dh.squeeze(2).permute(0, 2, 1).contiguous()
        dx = torch.empty_like(x)
        sums = torch.zeros(PARTS, 2, width)
        library().fused_backward(*_pointers(dh, x, gamma, beta, mask, keep, moments, dy, dx, sums),
                                 *_sizes(rows, width, length, PARTS))
        sums = sums.sum(0)
        return dx, sums[0], sums[1], dw.float(), db.float(), None, None, None


class Adam:
    """AdamW over a list of (parameters, weight decay), with clipping and the moving average of the weights."""

    def __init__(self, groups, averages, average_decay, betas=(0.9, 0.98), clip=1.0):
        self.items = [(p, decay, torch.zeros_like(p), torch.zeros_like(p), average)
                      for (ps, decay, qs) in ((g[0], g[1], a) for g, a in zip(groups, averages))
                      for p, average in zip(ps, qs)]
        self.betas, self.clip, self.average_decay, self.steps = betas, clip, average_decay, 0

    def step(self, rate):
        self.steps += 1
        gradients = [p.grad for p, *_ in self.items]
        norm = float(torch.norm(torch.stack(torch._foreach_norm(gradients))))
        b1, b2 = self.betas
        root = (1 - b2 ** self.steps) ** -0.5
        keep = min(self.average_decay, (1 + self.steps) / (10 + self.steps))
        for p, decay, m, v, average in self.items:
            s = (ctypes.c_float * 8)(min(1, self.clip / (norm + 1e-6)), b1, b2, rate / (1 - b1 ** self.steps), root,
                                     1 - rate * decay, keep)
            g = p.grad.contiguous()
            library().fused_adam(*_pointers(p, g, m, v, average), ctypes.c_size_t(p.numel()), s)
            p.grad = None
