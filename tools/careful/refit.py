"""Fits the last matrix to the end on the encoder as it is: the steps that tune an encoder are too few for outputs that are rarely true.

  python refit.py TABLE.jsonl keep.json MEASURES.toml IN.pt -o OUT.pt [--fold 0 --folds 5]

Annotated documents and passages that are not held out are learned from (single sentences are least like life); logits of the held-out ones
are written to OUT.pt.logits.npz.
"""
import argparse
import json
import random
import time

import numpy as np
import torch
import torch.nn.functional as F

from base import Base, Tokenizer
from data import CREDENCES, STANCES, WINDOW_TOKENS, load, measures_of, tokens, windows
from model import Encoder, Reader
from score import best_f1
from train import assign, batches, tensors


def fit(x, y, weight, w, b, penalty):
    """Logistic regression of every column of y at once, from (w, b) on."""
    w, b = w.clone().requires_grad_(), b.clone().requires_grad_()
    start = w.detach().clone()
    optimiser = torch.optim.LBFGS([w, b], max_iter=150, history_size=20, line_search_fn="strong_wolfe")

    def closure():
        optimiser.zero_grad()
        loss = (F.binary_cross_entropy_with_logits(x @ w.T + b, y, reduction="none") * weight[:, None]).sum() / len(x)
        loss = loss + penalty * (w - start).square().sum() / len(x)
        loss.backward()
        return loss
    optimiser.step(closure)
    return w.detach(), b.detach()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("table")
    parser.add_argument("keep")
    parser.add_argument("measures")
    parser.add_argument("model")
    parser.add_argument("-o", "--output", required=True)
    parser.add_argument("--fold", type=int, default=0)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--penalty", type=float, nargs="+", default=[0.3, 1.0, 3.0])
    parser.add_argument("--cache")
    options = parser.parse_args()
    torch.set_num_threads(2)
    base = Base()
    keep = json.load(open(options.keep))
    tokenizer = Tokenizer(base, keep)
    measures = measures_of(options.measures)
    m = len(measures)
    docs = [d for d in load(options.table, tokenizer, measures) if d.kind != "single"]
    folds = assign(docs, options.folds)
    saved = torch.load(options.model, weights_only=False)
    w = base.weights()
    w["word"] = w["word"][keep]
    model = Reader(Encoder(w, base.heads, base.epsilon), saved["state"]["outer.weight"].shape[0])
    model.load_state_dict(saved["state"], strict=False)
    model.eval()
    try:
        hidden = dict(np.load(options.cache))
        print("from the cache", flush=True)
    except (OSError, TypeError):
        hidden = {d.id: np.zeros((len(d.sentences), model.inner.out_features), np.float32) for d in docs}
        items = []
        for d in docs:
            for indices, judged in windows(d, 0, WINDOW_TOKENS, 1):
                items.append((*tokens(d, indices, tokenizer), (d, indices, judged)))
        begun = time.time()
        with torch.no_grad():
            steps = batches(items, 4096, random.Random(0))
            for k, batch in enumerate(steps):
                ids, present, pool, first = tensors(batch, tokenizer.pad)
                with torch.autocast("cpu", dtype=torch.bfloat16):
                    x = model.encoder(ids, present)
                flat = x.reshape(-1, x.shape[-1]).float()
                h = F.gelu(model.inner(torch.cat([pool @ flat, flat[first]], 1))).numpy()
                n = 0
                for _, spans, (d, indices, judged) in batch:
                    for i in indices:
                        if i >= judged:
                            hidden[d.id][i] = h[n]
                        n += 1
                if k % 10 == 0:
                    print(f"{k}/{len(steps)} {time.time() - begun:.0f}s", flush=True)
        if options.cache:
            np.savez(options.cache, **hidden)
    x, y, weight, stance, credence = [], [], [], [], []
    held = [d for d in docs if folds[d.id] == options.fold]
    held_ids = {d.id for d in held}
    for d in docs:
        if d.id in held_ids:
            continue
        for i, s in enumerate(d.sentences):
            if not s[1]:
                continue
            row = np.zeros(m + 1, np.float32)
            row[s[2]] = 1
            row[m] = bool(s[2])
            x.append(hidden[d.id][i])
            y.append(row)
            weight.append(2.0 if d.kind == "annotated" else 1.0)
            stance.append(s[3] if s[2] else -1)
            credence.append(s[4] if s[2] else -1)
    x, y, weight = torch.tensor(np.array(x)), torch.tensor(np.array(y)), torch.tensor(weight)
    w0, b0 = model.outer.weight.data[:m + 1], model.outer.bias.data[:m + 1]
    best = None
    for penalty in options.penalty:
        w1, b1 = fit(x, y, weight, w0, b0, penalty)
        got = {d.id: (torch.tensor(hidden[d.id]) @ w1.T + b1).numpy() for d in held}
        f = best_f1(held, got, m)
        print(penalty, f, flush=True)
        if best is None or f["ann"][0] + f["pas"][0] > best[0]:
            best = (f["ann"][0] + f["pas"][0], w1, b1, penalty)
    _, w1, b1, penalty = best
    weights, biases = [w1], [b1]
    at = m + 1
    for gold, size in ((stance, len(STANCES)), (credence, len(CREDENCES))):
        gold = torch.tensor(gold)
        known = gold >= 0
        one = F.one_hot(gold[known], size).float()
        w2, b2 = fit(x[known], one, torch.ones(int(known.sum())), model.outer.weight.data[at:at + size], model.outer.bias.data[at:at + size], 3.0)
        weights.append(w2)
        biases.append(b2)
        at += size
    saved["state"]["outer.weight"], saved["state"]["outer.bias"] = torch.cat(weights), torch.cat(biases)
    got = {d.id: (torch.tensor(hidden[d.id]) @ torch.cat(weights).T + torch.cat(biases)).numpy() for d in held}
    right = {"stance": [0, 0], "credence": [0, 0]}
    for d in held:
        if d.kind != "annotated":
            continue
        for i, s in enumerate(d.sentences):
            if s[1] and s[2]:
                for name, begin, size, gold in (("stance", m + 1, 5, s[3]), ("credence", m + 6, 5, s[4])):
                    if gold >= 0:
                        right[name][1] += 1
                        right[name][0] += int(got[d.id][i][begin:begin + size].argmax() == gold)
    print("penalty", penalty, {k: round(a / max(1, b), 3) for k, (a, b) in right.items()})
    torch.save(saved, options.output)
    np.savez_compressed(options.output + ".logits.npz", **got)


if __name__ == "__main__":
    main()
