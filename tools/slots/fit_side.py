"""Learns the weights of the signs by which it is settled whose document a report is (src/claim/voice_sign.h), and prints the rows.

  side_signs FOLDER... > looks.jsonl
  python fit_side.py SCORE.py looks.jsonl FOLDER... [--blind LIST]

FOLDER has NAME.txt and NAME.json, as the guide wants them. The side of a document is that of most of its claims without sources; documents
without such claims are left out. A softmax over the sides; a sign has a weight for all sides and one more for each, with a square penalty,
so that what holds for all is learned from all, and what names a side never speaks against it; five folds by document for the figures. Needs
numpy.
"""
import argparse
import collections
import hashlib
import importlib.util
import json
import math
import pathlib
import re

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent


def signs():
    source = (HERE.parent.parent / "src/claim/voice_sign.h").read_text()
    return re.findall(r'"(\w+)"', source[source.index("struct Names<"):])


def load(score, looks, folders, names):
    at = {name: i for i, name in enumerate(names)}
    seen = {}
    for line in open(looks, encoding="utf-8"):
        report = json.loads(line)
        seen[report["id"]] = report["looks"]
    out, sides = [], None
    for folder in folders:
        for id, (annotation, _) in score.load_gold(pathlib.Path(folder)).items():
            own = collections.Counter(c["side"] for c in annotation["claims"] if not c["sources"])
            if not own or id not in seen:
                continue
            sides = [look["side"] for look in seen[id]]
            side, count = own.most_common(1)[0]
            if side not in sides:
                continue
            x = np.zeros((len(sides), len(names)), np.float32)
            for row, look in enumerate(seen[id]):
                for name, value in look["signs"].items():
                    x[row, at[name]] = value
            out.append((id, annotation["lang"], x, sides.index(side), count / math.sqrt(sum(own.values()))))
    return out, sides


def fit(reports, kinds, naming, shared=1.0, single=3.0, steps=400):
    """Weights w[0] for all sides and w[1 + side] for one; those of the first `naming` signs are not below nothing."""
    x = np.stack([r[2] for r in reports]).astype(np.float64)
    y = np.eye(kinds)[[r[3] for r in reports]]
    worth = np.array([0.5 + min(r[4], 3) / 2 for r in reports])[:, None]
    scale = np.maximum(np.abs(x).max((0, 1)), 1)
    x = x / scale
    w = np.zeros((kinds + 1, x.shape[2]))
    m, v = np.zeros_like(w), np.zeros_like(w)
    penalty = np.full((kinds + 1, 1), single)
    penalty[0] = shared
    for step in range(1, steps + 1):
        s = np.einsum("rks,ks->rk", x, w[0] + w[1:])
        e = np.exp(s - s.max(1, keepdims=True))
        d = (e / e.sum(1, keepdims=True) - y) * worth
        one = np.einsum("rk,rks->ks", d, x)
        g = np.concatenate([one.sum(0, keepdims=True), one]) + penalty * w
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
        w -= 0.05 * (1 - step / steps + 0.02) * (m / (1 - 0.9 ** step)) / (np.sqrt(v / (1 - 0.999 ** step)) + 1e-8)
        w[0, :naming] = np.maximum(w[0, :naming], 0)
        w[1:, :naming] = np.maximum(w[1:, :naming], -w[0, :naming])
    return w / scale


def choice(w, x):
    return int(np.argmax((x * (w[0] + w[1:])).sum(1)))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("score")
    parser.add_argument("looks")
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--blind", help="a list of ids that are left out")
    parser.add_argument("--errors", action="store_true", help="list the reports that were judged wrong")
    options = parser.parse_args()
    spec = importlib.util.spec_from_file_location("score", options.score)
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    names = signs()
    blind = set(open(options.blind).read().split()) if options.blind else set()
    reports, sides = load(score, options.looks, options.folders, names)
    reports = [r for r in reports if r[0] not in blind]
    fold = {r[0]: int(hashlib.sha256(r[0].encode()).hexdigest(), 16) % 5 for r in reports}
    naming = names.index("told_share")
    judged = []
    for f in range(5):
        w = fit([r for r in reports if fold[r[0]] != f], len(sides), naming)
        judged += [(r, choice(w, r[2])) for r in reports if fold[r[0]] == f]
    w = fit(reports, len(sides), naming)
    for lang in ("en", "uk", "ru", ""):
        those = [(r, c) for r, c in judged if lang in ("", r[1])]
        right = np.mean([c == r[3] for r, c in those])
        weighed = sum(r[4] ** 2 * (c == r[3]) for r, c in those) / sum(r[4] ** 2 for r, c in those)
        known = np.mean([choice(w, r[2]) == r[3] for r, _ in those])
        print(f"# cross-validated, {lang or 'all'}: {right:.3f} of {len(those)} reports (by claims {weighed:.3f}); on what it learned from: {known:.3f}")
    for k, side in enumerate(sides):
        hit = sum(c == k == r[3] for r, c in judged)
        print(f"#   {side}: {hit} found of {sum(r[3] == k for r, _ in judged)}, {sum(c == k for _, c in judged)} given")
    if options.errors:
        for r, c in sorted(judged, key=lambda j: j[0][0]):
            if c != r[3]:
                print(f"# {r[0]}: {sides[r[3]]}, judged {sides[c]}")
    for k in range(len(sides) + 1):
        words = ", ".join(f'"{n}={w[k, i]:.2f}"' for i, n in enumerate(names) if abs(w[k, i]) >= 0.03)
        print(f'[[weights]]\nid    = "{"side." + sides[k - 1] if k else "side"}"\nlang  = "en"\nwords = [{words}]\n')


if __name__ == "__main__":
    main()
