"""Learns the weights of the signs by which it is settled whose document a report is (src/claim/voice_sign.h), and prints the rows.

  slot_signs --side FOLDER... > looks.jsonl
  python fit_side.py SCORE.py looks.jsonl FOLDER... [--blind LIST]

FOLDER has NAME.txt and NAME.json, as the guide wants them. The side of a document is that of most of its claims without sources; documents
without such claims are left out. A softmax over the sides; a sign has a weight for all sides and one more for each, with a square penalty,
so that what holds for all is learned from all, and what names a side never speaks against it; five folds by document for the figures. Needs
numpy.
"""
import collections
import math

import numpy as np

from common import annotated, begin, descend, falling, fold_of, print_row, sign_names


def load(documents, names):
    at = {name: i for i, name in enumerate(names)}
    out, sides = [], None
    for id, annotation, _, reports in documents:
        own = collections.Counter(c["side"] for c in annotation["claims"] if not c["sources"])
        if not own or not reports:
            continue
        looks = reports[-1]["looks"]
        sides = [look["side"] for look in looks]
        side, count = own.most_common(1)[0]
        if side not in sides:
            continue
        x = np.zeros((len(sides), len(names)), np.float32)
        for row, look in enumerate(looks):
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
    penalty = np.full((kinds + 1, 1), single)
    penalty[0] = shared

    def gradient(w):
        s = np.einsum("rks,ks->rk", x, w[0] + w[1:])
        e = np.exp(s - s.max(1, keepdims=True))
        d = (e / e.sum(1, keepdims=True) - y) * worth
        one = np.einsum("rk,rks->ks", d, x)
        return np.concatenate([one.sum(0, keepdims=True), one]) + penalty * w

    def keep(w):
        w[0, :naming] = np.maximum(w[0, :naming], 0)
        w[1:, :naming] = np.maximum(w[1:, :naming], -w[0, :naming])

    return descend(np.zeros((kinds + 1, x.shape[2])), gradient, falling(steps), keep) / scale


def choice(w, x):
    return int(np.argmax((x * (w[0] + w[1:])).sum(1)))


def main():
    names = sign_names("voice_sign.h")
    options, score = begin(__doc__, ("--errors", "list the reports that were judged wrong"))
    reports, sides = load(annotated(options, score), names)
    naming = names.index("told_share")
    judged = []
    for f in range(5):
        w = fit([r for r in reports if fold_of(r[0]) != f], len(sides), naming)
        judged += [(r, choice(w, r[2])) for r in reports if fold_of(r[0]) == f]
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
        print_row("side." + sides[k - 1] if k else "side", [f"{n}={w[k, i]:.2f}" for i, n in enumerate(names) if abs(w[k, i]) >= 0.03])
        print()


if __name__ == "__main__":
    main()
