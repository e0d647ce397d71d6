# SPDX-License-Identifier: GPL-3.0-or-later
"""export.py CHECKPOINT ARRAYS MODEL: writes the network with 8-bit weights; ARRAYS sets the scales of activations."""
import os
import sys

import numpy as np
import torch
import torch.nn.functional as F

import batches
import modelfile
from features import LABELS
from model import Network

EMBEDDING_ZERO, EMBEDDING_STEP = 64, 9  # as the library unpacks the fifteen levels of the word tables
WEIGHT_MAX = 63  # four products of a weight and an activation fit into 16 bits
CONFIDENCE = (0.5, -0.15)  # slope and shift of a probability's logit: fitted to the development news
STACKS = ("encoder", "middle", "decoder")


def pack(weight):
    """[out, taps, in] → [out / 16, taps, in / 4, 16 · 4]"""
    out, taps, width = weight.shape
    w = weight.reshape(out // 16, 16, taps, width // 4, 4).transpose(0, 2, 3, 1, 4)
    return w.reshape(out // 16, taps, width // 4, 64)


def unpack(packed):
    blocks, taps, groups, _ = packed.shape
    w = packed.reshape(blocks, taps, groups, 16, 4).transpose(0, 3, 1, 2, 4)
    return w.reshape(blocks * 16, taps, groups * 4)


def matrix(records, name, weight, bias, scale):
    """weight: [out, taps, in]; scale: of the activations that it reads."""
    step = np.maximum(np.abs(weight).max((1, 2)) / WEIGHT_MAX, 1e-9)
    records[name + ".weight"] = pack(np.rint(weight / step[:, None, None]).astype(np.int8))
    records[name + ".scale"] = (step * scale).astype(np.float32)
    records[name + ".bias"] = bias.astype(np.float32)


def norm(records, name, layer, scale):
    records[name + ".gain"] = (layer.weight.detach().numpy() / scale).astype(np.float32)
    records[name + ".shift"] = (layer.bias.detach().numpy() / scale).astype(np.float32)


def norms(network):
    for stack in STACKS:
        for i, block in enumerate(getattr(network, stack)):
            yield f"{stack}.{i}", block.norm
    for name in ("encoded", "understood", "decoded"):
        yield name, getattr(network, name)


def scales(network, source, share=0.99997, batch_count=24):
    """The activation that 127 stands for, of each norm: all but a tiny share of the values fit."""
    kept, hooks = {}, []

    def watch(name):
        def hook(_, __, y):
            values = F.relu(y).flatten()
            kept.setdefault(name, []).append(values[values > 0][::7])
        return hook

    for name, layer in norms(network):
        hooks.append(layer.register_forward_hook(watch(name)))
    pieces = sorted(source.pieces[:3000], key=source.length)
    with torch.no_grad():
        for part in np.array_split(np.array(pieces), batch_count):
            size = max(batches.bucket(source.length(p), int(p[1] - p[0])) for p in part)
            network(batches.tensors(batches.fill([(source, int(a), int(b)) for a, b in part[:24]], size)))
    for hook in hooks:
        hook.remove()
    found = {}
    for name, values in kept.items():
        values = torch.sort(torch.cat(values)).values
        found[name] = float(values[int(share * (len(values) - 1))]) / 127
    return found


def tables(records, network):
    weights = [t.weight.detach().numpy() for t in network.word]
    step = np.quantile(np.abs(np.concatenate(weights)), 0.99) / 7
    for i, w in enumerate(weights):
        level = (np.clip(np.rint(w / step), -7, 7) + 7).astype(np.uint8)
        records[f"word.{i}"] = level[:, ::2] | level[:, 1::2] << 4
    weight = network.look_up.weight.detach().numpy()[:, None, :]
    matrix(records, "look_up", weight, np.zeros(1), step / EMBEDDING_STEP)
    whole = unpack(records["look_up.weight"]).astype(np.float64).sum((1, 2)) * records["look_up.scale"]
    records["look_up.bias"] = (-EMBEDDING_ZERO * whole).astype(np.float32)


def _table_back(packed):
    level = np.stack((packed & 15, packed >> 4), 2).reshape(len(packed), -1)
    return torch.from_numpy((level.astype(np.float32) - 7) * EMBEDDING_STEP / 16)


def records_of(network, scale):
    s = network.shape
    records = {"shape": np.array([s["letters"], s["words"], s["embedding"]], np.int32)}
    records["confidence"] = np.array(CONFIDENCE, np.float32)
    for stack in STACKS:
        records[stack + ".dilations"] = np.array(s[stack], np.int32)
    for name in ("symbol", "hint", "gap_before", "gap_after"):
        records[name] = getattr(network, name).weight.detach().numpy()
    for name, layer in norms(network):
        norm(records, name, layer, scale[name])
    for stack in STACKS:
        for i, block in enumerate(getattr(network, stack)):
            weight = block.conv.weight.detach().numpy()[:, :, 0, :].transpose(0, 2, 1)
            matrix(records, f"{stack}.{i}", weight, block.conv.bias.detach().numpy(), scale[f"{stack}.{i}"])
    for name, source in (("gather", "encoded"), ("spread", "understood")):
        layer = getattr(network, name)
        matrix(records, name, layer.weight.detach().numpy()[:, None, :], layer.bias.detach().numpy(), scale[source])
    weight = np.zeros((32, s["letters"]), np.float32)
    bias = np.zeros(32, np.float32)
    weight[:2 * LABELS], bias[:2 * LABELS] = network.head.weight.detach().numpy(), network.head.bias.detach().numpy()
    matrix(records, "head", weight[:, None, :], bias, scale["decoded"])
    tables(records, network)
    return records


def _matrix_back(records, name, scale):
    weight = unpack(records[name + ".weight"]) * records[name + ".scale"][:, None, None] / scale
    return torch.from_numpy(weight.astype(np.float32)), torch.from_numpy(records[name + ".bias"].copy())


def read_model(path):
    """The state of a Network, from a model file. Activations keep the file's scale: it moves into the norms."""
    r = modelfile.read(path)
    state = {}
    for name in ("symbol", "hint", "gap_before", "gap_after"):
        state[name + ".weight"] = torch.from_numpy(r[name].copy())
    for name in [n[:-5] for n in r if n.endswith(".gain")]:
        key = name + ".norm" if "." in name else name
        state[key + ".weight"] = torch.from_numpy(r[name + ".gain"] / 16)
        state[key + ".bias"] = torch.from_numpy(r[name + ".shift"] / 16)
        if "." in name:
            weight, bias = _matrix_back(r, name, 1 / 16)
            state[name + ".conv.weight"] = weight.permute(0, 2, 1).unsqueeze(2).contiguous()
            state[name + ".conv.bias"] = bias
    for name in ("gather", "spread", "head"):
        weight, bias = _matrix_back(r, name, 1 / 16)
        rows = 2 * LABELS if name == "head" else len(bias)
        state[name + ".weight"], state[name + ".bias"] = weight[:rows, 0], bias[:rows]
    state["look_up.weight"] = _matrix_back(r, "look_up", 1 / 16)[0][:, 0]
    for i in range(4):
        state[f"word.{i}.weight"] = _table_back(r[f"word.{i}"])
    return state


def main(checkpoint, arrays, path):
    saved = torch.load(checkpoint)
    network = Network(saved["shape"]).eval()
    network.load_state_dict(saved["average"])
    torch.set_num_threads(1)
    scale = scales(network, batches.Source(os.path.join(arrays, "silver_000.npz")))
    modelfile.write(path, records_of(network, scale))
    print(f"{path}: {os.path.getsize(path)} bytes, step {saved['step']}, {saved['news']}")


if __name__ == "__main__":
    main(*sys.argv[1:])
