"""Learns the weights of the signs by which a claim's stance is chosen (src/claim/stance_weights.h), and prints the codebook's row.

  slot_signs --stance FOLDER... > stances.jsonl
  python fit_stance.py SCORE.py stances.jsonl FOLDER... [--blind LIST]

FOLDER has NAME.txt and NAME.json, as the guide wants them; SCORE.py is the guide's scorer, whose reading of annotations is used. A softmax
regression, weighed so that documents with many claims do not outvote the rest, with a square penalty; five folds by document for the
figures. Needs numpy.
"""
import argparse
import collections
import hashlib
import importlib.util
import json
import pathlib

import numpy as np

from fit import sentence_at

STANCES = ["asserted", "planned", "threatened", "possible", "denied"]
SCALE = 0.3  # of the encoder's logits, so that one penalty fits all signs


def load(score, lines, folders, blind):
    seen = collections.defaultdict(list)
    for line in open(lines, encoding="utf-8"):
        claim = json.loads(line)
        seen[claim["id"]].append(claim)
    out = []
    for folder in folders:
        for id, gold in score.load_gold(pathlib.Path(folder)).items():
            annotation, text = gold[0], gold[1]
            if id in blind:
                continue
            for claim in seen.get(id, []):
                quote = sentence_at(text, annotation, claim)
                stances = [g["stance"] for g in annotation["claims"] if g["measure"] == claim["measure"] and g["quote"] == quote]
                if stances:
                    out.append((id, annotation["lang"], claim["signs"], STANCES.index(stances[0])))
    return out


def fit(x, y, worth, penalty=3e-4, steps=400):
    w, b = np.zeros((x.shape[1], len(STANCES))), np.zeros(len(STANCES))
    m, v = [np.zeros_like(w), np.zeros_like(b)], [np.zeros_like(w), np.zeros_like(b)]
    want = np.eye(len(STANCES))[y]
    for step in range(1, steps + 1):
        s = x @ w + b
        p = np.exp(s - s.max(1, keepdims=True))
        p /= p.sum(1, keepdims=True)
        d = (p - want) * worth[:, None] / len(y)
        for k, (at, g) in enumerate(((w, x.T @ d + 2 * penalty * w), (b, d.sum(0)))):
            m[k], v[k] = 0.9 * m[k] + 0.1 * g, 0.999 * v[k] + 0.001 * g * g
            at -= 0.02 * 0.5 * (1 + np.cos(np.pi * step / steps)) * (m[k] / (1 - 0.9 ** step)) / (np.sqrt(v[k] / (1 - 0.999 ** step)) + 1e-8)
    return w, b


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("score")
    parser.add_argument("stances")
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--blind", help="a list of ids that are left out")
    options = parser.parse_args()
    spec = importlib.util.spec_from_file_location("score", options.score)
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    blind = set(open(options.blind).read().split()) if options.blind else set()
    claims = load(score, options.stances, options.folders, blind)
    names = sorted({name for c in claims for name in c[2]})
    at = {name: i for i, name in enumerate(names)}
    x = np.zeros((len(claims), len(names)))
    for row, claim in enumerate(claims):
        for name, value in claim[2].items():
            x[row, at[name]] = value * (SCALE if name.startswith("reader.") else 1)
    y = np.array([c[3] for c in claims])
    per = collections.Counter(c[0] for c in claims)
    worth = np.array([per[c[0]] ** -0.5 for c in claims])
    worth /= worth.mean()
    ruled = np.array([max(range(5), key=lambda s: c[2].get("said." + STANCES[s], 0)) for c in claims])
    fold = np.array([int(hashlib.sha256(c[0].encode()).hexdigest(), 16) % 5 for c in claims])
    judged = np.zeros(len(claims), int)
    for f in range(5):
        w, b = fit(x[fold != f], y[fold != f], worth[fold != f])
        judged[fold == f] = (x[fold == f] @ w + b).argmax(1)
    for lang in ("en", "uk", "ru", ""):
        of = np.array([lang in ("", c[1]) for c in claims])
        print(f"# cross-validated, {lang or 'all'}: {(judged == y)[of].mean():.3f}; the rules {(ruled == y)[of].mean():.3f}; of {of.sum()}")
    w, b = fit(x, y, worth)
    words = []
    for s, stance in enumerate(STANCES):
        words.append(f'"{stance}={b[s]:.2f}"')
        for i, name in enumerate(names):
            value = w[i, s] * (SCALE if name.startswith("reader.") else 1)
            if abs(value) >= (0.01 if name.startswith("reader.") else 0.04):
                words.append(f'"{stance}:{name}={value:.{3 if name.startswith("reader.") else 2}f}"')
    print('[[weights]]\nid    = "stance"\nlang  = "en"\nwords = [' + ", ".join(words) + "]")


if __name__ == "__main__":
    main()
