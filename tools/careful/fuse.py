"""Learns how the encoder's logits and the light reader's log odds are summed, from held-out documents, and judges it by quarters of them.

  python fuse.py TABLE.jsonl keep.json MEASURES.toml LOGITS.npz [LOGITS.npz ...] -o FUSION.json

First the share of the encoder's two heads ("alone", "beside", see train.py), then the sum of their mixture with the rest; the features are
those of src/reader/careful.h. Documents of each LOGITS.npz are those that its encoder had not seen.
"""
import argparse
import hashlib
import json
import re

import numpy as np

from base import Base, Tokenizer
from data import load, measures_of
from score import best, f1_at

FAR = 8.0


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def features(doc, logits, m, least, mix):
    """[sentences, m, 8], and which sentences the encoder is asked about."""
    n = len(doc.sentences)
    theirs = np.array([[np.nan if x is None else x for x in s[5]] if s[5] else [np.nan] * m for s in doc.sentences], np.float32)
    hopeless = np.isnan(theirs)
    wanted = (np.where(hopeless, -99, theirs) >= least).any(1)
    own = np.concatenate([mix[0] * logits[:, :m] + mix[1] * logits[:, -m:], logits[:, m:m + 1]], 1)
    ours = np.where(wanted[:, None], np.clip(own, -FAR, FAR), -FAR)
    share = np.log((sigmoid(ours[:, m]).sum() + 0.1) / (n + 1))
    x = np.zeros((n, m, 8), np.float32)
    x[..., 0] = 1
    x[..., 1] = ours[:, :m]
    x[..., 2] = np.where(hopeless, -5, np.clip(theirs, -5, 4))
    x[..., 3] = hopeless
    x[..., 4] = ours[:, m:m + 1]
    x[..., 5] = share
    order = np.sort(ours[:, :m], 1)
    first = ours[:, :m].argmax(1)
    x[..., 6] = order[:, -1:]
    x[np.arange(n), first, 6] = order[:, -2]
    beside = np.full((n, m), -FAR, np.float32)
    if n > 1:
        beside[1:] = np.maximum(beside[1:], ours[:-1, :m])
        beside[:-1] = np.maximum(beside[:-1], ours[1:, :m])
    x[..., 7] = beside
    return x, wanted


def fit(x, y, weight, penalty=1.0):
    """Newton's method on the logistic loss."""
    w = np.zeros(x.shape[1])
    scale = x.std(0) + 1e-6
    scale[0] = 1
    z = x / scale
    ridge = np.full(x.shape[1], penalty)
    ridge[0] = 1e-3
    for _ in range(30):
        p = sigmoid(z @ w)
        g = z.T @ (weight * (p - y)) + ridge * w
        h = (z * (weight * p * (1 - p))[:, None]).T @ z + np.diag(ridge)
        step = np.linalg.solve(h, g)
        w -= step
        if np.abs(step).max() < 1e-6:
            break
    return w / scale


def calibration(parts, probability, thresholds):
    """Of what is taken as a claim: the expected calibration error over ten bins of equal width, and how many there are."""
    p, right = [], []
    for part in parts:
        prob = np.where(part[3][:, None], probability(part), 0)[part[4]]
        taken = prob >= thresholds[("en", "uk", "ru").index(part[0].lang)]
        p.append(prob[taken])
        right.append(part[2][part[4]][taken])
    p, right = np.concatenate(p), np.concatenate(right)
    bins = np.minimum((p * 10).astype(int), 9)
    error = sum(abs(p[bins == b].sum() - right[bins == b].sum()) for b in range(10)) / max(1, len(p))
    return {"error": round(float(error), 3), "claims": len(p), "mean": round(float(p.mean()), 3), "right": round(float(right.mean()), 3)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("table")
    parser.add_argument("keep")
    parser.add_argument("measures")
    parser.add_argument("logits", nargs="+")
    parser.add_argument("-o", "--output")
    parser.add_argument("--annotated", type=float, default=2.0)
    options = parser.parse_args()
    measures = measures_of(options.measures)
    m = len(measures)
    docs = {d.id: d for d in load(options.table, Tokenizer(Base(), json.load(open(options.keep))), measures)}

    # The light filter: the log odds that 98.5 of 100 sentences with claims in annotated documents reach.
    top = np.array([max((x for x in s[5] if x is not None), default=-99) for d in docs.values() if d.kind == "annotated"
                    for s in d.sentences if s[1] and s[2]])
    none = np.array([max((x for x in s[5] if x is not None), default=-99) for d in docs.values() if d.kind == "annotated"
                     for s in d.sentences if s[1] and not s[2]])
    least = float(np.quantile(top, 0.015))
    print(f"filter: log odds {least:.2f}, recall {np.mean(top >= least):.4f}, lets pass {np.mean(none >= least):.2f} of the others")

    def parts_of(mix):
        parts = []
        for path in options.logits:
            got = np.load(path)
            for i in got.files:
                d = docs[i]
                x, wanted = features(d, got[i], m, least, mix)
                labelled = np.array([s[1] for s in d.sentences])
                gold = np.zeros((len(d.sentences), m), bool)
                for k, s in enumerate(d.sentences):
                    gold[k, s[2]] = True
                quarter = int(hashlib.sha256(i.encode()).hexdigest(), 16) % 4
                parts.append((d, x, gold, wanted, labelled, quarter))
        return parts
    flat = lambda part: (part[1][part[4] & part[3]].reshape(-1, 8), part[2][part[4] & part[3]].reshape(-1),
                         np.full((part[4] & part[3]).sum() * m, options.annotated if part[0].kind == "annotated" else 1.0))

    def learn(chosen, columns):
        x, y, w = (np.concatenate(v) for v in zip(*(flat(p) for p in chosen)))
        out = np.zeros(8)
        out[columns] = fit(x[:, columns], y, w)
        return out

    def judge(score_of, label):
        line = f"{label:34}"
        for kind, lang, real in ((("annotated"), None, None), ("annotated", "en", None), ("annotated", "uk", None), ("annotated", "ru", None),
                                 ("annotated", None, True), ("passage", None, None)):
            gold, score = [], []
            for p in parts:
                d = p[0]
                if d.kind != kind or (lang and d.lang != lang) or (real and "-r-" not in d.id):
                    continue
                gold.append(p[2][p[4]])
                score.append(np.where(p[3][:, None], score_of(p), -99)[p[4]])
            if not gold:
                continue
            gold, score = np.concatenate(gold), np.concatenate(score)
            f, t = best(gold, score)
            if kind == "annotated" and lang is None and real is None:
                common = t
            line += f"  {kind[:3]}{lang or ''}{'-r' if real else ''} {f:.3f}/{f1_at(gold, score, common):.3f}"
        print(line)
    # The heads' shares: of the weights in a sum of both with the light reader's odds.
    heads = [parts_of(mix) for mix in ((1, 0), (0, 1))]
    x, y, w = (np.concatenate(v) for v in zip(*(flat(p) for p in heads[0])))
    z = np.concatenate([flat(p)[0] for p in heads[1]])
    shares = fit(np.concatenate([x[:, :4], z[:, 1:2]], 1), y, w)
    alone, beside = max(0.0, shares[1]), max(0.0, shares[4])
    mix = (alone / (alone + beside), beside / (alone + beside))
    print("weights of alone and beside", shares[[1, 4]].round(3).tolist(), "mix", np.round(mix, 3).tolist())
    parts = heads[0]
    judge(lambda p: p[1][..., 1], "encoder alone")
    parts = parts_of(mix)
    judge(lambda p: p[1][..., 2] - 50 * p[1][..., 3], "light alone (cross-validated)")
    least_loss = None
    for name, few in (("encoder + light", [0, 1, 2, 3]), ("+ any, share", [0, 1, 2, 3, 4, 5]), ("+ others, beside", list(range(8)))):
        of_quarter = {h: learn([p for p in parts if p[5] != h], few) for h in range(4)}
        loss = 0.0
        for p in parts:
            x, y, w = flat(p)
            z = x @ of_quarter[p[5]]
            loss += float((w * (np.logaddexp(0, z) - y * z)).sum())
        judge(lambda p: p[1] @ of_quarter[p[5]], f"{name}, loss {loss:.1f}")
        if least_loss is None or loss < least_loss - 5:  # the simpler one where they are as good
            least_loss, columns, by_half = loss, few, of_quarter
    weights = learn(parts, columns)
    # One threshold for all languages (by language it follows the luck of some fifty claims): the best of our own documents, the given ones
    # and passages, smoothed, on scores by quarters. The curve is flat from 0.3 to 0.5; passages keep it from the upper end.
    steps = np.arange(0.15, 0.60, 0.01)
    quality = np.zeros(len(steps))
    for share, chosen in ((1.0, lambda d: d.kind == "annotated" and re.search("-[w-z]-", d.id)),
                          (1.0, lambda d: d.kind == "annotated" and not re.search("-[w-z]-", d.id)), (0.5, lambda d: d.kind == "passage")):
        some = [p for p in parts if chosen(p[0])]
        if some:
            gold = np.concatenate([p[2][p[4]] for p in some])
            score = np.concatenate([np.where(p[3][:, None], sigmoid(p[1] @ by_half[p[5]]), 0)[p[4]] for p in some])
            quality += share * np.array([f1_at(gold, score, t) for t in steps])
    smooth = np.convolve(np.pad(quality, 2, mode="edge"), np.ones(5) / 5, mode="valid")
    thresholds = [float(steps[int(smooth.argmax())])] * 3
    for kind in sorted({p[0].kind for p in parts} & {"annotated", "passage"}):
        print("calibration,", kind, calibration([p for p in parts if p[0].kind == kind], lambda p: sigmoid(p[1] @ by_half[p[5]]), thresholds))
    print("weights", np.round(weights, 3).tolist(), "thresholds", thresholds)
    if options.output:
        json.dump({"mix": mix, "weights": weights.tolist(), "thresholds": thresholds, "least_light": least}, open(options.output, "w"))


if __name__ == "__main__":
    main()
