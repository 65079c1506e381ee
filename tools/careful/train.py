"""Tunes the encoder. By hand; README.md has the recipe.

  python train.py TABLE.jsonl keep.json MEASURES.toml -o OUT.pt [--fold 0 --folds 4 | --all] [--epochs 4]

With --fold, documents and passages of one fold are held out, and their logits are written to OUT.logits.npz after every epoch, so that
score.py can judge them and the combination with the light reader can be learned from them. OUT.pt is written after every epoch.
"""
import argparse
import hashlib
import json
import math
import random
import time
import warnings

import numpy as np
import torch
import torch.nn.functional as F

from base import Base, Tokenizer
from data import CREDENCES, STANCES, WINDOW_TOKENS, load, measures_of, tokens, windows
from model import Encoder, Reader


def assign(docs, folds):
    """Languages and kinds spread evenly: the n-th of its group, in the order of a hash. Passages are many: half as many are held out."""
    groups = {}
    for d in docs:
        if d.kind != "single":
            groups.setdefault((d.kind, d.lang, "-r-" in d.id), []).append(d.id)
    out, n = {}, 0
    for key in sorted(groups):
        for i in sorted(groups[key], key=lambda i: hashlib.sha256(i.encode()).hexdigest()):
            out[i] = n % (folds if key[0] == "annotated" else 2 * folds)
            n += 1
    return out


def batches(items, budget, shuffle):
    """Windows of like length together, at most `budget` tokens with the padding."""
    items = sorted(items, key=lambda w: len(w[0]) + shuffle.random() * 8)
    out, now = [], []
    for w in items:
        if now and max(len(w[0]), max(len(x[0]) for x in now)) * (len(now) + 1) > budget:
            out.append(now)
            now = []
        now.append(w)
    if now:
        out.append(now)
    shuffle.shuffle(out)
    return out


def tensors(batch, pad):
    length = max(len(w[0]) for w in batch)
    ids = torch.full((len(batch), length), pad)
    present = torch.zeros(len(batch), length, dtype=torch.bool)
    rows, columns, values, first = [], [], [], []
    n = 0
    for b, (one, spans, _) in enumerate(batch):
        ids[b, :len(one)] = torch.tensor(one)
        present[b, :len(one)] = True
        for mark, begin, end in spans:
            begin = begin if end > begin else mark
            first.append(b * length + mark)
            for t in range(begin, end):
                rows.append(n)
                columns.append(b * length + t)
                values.append(1.0 / (end - begin))
            n += 1
    pool = torch.sparse_coo_tensor(torch.tensor([rows, columns]), torch.tensor(values), (n, len(batch) * length)).to_dense()
    return ids, present, pool, torch.tensor(first)


def predict(model, docs, tokenizer, context=1, limit=WINDOW_TOKENS):
    model.eval()
    out = {d.id: np.zeros((len(d.sentences), model.outer.out_features), np.float32) for d in docs}
    items = []
    for d in docs:
        for indices, judged in windows(d, 0, limit, context):
            one, spans = tokens(d, indices, tokenizer)
            items.append((one, spans, (d, indices, judged)))
    with torch.no_grad():
        for batch in batches(items, 6144, random.Random(0)):
            ids, present, pool, first = tensors(batch, tokenizer.pad)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                y = model(ids, present, pool, first).float().numpy()
            n = 0
            for _, spans, (d, indices, judged) in batch:
                for i in indices:
                    if i >= judged:
                        out[d.id][i] = y[n]
                    n += 1
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("table")
    parser.add_argument("keep")
    parser.add_argument("measures")
    parser.add_argument("-o", "--output", required=True)
    parser.add_argument("--fold", type=int, default=0)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--frozen", type=int, default=6)
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--decay", type=float, default=0.85, help="of the rate, a layer down")
    parser.add_argument("--budget", type=int, default=1536, help="tokens a step")
    parser.add_argument("--annotated", type=float, default=2.0, help="weight of an annotated document's sentence")
    parser.add_argument("--singles", type=int, default=2, help="one in so many single sentences an epoch")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--average", type=float, default=0.998, help="of the running mean of weights, which is what is kept")
    parser.add_argument("--start", help="weights to go on from, as OUT.pt")
    parser.add_argument("--minutes", type=float, default=0, help="the rate falls to nothing in so many minutes, and training ends, whatever --epochs")
    parser.add_argument("--limit", type=int, default=0, help="stop after so many steps (a trial)")
    options = parser.parse_args()
    warnings.filterwarnings("ignore", message="Sparse invariant")
    random.seed(options.seed)
    np.random.seed(options.seed)
    torch.manual_seed(options.seed)
    torch.set_num_threads(2)
    base = Base()
    keep = json.load(open(options.keep))
    tokenizer = Tokenizer(base, keep)
    measures = measures_of(options.measures)
    m = len(measures)
    docs = load(options.table, tokenizer, measures)
    folds = assign(docs, options.folds)
    held = [] if options.all else [d for d in docs if folds.get(d.id, -1) == options.fold]
    held_ids = {d.id for d in held}
    learned = [d for d in docs if d.id not in held_ids]
    print("learned from", len(learned), "held out", len(held), "of them annotated", sum(d.kind == "annotated" for d in held), flush=True)

    w = base.weights()
    w["word"] = w["word"][keep]
    model = Reader(Encoder(w, base.heads, base.epsilon, frozen=options.frozen), m + 1 + len(STANCES) + len(CREDENCES))
    groups = [{"params": [*model.inner.parameters(), *model.outer.parameters()], "lr": 5 * options.rate}]
    layers = model.encoder.layers
    for l, layer in enumerate(layers):
        if l >= options.frozen:
            groups.append({"params": list(layer.parameters()), "lr": options.rate * options.decay ** (len(layers) - 1 - l)})
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98))
    tuned = [p for g in groups for p in g["params"]]
    average = [p.detach().clone() for p in tuned]
    if options.start:
        model.load_state_dict(torch.load(options.start, weights_only=False)["state"], strict=False)
        average = [p.detach().clone() for p in tuned]
    else:
        model.outer.bias.data[:m + 1] = -3.0  # most sentences make none

    shuffle = random.Random(options.seed)
    total = None
    step = 0
    begun = time.time()
    for epoch in range(1000 if options.minutes else options.epochs):
        items = []
        for n, d in enumerate(learned):
            if d.kind == "single" and n % options.singles != epoch % options.singles:
                continue  # they are many and least like life
            limit = shuffle.choice((160, WINDOW_TOKENS, WINDOW_TOKENS)) if d.kind == "annotated" else WINDOW_TOKENS
            first = shuffle.randrange(0, min(4, len(d.sentences)) + 1) if d.kind == "annotated" else 0
            for indices, judged in windows(d, first, limit, 1):
                if any(d.sentences[i][1] for i in indices):
                    one, spans = tokens(d, indices, tokenizer)
                    items.append((one, spans, (d, indices)))
        steps = batches(items, options.budget, shuffle)
        if total is None:
            total = len(steps) * options.epochs
            print("steps an epoch", len(steps), "tokens", sum(len(i[0]) for i in items), flush=True)
        model.train()
        loss_sum, n = 0.0, 0
        for batch in steps:
            step += 1
            gone = (time.time() - begun) / 60 / options.minutes if options.minutes else step / total
            warm = min(1.0, gone / 0.08)
            factor = warm * max(0.02, 1 - gone)
            for g in optimiser.param_groups:
                g.setdefault("base", g["lr"])
                g["lr"] = g["base"] * factor
            ids, present, pool, first = tensors(batch, tokenizer.pad)
            target, weight, stance, credence = [], [], [], []
            for _, _, (d, indices) in batch:
                for i in indices:
                    _, labelled, labels, s, c, _, _ = d.sentences[i]
                    row = [0.0] * (m + 1)
                    for k in labels:
                        row[k] = 1.0
                    row[m] = float(bool(labels))
                    target.append(row)
                    weight.append(0.0 if not labelled else options.annotated if d.kind == "annotated" else 1.0)
                    stance.append(s if labelled and labels else -1)
                    credence.append(c if labelled and labels else -1)
            target, weight = torch.tensor(target), torch.tensor(weight)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                y = model(ids, present, pool, first)
            y = y.float()
            total_weight = weight.sum().clamp(min=1.0)
            loss = (F.binary_cross_entropy_with_logits(y[:, :m + 1], target, reduction="none").sum(1) * weight).sum() / total_weight
            for begin, size, gold in ((m + 1, len(STANCES), stance), (m + 1 + len(STANCES), len(CREDENCES), credence)):
                gold = torch.tensor(gold)
                if (gold >= 0).any():
                    loss = loss + 0.2 * F.cross_entropy(y[:, begin:begin + size], gold, ignore_index=-1)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(tuned, 1.0)
            optimiser.step()
            mean_of = min(options.average, (step + 1) / (step + 10))
            with torch.no_grad():
                torch._foreach_lerp_(average, tuned, 1 - mean_of)
            loss_sum += float(loss.detach())
            n += 1
            if n % 25 == 0:
                print(f"epoch {epoch} step {n}/{len(steps)} loss {loss_sum / n:.4f} {time.time() - begun:.0f}s", flush=True)
            if options.minutes and gone >= 1:
                break
            if options.limit and step >= options.limit:
                return
        kept = [p.detach().clone() for p in tuned]
        with torch.no_grad():
            for p, a in zip(tuned, average):
                p.copy_(a)
        torch.save({"state": {k: v for k, v in model.state_dict().items() if k not in ("encoder.word.weight", "encoder.position")},
                    "keep": keep, "measures": measures, "epoch": epoch + 1, "options": vars(options)}, options.output)
        if held:
            got = predict(model, held, tokenizer)
            np.savez_compressed(options.output + ".logits.npz", **got)
            from score import best_f1
            print(f"epoch {epoch + 1}: held out:", best_f1(held, got, m), f"{time.time() - begun:.0f}s", flush=True)
        with torch.no_grad():
            for p, k in zip(tuned, kept):
                p.copy_(k)
        if options.minutes and gone >= 1:
            return


if __name__ == "__main__":
    main()
