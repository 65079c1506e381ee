"""Tunes the encoder's upper layers beside the light reader. By hand; README.md has the recipe.

  python train.py TABLE.jsonl keep.json MEASURES.toml LOWER -o OUT.pt [--fold 0 --folds 5 | --all] [--epochs 6 | --minutes 60]

Two heads stand on the same outputs. "Alone" says what a sentence makes; "beside" says what is to be added to the light reader's log odds,
which are cross-validated for every annotated document and passage, so that what cues know already need not be learned again. Both are
linear in the same numbers: fuse.py weighs them, export.py makes one matrix of them. The same outputs give stance, credence and what
slots.py reads out of the annotations (whose a claim is, where, what its figure counts, whom it befalls), which the claim stage weighs with its own signs,
and with --dumps a pointer (pointers.py) at the words that name a claim's originator, time and figure.

LOWER is lower.py's folder. With --fold, documents and passages of one fold are held out (with --held, those of a list), and their logits are written to OUT.logits.npz
after every epoch. OUT.pt is written after every epoch: the running mean of weights.
"""
import argparse
import hashlib
import json
import math
import pickle
import random
import re
import time

import numpy as np
import torch
import torch.nn.functional as F

from base import Base, Tokenizer
import pointers
import slots
from data import CREDENCES, STANCES, load, measures_of
from fast import Masks, Upper, layer_forward, masked


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
    items = sorted(items, key=lambda w: w[5] + shuffle.random() * 6)
    out, now, most = [], [], 0
    for w in items:
        if now and max(w[5], most) * (len(now) + 1) > budget:
            out.append(now)
            now, most = [], 0
        now.append(w)
        most = max(most, w[5])
    if now:
        out.append(now)
    shuffle.shuffle(out)
    return out


class Model:
    def __init__(self, w, base, frozen, m, thin=0.0):
        self.thin = thin
        self.m, self.heads, self.epsilon = m, base.heads, base.epsilon
        self.upper = Upper(w, frozen, base.layers, base.heads, base.epsilon)
        h = base.hidden
        self.outputs = 2 * m + 1 + len(STANCES) + len(CREDENCES) + slots.OUTPUTS  # alone, any; stance; credence; slots; beside
        bound = 1 / math.sqrt(2 * h)
        self.inner = [torch.empty(h, 2 * h).uniform_(-bound, bound), torch.zeros(h)]
        self.outer = [torch.empty(self.outputs, h).uniform_(-1 / math.sqrt(h), 1 / math.sqrt(h)), torch.zeros(self.outputs)]
        self.outer[1][:m + 1] = -3.0  # most sentences make none
        self.outer[0][-m:] = 0.0
        self.pointers = pointers.Pointers(h)

    def load(self, state):
        self.upper.load(state)
        self.pointers.load(state)
        for i, kind in enumerate(("weight", "bias")):
            self.inner[i].copy_(state["inner." + kind].float())
            self.outer[i].copy_(state["outer." + kind].float())

    def state(self):
        out = {**self.upper.state(), **self.pointers.state()}
        for i, kind in enumerate(("weight", "bias")):
            out["inner." + kind], out["outer." + kind] = self.inner[i].detach().clone(), self.outer[i].detach().clone()
        return out

    def parameters(self):
        return [p for layer in self.upper.params for p in layer] + self.ends()

    def ends(self):
        return self.inner + self.outer + self.pointers.params

    def forward(self, half, ends, batch, lower, drop, asked=None):
        inner, outer, point = ends[:2], ends[2:4], ends[4:]
        length = max(b[5] for b in batch)
        x = np.zeros((len(batch), length, lower.shape[1]), np.int16)
        owner, first, sizes, n = [], [], [], 0
        for r, (_, _, _, spans, at, size, *_) in enumerate(batch):
            x[r, :size] = lower[at:at + size]
            of = np.full(length, -1)
            for mark, begin, end in spans:
                begin = begin if end > begin else mark
                of[begin:end] = n
                first.append(r * length + mark)
                sizes.append(end - begin)
                n += 1
            owner.append(of)
        x = torch.from_numpy(x).view(torch.bfloat16)
        mask = masked([b[5] for b in batch], length)
        if drop and self.thin:
            # Some tokens are not looked at by the others (the marks always are), so that no single word can be learned by heart.
            unseen = torch.rand(len(batch), 1, 1, length) < self.thin
            for r, b in enumerate(batch):
                unseen[r, 0, 0, [0] + [mark for mark, _, _ in b[3]]] = False
            unseen = unseen * torch.tensor(-30000.0, dtype=torch.bfloat16)
            mask = unseen if mask is None else mask + unseen
        for layer in half:
            x = layer_forward(x, layer, mask, self.heads, self.epsilon, drop)
        owner = np.concatenate(owner)
        rows = np.flatnonzero(owner >= 0)
        flat = x.reshape(-1, x.shape[-1]).float()
        mean = torch.zeros(n, flat.shape[1]).index_add(0, torch.from_numpy(owner[rows]), flat[torch.from_numpy(rows)])
        s = torch.cat([mean / torch.tensor(sizes)[:, None], flat[torch.tensor(first)]], 1)
        s = F.gelu(F.linear(drop(s) if drop else s, *inner))
        y = F.linear(drop(s) if drop else s, *outer)
        if asked is None:
            return y
        # Of the sentences asked (their numbers in the batch): a distribution over the tokens of their windows.
        buckets = np.full((n, length), -1, np.int64)
        windows_at, k = [], 0
        for r, (_, _, _, spans, _, size, *_) in enumerate(batch):
            of = np.full(size, 99)
            for j, (mark, begin, end) in enumerate(spans):
                of[mark:end] = j
            for j in range(len(spans)):
                d = np.clip(of - j, -4, 2) + 4
                d[of == 99] = 7
                d[0] = d[size - 1] = -1
                buckets[k, :size] = d
                windows_at.append(r)
                k += 1
        at = torch.tensor(asked)
        if not len(asked):
            return y, None
        keys = F.linear(drop(x.float()) if drop else x.float(), point[1])
        return y, pointers.logits(point, s[at], keys[torch.tensor(windows_at)[at]], torch.from_numpy(buckets)[at])


def predict(model, items, docs, lower):
    """{id: [sentences, outputs]}: alone, any, stance, credence, slots, beside."""
    out = {docs[i[0]].id: np.zeros((len(docs[i[0]].sentences), model.outputs), np.float32) for i in items}
    with torch.no_grad():
        half = model.upper.half()
        for batch in batches(items, 4096, random.Random(0)):
            y = model.forward(half, model.ends(), batch, lower, None).numpy()
            n = 0
            for doc, _, indices, _, _, _, judged in batch:
                for i in indices:
                    if i >= judged:
                        out[docs[doc].id][i] = y[n]
                    n += 1
    return out


def light_of(sentence, m):
    """The light reader's log odds, as src/reader/careful.h clamps them, and which are hopeless; None where there are none."""
    if not sentence[5]:
        return None
    odds = np.array([np.nan if x is None else x for x in sentence[5]], np.float32)
    hopeless = np.isnan(odds)
    return np.where(hopeless, -5, np.clip(odds, -5, 4)), hopeless.astype(np.float32)


GIVEN = re.compile(r"seed-|..-([a-d]|r)-\d")  # ids of ../shared/eval/dev; ours have a letter of their own


def offsets(docs, m):
    """What the light reader's odds are worth by themselves: log odds = a + b * odds + c where hopeless."""
    from fuse import fit
    x, y = [], []
    for d in docs:
        for s in d.sentences:
            light = light_of(s, m)
            if s[1] and light is not None:
                gold = np.zeros(m)
                gold[s[2]] = 1
                x.append(np.stack([np.ones(m), light[0], light[1]], 1))
                y.append(gold)
    x, y = np.concatenate(x), np.concatenate(y)
    return fit(x, y, np.ones(len(y)))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("table")
    parser.add_argument("keep")
    parser.add_argument("measures")
    parser.add_argument("lower")
    parser.add_argument("-o", "--output", required=True)
    parser.add_argument("--fold", type=int, default=0)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--held", help="a file of ids, one a line: these are held out instead of a fold (for --start's weights, which know the rest)")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--fresh", action="store_true",
                        help="with --all and --start: an epoch is what --fold had held out and as much of the rest, for weights that know the rest")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--frozen", type=int, default=6)
    parser.add_argument("--rate", type=float, default=2.5e-4)
    parser.add_argument("--decay", type=float, default=0.88, help="of the rate, a layer down")
    parser.add_argument("--head-rate", type=float, default=1.2e-3)
    parser.add_argument("--budget", type=int, default=1024, help="tokens a step")
    parser.add_argument("--drop", type=float, default=0.1)
    parser.add_argument("--thin", type=float, default=0.0, help="share of tokens that the others do not look at, drawn anew each step")
    parser.add_argument("--alone", type=float, default=1.0, help="weight of the head that goes without the light reader")
    parser.add_argument("--annotated", type=float, default=2.0, help="weight of an annotated document's sentence")
    parser.add_argument("--given", type=float, default=1.0, help="how many times more a document counts that was given to us (GIVEN)")
    parser.add_argument("--folders", nargs="*", default=[], help="of annotated documents, for the slots")
    parser.add_argument("--passages", help="folder of the tables of passages, for the slots")
    parser.add_argument("--slots", type=float, default=0.15, help="weight of each slot's loss")
    parser.add_argument("--dumps", help="folder of `litopys dump mention` of the annotated documents, for the pointers")
    parser.add_argument("--score", default="../../../shared/eval/score.py", help="the guide's scorer, which knows what times are the same")
    parser.add_argument("--pointers", type=float, default=0.3, help="weight of each pointer's loss")
    parser.add_argument("--singles", type=int, default=3, help="one in so many single sentences an epoch")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--average", type=float, default=0.995, help="of the running mean of weights, which is what is kept")
    parser.add_argument("--start", help="weights to go on from, as OUT.pt")
    parser.add_argument("--minutes", type=float, default=0, help="the rate falls to nothing in so many minutes, and training ends, whatever --epochs")
    parser.add_argument("--limit", type=int, default=0, help="stop after so many steps (a trial)")
    parser.add_argument("--profile", action="store_true")
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    torch.set_num_threads(2)
    base = Base()
    keep = json.load(open(options.keep))
    tokenizer = Tokenizer(base, keep)
    measures = measures_of(options.measures)
    m = len(measures)
    docs = load(options.table, tokenizer, measures)
    windows = pickle.load(open(options.lower + "/windows.pkl", "rb"))
    lower = np.memmap(options.lower + "/lower.bin", np.int16, "r").reshape(-1, base.hidden)
    folds = assign(docs, options.folds)
    held_ids = set() if options.all else {d.id for d in docs if folds.get(d.id, -1) == options.fold}
    if options.held:
        held_ids = set(open(options.held).read().split())
    held = [d for d in docs if d.id in held_ids]
    held_items = [w for w in windows if docs[w[0]].id in held_ids and w[1] == 0]
    print("learned from", len(docs) - len(held), "held out", len(held), "of them annotated", sum(d.kind == "annotated" for d in held), flush=True)
    a, b, c = offsets([d for d in docs if d.id not in held_ids], m)
    print(f"log odds = {a:.3f} + {b:.3f} * light's + {c:.3f} where hopeless", flush=True)

    # What each sentence is to give, once: alone + any, weight; offset, weight of "beside"; stance; credence.
    known = {**slots.of_annotations(options.folders), **(slots.of_passages(options.passages) if options.passages else {})}
    nothing = ([-1] * len(slots.CHOICES), [-1] * len(slots.TARGETS))
    gold = []
    for d in docs:
        rows = []
        more = slots.label(known.get(d.id, []), d.texts)
        for s, slot in zip(d.sentences, more):
            choices, targets = slot or nothing
            y = np.zeros(m + 1, np.float32)
            y[s[2]] = 1
            y[m] = bool(s[2])
            light = light_of(s, m)
            weight = 0.0 if not s[1] else options.annotated if d.kind == "annotated" else 1.0
            weight *= options.given if d.kind == "annotated" and GIVEN.match(d.id) else 1.0
            rows.append((y, weight, np.zeros(m, np.float32) if light is None else (a + b * light[0] + c * light[1]).astype(np.float32),
                         0.0 if light is None else weight, s[3] if s[1] and s[2] else -1, s[4] if s[1] and s[2] else -1, choices, targets))
        gold.append(rows)

    pointed = pointers.Pointed(docs, options.folders, options.dumps, options.score, tokenizer) if options.dumps else None
    model = Model(base.weights(), base, options.frozen, m, options.thin)
    if options.start:
        model.load(torch.load(options.start, weights_only=False)["state"])
    groups = [{"params": [p for p in model.ends()], "lr": options.head_rate, "weight_decay": 0.01}]
    top = len(model.upper.params) - 1
    for l, layer in enumerate(model.upper.params):
        groups.append({"params": layer, "lr": options.rate * options.decay ** (top - l), "weight_decay": 0.01})
    tuned = model.parameters()
    for p in tuned:
        p.grad = torch.zeros_like(p)
    optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)
    for g in optimiser.param_groups:
        g["base"] = g["lr"]
    average = [p.clone() for p in tuned]
    drop = Masks(options.drop, options.seed)
    shuffle = random.Random(options.seed)
    total, step, begun, seen = None, 0, time.time(), 0
    for epoch in range(1000 if options.minutes else options.epochs):
        items = []
        for w in windows:
            d = docs[w[0]]
            if d.id in held_ids or (d.kind == "single" and w[0] % options.singles != epoch % options.singles):
                continue  # single sentences are many and least like life
            if d.kind == "annotated" and w[1] != epoch % 2:
                continue
            items.append(w)
        if options.fresh:
            new = [w for w in items if folds.get(docs[w[0]].id, -1) == options.fold]
            rest = [w for w in items if folds.get(docs[w[0]].id, -1) not in (-1, options.fold)]
            items = new + shuffle.sample(rest, min(len(rest), len(new)))
        steps = batches(items, options.budget, shuffle)
        if total is None:
            total = len(steps) * options.epochs
            print("steps an epoch", len(steps), "tokens", sum(w[5] for w in items), flush=True)
        losses, n = np.zeros(2), 0
        for batch in steps:
            step += 1
            gone = (time.time() - begun) / 60 / options.minutes if options.minutes else step / total
            factor = min(1.0, gone / 0.04) * max(0.02, 1 - gone)
            for g in optimiser.param_groups:
                g["lr"] = g["base"] * factor
            half = [[p.bfloat16().requires_grad_() for p in layer] for layer in model.upper.params]
            ends = [p.detach().clone().requires_grad_() for p in model.ends()]
            asked, wanted = pointed.in_batch(batch) if pointed else (None, None)
            y, pointing_to = model.forward(half, ends, batch, lower, drop, asked or [])
            rows = [gold[w[0]][i] for w in batch for i in w[2]]
            target, weight, offset, beside, stance, credence, choices, marks = (torch.from_numpy(np.array(v)) for v in zip(*rows))
            weight, beside = weight.float(), beside.float()
            scale = 1 / weight.sum().clamp(min=8.0)
            own = (F.binary_cross_entropy_with_logits(y[:, :m + 1], target, reduction="none").sum(1) * weight).sum() * scale
            added = (F.binary_cross_entropy_with_logits(y[:, -m:] + offset, target[:, :m], reduction="none").sum(1) * beside).sum() * scale
            loss = options.alone * own + added
            for begin, size, of in ((m + 1, len(STANCES), stance), (m + 1 + len(STANCES), len(CREDENCES), credence)):
                if (of >= 0).any():
                    loss = loss + 0.2 * F.cross_entropy(y[:, begin:begin + size], of, ignore_index=-1)
            begin = m + 1 + len(STANCES) + len(CREDENCES)
            for k, (_, size) in enumerate(slots.CHOICES):
                if (choices[:, k] >= 0).any():
                    loss = loss + options.slots * F.cross_entropy(y[:, begin:begin + size], choices[:, k], ignore_index=-1)
                begin += size
            marked = marks[:, 0] >= 0
            if marked.any():
                loss = loss + options.slots * F.binary_cross_entropy_with_logits(y[marked, begin:begin + len(slots.TARGETS)],
                                                                                 marks[marked].float()) * 3
            if asked:
                loss = loss + options.pointers * pointers.loss(pointing_to, wanted)
            loss.backward()
            with torch.no_grad():
                for p, g in zip(tuned, [p for layer in half for p in layer] + ends):
                    p.grad.zero_() if g.grad is None else p.grad.copy_(g.grad)
                torch.nn.utils.clip_grad_norm_(tuned, 1.0)
                optimiser.step()
                if step % 4 == 0:
                    torch._foreach_lerp_(average, tuned, 1 - min(options.average ** 4, (step + 1) / (step + 10)))
            losses += [float(own.detach()), float(added.detach())]
            seen += sum(w[5] for w in batch)
            n += 1
            if n % 50 == 0:
                print(f"epoch {epoch} step {n}/{len(steps)} alone {losses[0] / n:.4f} beside {losses[1] / n:.4f} {time.time() - begun:.0f}s "
                      f"{seen / (time.time() - begun):.0f} tokens/s", flush=True)
            if options.minutes and gone >= 1:
                break
            if options.limit and step >= options.limit:
                return
        kept = [p.clone() for p in tuned]
        for p, q in zip(tuned, average):
            p.copy_(q)
        torch.save({"state": model.state(), "keep": keep, "measures": measures, "epoch": epoch + 1, "options": vars(options),
                    "offset": [a, b, c]}, options.output)
        if held:
            got = predict(model, held_items, docs, lower)
            np.savez_compressed(options.output + ".logits.npz", **got)
            from score import best_f1
            f = best_f1(held, got, m, lambda s, y: a + b * light_of(s, m)[0] + c * light_of(s, m)[1] + y[-m:])
            print(f"epoch {epoch + 1}: held out (alone, light, beside):", f, f"{time.time() - begun:.0f}s", flush=True)
            begin = m + 1 + len(STANCES) + len(CREDENCES)
            right = []
            for k, (name, size) in enumerate(slots.CHOICES):
                pairs = [(got[d.id][i, begin:begin + size].argmax(), row[6][k]) for n, d in enumerate(docs) if d.id in got
                         for i, row in enumerate(gold[n]) if row[6][k] >= 0]
                most = max(np.bincount([g for _, g in pairs])) / len(pairs) if pairs else 0
                right.append(f"{name} {np.mean([p == g for p, g in pairs]):.3f} ({most:.3f} the commonest)")
                begin += size
            print("   slots:", ", ".join(right), flush=True)
            if pointed:
                with torch.no_grad():
                    half = model.upper.half()
                    told = ((wanted, model.forward(half, model.ends(), b, lower, None, asked)[1])
                            for b in batches(held_items, 4096, random.Random(0)) for asked, wanted in [pointed.in_batch(b)] if asked)
                    print("   pointers (probability of what is right, right, of):", pointers.right(told), flush=True)
        for p, q in zip(tuned, kept):
            p.copy_(q)
        if options.minutes and gone >= 1:
            return


if __name__ == "__main__":
    main()
