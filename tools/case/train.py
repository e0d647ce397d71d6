# SPDX-License-Identifier: GPL-3.0-or-later
"""train.py DATA [--minutes M] [--weigh]: trains the network, or keeps the one that is there (--weigh), weighs it against
the rules, writes data/case.model.

Five parts by sentence (the hash of its bare text): three train, one tells when to stop trusting the rules, one is left
to evaluate.py."""
import argparse
import importlib.util
import os
import time

import numpy as np
import torch
import torch.nn.functional as F

import corpus
import evaluate
import samples
import view
from network import CASES, DILATIONS, EMBEDDING, WIDTH, Network
from verdicts import ROOT, Court

TEST, WEIGH = 0, 1  # folds that aren't trained on
BANDS = [0.55, 0.65, 0.75, 0.83, 0.88, 0.93, 0.97]
LEVELS, ZERO, STEP, WEIGHT_MOST = 7, 64, 9, 63


def loss_of(logits, rows, labels, weights):
    number = rows[:, :, 0] == 0
    word, asked = (labels >= 0) & ~number, (labels >= 0) & number
    ending = (F.cross_entropy(logits[word][:, :4], labels[word], reduction="none") * weights[word]).sum()
    cases, label = F.log_softmax(logits[asked][:, CASES], 1), labels[asked]
    oblique = torch.logsumexp(cases[:, 1:], 1)
    right = torch.where(label == corpus.OBLIQUE, oblique, cases.gather(1, label.clamp(max=2)[:, None])[:, 0])
    return (ending - (right * weights[asked]).sum()) / (weights.sum() + 1e-6)


def train(arrays, minutes, size=80, rate=3e-3):
    starts, lengths = arrays["starts"], np.diff(arrays["starts"])
    chosen = np.where((arrays["folds"] > WEIGH) & (lengths > 3))[0]
    network, draw = Network(), np.random.default_rng(0)
    optimiser = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=0.01)
    begin, step = time.time(), 0
    while True:
        order = draw.permutation(chosen)
        order = order[np.argsort(lengths[order] // 4 + draw.integers(0, 3, len(order)), kind="stable")]
        groups = np.array_split(order, len(order) // size)
        draw.shuffle(groups)
        for group in groups:
            done = (time.time() - begin) / (60 * minutes)
            if done >= 1:
                return network.eval()
            for parameters in optimiser.param_groups:
                parameters["lr"] = rate * min(1, step / 200 + 0.05) * (1 - done)
            spans = [slice(starts[i], starts[i + 1]) for i in group]
            rows, gaps = map(torch.from_numpy, view.batch([(arrays["rows"][s], arrays["gaps"][s]) for s in spans]))
            labels, weights = torch.full(gaps.shape, -1), torch.zeros(gaps.shape)
            for i, s in enumerate(spans):
                labels[i, :lengths[group[i]]] = torch.from_numpy(arrays["labels"][s].astype(np.int64))
                weights[i, :lengths[group[i]]] = torch.from_numpy(arrays["weights"][s])
            loss = loss_of(network(rows, gaps, 0.1), rows, labels, weights)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            step += 1
            if step % 1000 == 0:
                print(f"step {step}, {100 * done:.0f} %: loss {loss.item():.4f}", flush=True)


# ---- the model file ----

def _modelfile():
    path = os.path.join(ROOT, "tools/train/modelfile.py")
    spec = importlib.util.spec_from_file_location("modelfile", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _matrix(records, name, weight, bias, scale):
    """weight: [out, taps, in]; scale: of the activations that it reads."""
    out, taps, width = weight.shape
    step = np.maximum(np.abs(weight).max((1, 2)) / WEIGHT_MOST, 1e-9)
    whole = np.rint(weight / step[:, None, None])
    packed = whole.astype(np.int8).reshape(out // 16, 16, taps, width // 4, 4).transpose(0, 2, 3, 1, 4)
    records[name + ".weight"] = packed.reshape(out // 16, taps, width // 4, 64)
    records[name + ".scale"] = (step * scale).astype(np.float32)
    records[name + ".bias"] = bias.astype(np.float32)
    return whole.sum((1, 2)) * step * scale


def _scales(network, arrays, sentences=3000, share=0.9999):
    """The activation that 127 stands for, of each norm: all but a tiny share of the values fit."""
    kept, hooks = {}, []
    for name, layer in [(f"block.{i}", b.norm) for i, b in enumerate(network.block)] + [("last", network.last)]:
        hooks.append(layer.register_forward_hook(
            lambda _, __, y, name=name: kept.setdefault(name, []).append(F.relu(y).flatten())))
    starts = arrays["starts"]
    with torch.no_grad():
        for i in range(0, sentences, 50):
            spans = [slice(starts[j], starts[j + 1]) for j in range(i, i + 50)]
            network(*map(torch.from_numpy, view.batch([(arrays["rows"][s], arrays["gaps"][s]) for s in spans])))
    for hook in hooks:
        hook.remove()
    return {name: float(torch.sort(torch.cat(v))[0][int(share * sum(map(len, v)))]) / 127 for name, v in kept.items()}


def records_of(network, arrays):
    records, scale = {}, _scales(network, arrays)
    tables = [t.weight.detach().numpy() for t in network.table]
    step = np.quantile(np.abs(np.concatenate(tables)), 0.99) / LEVELS
    for i, table in enumerate(tables):
        level = (np.clip(np.rint(table / step), -LEVELS, LEVELS) + LEVELS).astype(np.uint8)
        records[f"table.{i}"] = level[:, ::2] | level[:, 1::2] << 4
    look_up = network.look_up.weight.detach().numpy()[:, None, :]
    whole = _matrix(records, "look_up", look_up, np.zeros(WIDTH), step / STEP)
    records["look_up.bias"] = (-ZERO * whole).astype(np.float32)
    records["gap"] = network.gap.weight.detach().numpy()[:view.START + 1].copy()
    for name, norm in [(f"block.{i}", b.norm) for i, b in enumerate(network.block)] + [("last", network.last)]:
        records[name + ".gain"] = (norm.weight.detach().numpy() / scale[name]).astype(np.float32)
        records[name + ".shift"] = (norm.bias.detach().numpy() / scale[name]).astype(np.float32)
    for i, block in enumerate(network.block):
        weight = block.conv.weight.detach().numpy().transpose(0, 2, 1)
        _matrix(records, f"block.{i}", weight, block.conv.bias.detach().numpy(), scale[f"block.{i}"])
    head, bias = np.zeros((16, 1, WIDTH), np.float32), np.zeros(16, np.float32)
    head[:8, 0], bias[:8] = network.head.weight.detach().numpy(), network.head.bias.detach().numpy()
    _matrix(records, "head", head, bias, scale["last"])
    records["weighing"] = np.zeros(3 * (len(BANDS) + 1) + 2, np.float32)
    return records


def weigh(judged, decay=0.002):
    """A prior for each verdict of the rules and band of its confidence, and a weight for the network's evidence."""
    rule, confidence, probability, case = (np.array(column) for column in zip(*judged))
    band = np.digitize(confidence, BANDS)
    evidence = np.log(np.clip(probability[:, 1] + probability[:, 2], 1e-4, 1)) - np.log(np.clip(probability[:, 0], 1e-4, 1))
    inputs = np.zeros((len(case), 3 * (len(BANDS) + 1) + 2), np.float32)
    inputs[np.arange(len(case)), rule * (len(BANDS) + 1) + band] = 1
    inputs[:, -2], inputs[:, -1] = evidence, evidence * (band >= len(BANDS) - 1)
    x, y = torch.from_numpy(inputs), torch.from_numpy(case.astype(np.float32))
    weight = torch.zeros(inputs.shape[1], requires_grad=True)
    optimiser = torch.optim.LBFGS([weight], max_iter=200)

    def closure():
        optimiser.zero_grad()
        loss = F.binary_cross_entropy_with_logits(x @ weight, y) + decay * (weight ** 2).sum()
        loss.backward()
        return loss
    optimiser.step(closure)
    return weight.detach().numpy()


def weighed(records, path, data, finder, lines):
    """The records with the weighing that the rules of today ask for, in the file as well."""
    write = _modelfile().write
    write(path, records)
    court = Court()
    judged = evaluate.judge(court, finder, (line for line in lines if samples.fold_of(line) == WEIGH))
    judged += evaluate.judge(court, finder, evaluate.edited_lines(data, WEIGH, ["tashkeela_msa/msa-*"]), True)
    kept = [(v[0], v[1], v[2], c) for v, c, _ in judged if not evaluate.is_plain_error(v, c)]
    write(path, {**records, "weighing": weigh(kept)})


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data")
    parser.add_argument("--minutes", type=float, default=40)
    parser.add_argument("--model", default=os.path.join(ROOT, "data/case.model"))
    parser.add_argument("--weigh", action="store_true", help="keep the network, weigh it anew against the rules")
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(0)
    finder, lines = evaluate.finder_of(options.data)
    if options.weigh:
        records = _modelfile().read(options.model)
    else:
        arrays = corpus.build(options.data, finder)
        records = records_of(train(arrays, options.minutes), arrays)
    weighed(records, options.model, options.data, finder, lines)
    evaluate.report("left out", evaluate.judge(Court(), finder, (l for l in lines if samples.fold_of(l) == TEST)))


if __name__ == "__main__":
    main()
