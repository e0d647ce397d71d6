# SPDX-License-Identifier: GPL-3.0-or-later
"""train.py DATA [--arrays RELABELLED] [--minutes M] [--init CHECKPOINT] [--weigh]: trains the network, or keeps the one
that is there (--weigh), weighs it against the rules, writes data/case.model.

Five parts by sentence (the hash of its bare text): three train, one tells how much to trust the rules, one is left to
evaluate.py. Our own news of the last part trains as well, as other lines of it are held out."""
import argparse
import copy
import importlib.util
import os
import time

import numpy as np
import torch
import torch.nn.functional as F

import corpus
import evaluate
from network import CASES, ELSEWHERE, REACH, UNKNOWN_VERDICT, WIDTH, Network
from verdicts import PADDING, ROOT, Court

BATCH, POOL = 256, 2000  # samples a step, steps that are drawn at once
OF_KIND = {corpus.NUMBER: 5.0, corpus.SHOWN: 1.5, corpus.INDEFINITE: 1.0, corpus.DEFINITE: 0.3}
OF_SOURCE = {corpus.OWN: 4.0, corpus.SILVER: 1.0, corpus.NEWS: 4.0, corpus.GOLD: 1.5, corpus.CLASSICAL: 0.5,
             corpus.MADE: 0.2, corpus.RAW: 1.0}
BLIND = 0.3  # share of the samples that aren't told the rules' verdict
BANDS = [0.55, 0.65, 0.75, 0.83, 0.88, 0.93, 0.97]  # of src/normalise/context/view.c
LEVELS, ZERO, STEP, WEIGHT_MOST = 7, 64, 9, 63


def loss_of(logits, label):
    cases = F.log_softmax(logits, 1)
    oblique = torch.logsumexp(cases[:, 1:], 1)
    return -torch.where(label == corpus.OBLIQUE, oblique, cases.gather(1, label.clamp(max=2)[:, None])[:, 0]).mean()


def chances(arrays):
    """The samples that train, and how likely each is drawn."""
    of_kind, of_source = np.array([OF_KIND[k] for k in range(4)]), np.array([OF_SOURCE[s] for s in range(7)])
    weight = of_kind[arrays["kind"]] * of_source[arrays["source"]]
    own = (arrays["source"] == corpus.OWN) & (arrays["fold"] == evaluate.TEST)
    chosen = np.where(((arrays["fold"] > evaluate.WEIGH)) | own)[0]
    return chosen, weight[chosen] / weight[chosen].sum()


def train(arrays, options):
    chosen, chance = chances(arrays)
    rows, gaps = arrays["row"].astype(np.int16), torch.from_numpy(arrays["gap"])
    rows[(arrays["kind"] != corpus.NUMBER) | ~np.isin(arrays["source"], (corpus.OWN, corpus.NEWS)), REACH, 0] = ELSEWHERE
    rows = torch.from_numpy(rows)
    labels = torch.from_numpy(arrays["label"].astype(np.int64))
    network, draw = Network(), np.random.default_rng(options.seed)
    if options.init:
        network.load_state_dict(torch.load(options.init))
    average = copy.deepcopy(network)
    rest = [p for name, p in network.named_parameters() if not name.startswith("table")]
    optimiser = torch.optim.AdamW([{"params": network.table.parameters(), "weight_decay": options.forget},
                                   {"params": rest, "weight_decay": 0.02}], lr=options.rate)
    begin, step, told, done = time.time(), 0, 0.0, 0.0
    while done < 1:
        if step % POOL == 0:
            pool = draw.choice(chosen, POOL * BATCH, p=chance)
        some = pool[step % POOL * BATCH:(step % POOL + 1) * BATCH]
        for group in optimiser.param_groups:
            group["lr"] = options.rate * min(1, step / 200 + 0.05) * (1 - done)
        seen = rows[some].long()
        seen[torch.from_numpy(draw.random(BATCH) < BLIND), REACH, -1] = UNKNOWN_VERDICT
        loss = loss_of(network(seen, gaps[some].long(), options.drop), labels[some])
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        step, told = step + 1, 0.99 * told + 0.01 * loss.item()
        if step % 10 == 0:
            share = min(0.98, step / (step + 90))
            with torch.no_grad():
                for kept, new in zip(average.parameters(), network.parameters()):
                    kept.mul_(share).add_(new, alpha=1 - share)
        if step % 2000 == 0:
            print(f"step {step}, {100 * done:.0f} %: loss {told:.4f}", flush=True)
        done = (time.time() - begin) / (60 * options.minutes)
    return average.eval()


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


def _scales(network, arrays, samples=6000, share=0.9999):
    """The activation that 127 stands for, of each norm: all but a tiny share of the values fit."""
    kept, hooks = {}, []
    for name, layer in [(f"block.{i}", b.norm) for i, b in enumerate(network.block)] + [("last", network.last)]:
        hooks.append(layer.register_forward_hook(
            lambda _, __, y, name=name: kept.setdefault(name, []).append(F.relu(y).flatten())))
    chosen = np.random.default_rng(0).choice(len(arrays["row"]), samples)
    with torch.no_grad():
        network(torch.from_numpy(arrays["row"][chosen].astype(np.int64)),
                torch.from_numpy(arrays["gap"][chosen].astype(np.int64)))
    for hook in hooks:
        hook.remove()
    return {name: float(torch.sort(torch.cat(v))[0][int(share * sum(map(len, v)))]) / 127 for name, v in kept.items()}


def records_of(network, arrays):
    records, scale = {}, _scales(network, arrays)
    tables = [t.weight.detach().numpy() for t in network.table]
    step = np.quantile(np.abs(np.concatenate(tables)), 0.995) / LEVELS
    for i, table in enumerate(tables):
        level = (np.clip(np.rint(table / step), -LEVELS, LEVELS) + LEVELS).astype(np.uint8)
        records[f"table.{i}"] = level[:, ::2] | level[:, 1::2] << 4
    look_up = network.look_up.weight.detach().numpy()[:, None, :]
    whole = _matrix(records, "look_up", look_up, np.zeros(WIDTH), step / STEP)
    records["look_up.bias"] = (-ZERO * whole).astype(np.float32)
    records["gap"] = network.gap.weight.detach().numpy()[:PADDING - 1].copy()
    place = network.place.detach().numpy()
    records["place.step"] = np.array([np.abs(place).max() / 127 + 1e-9], np.float32)
    records["place"] = np.rint(place / records["place.step"]).astype(np.int8)
    for name, norm in [(f"block.{i}", b.norm) for i, b in enumerate(network.block)] + [("last", network.last)]:
        records[name + ".gain"] = (norm.weight.detach().numpy() / scale[name]).astype(np.float32)
        records[name + ".shift"] = (norm.bias.detach().numpy() / scale[name]).astype(np.float32)
    for i, block in enumerate(network.block):
        weight = block.conv.weight.detach().numpy().reshape(WIDTH, 3, WIDTH)
        _matrix(records, f"block.{i}", weight, block.conv.bias.detach().numpy(), scale[f"block.{i}"])
    head, bias = np.zeros((16, 1, WIDTH), np.float32), np.zeros(16, np.float32)
    head[:CASES, 0], bias[:CASES] = network.head.weight.detach().numpy(), network.head.bias.detach().numpy()
    _matrix(records, "head", head, bias, scale["last"])
    records["weighing"] = np.zeros(3 * (len(BANDS) + 1) + 2, np.float32)
    return records


def weigh(judged, decay=0.002):
    """A prior for each verdict of the rules and band of its confidence, and a weight for the network's evidence: by
    numbers that others have written."""
    numbers = (judged["kind"] == corpus.NUMBER) & ~np.isin(judged["source"], (corpus.MADE, corpus.CLASSICAL))
    rule, confidence, probability = (judged[name][numbers] for name in ("rule", "confidence", "probability"))
    band, oblique = np.digitize(confidence, BANDS), judged["label"][numbers] != corpus.NOMINATIVE
    evidence = np.log(np.clip(probability[:, 1] + probability[:, 2], 1e-4, 1)) - np.log(np.clip(probability[:, 0], 1e-4, 1))
    inputs = np.zeros((len(rule), 3 * (len(BANDS) + 1) + 2), np.float32)
    inputs[np.arange(len(rule)), rule * (len(BANDS) + 1) + band] = 1
    inputs[:, -2], inputs[:, -1] = evidence, evidence * (band >= len(BANDS) - 1)
    x, y = torch.from_numpy(inputs), torch.from_numpy(oblique.astype(np.float32))
    share = np.array([OF_SOURCE[s] for s in range(7)])[judged["source"][numbers]]
    share = torch.from_numpy((share / share.sum()).astype(np.float32))
    weight = torch.zeros(inputs.shape[1], requires_grad=True)
    optimiser = torch.optim.LBFGS([weight], max_iter=200)

    def closure():
        optimiser.zero_grad()
        losses = F.binary_cross_entropy_with_logits(x @ weight, y, reduction="none")
        loss = (losses * share).sum() + decay * (weight ** 2).sum()
        loss.backward()
        return loss
    optimiser.step(closure)
    return weight.detach().numpy()


def weighed(records, path, data, finder, relabelled):
    """The records with the weighing that the rules of today ask for, in the file as well."""
    write = _modelfile().write
    write(path, records)
    judged = corpus.build(data, finder, Court(), relabelled, [evaluate.WEIGH], nouns=False).arrays()
    write(path, {**records, "weighing": weigh(judged)})


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data")
    parser.add_argument("--arrays", help="what tools/train/relabel.py and correct.py wrote: better labels for silver/")
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--rate", type=float, default=3e-3)
    parser.add_argument("--drop", type=float, default=0.18)
    parser.add_argument("--forget", type=float, default=0.12, help="weight decay of the tables")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--init", help="a checkpoint to go on from")
    parser.add_argument("--checkpoint", help="where to leave one")
    parser.add_argument("--model", default=os.path.join(ROOT, "data/case.model"))
    parser.add_argument("--weigh", action="store_true", help="keep the network, weigh it anew against the rules")
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    finder, _ = evaluate.finder_of(options.data)
    if options.weigh:
        records = _modelfile().read(options.model)
    else:
        arrays = corpus.build(options.data, finder, Court(False), options.arrays).arrays()
        network = train(arrays, options)
        if options.checkpoint:
            torch.save(network.state_dict(), options.checkpoint)
        records = records_of(network, arrays)
    weighed(records, options.model, options.data, finder, options.arrays)


if __name__ == "__main__":
    main()
