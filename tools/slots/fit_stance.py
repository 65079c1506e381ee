"""Learns the weights of the signs by which a claim's stance is chosen (src/claim/stance_weights.h), and prints the codebook's row.

  slot_signs --stance FOLDER... > stances.jsonl
  python fit_stance.py SCORE.py stances.jsonl FOLDER... [--blind LIST]

FOLDER has NAME.txt and NAME.json, as the guide wants them; SCORE.py is the guide's scorer, whose reading of annotations is used. A softmax
regression, weighed so that documents with many claims do not outvote the rest, with a square penalty; five folds by document for the
figures. Needs numpy.
"""
import collections

import numpy as np

from common import annotated, begin, descend, fold_of, print_row, sentence_at

STANCES = ["asserted", "planned", "threatened", "possible", "denied"]
SCALE = 0.3  # of the encoder's logits, so that one penalty fits all signs


def load(documents):
    out = []
    for id, annotation, text, claims in documents:
        for claim in claims:
            quote = sentence_at(text, annotation, claim)
            stances = [g["stance"] for g in annotation["claims"] if g["measure"] == claim["measure"] and g["quote"] == quote]
            if stances:
                out.append((id, annotation["lang"], claim["signs"], STANCES.index(stances[0])))
    return out


def fit(x, y, worth, penalty=3e-4, steps=400):
    """Weights by sign and stance; those of the last sign, which is always there, are free."""
    free = np.ones((x.shape[1], 1))
    free[-1] = 0
    want = np.eye(len(STANCES))[y]

    def gradient(w):
        s = x @ w
        p = np.exp(s - s.max(1, keepdims=True))
        p /= p.sum(1, keepdims=True)
        return x.T @ ((p - want) * worth[:, None] / len(y)) + 2 * penalty * free * w

    rates = [0.02 * 0.5 * (1 + np.cos(np.pi * step / steps)) for step in range(1, steps + 1)]
    return descend(np.zeros((x.shape[1], len(STANCES))), gradient, rates)


def main():
    claims = load(annotated(*begin(__doc__)))
    names = sorted({name for c in claims for name in c[2]})
    at = {name: i for i, name in enumerate(names)}
    scale = np.array([SCALE if name.startswith("reader.") else 1 for name in names] + [1])
    x = np.zeros((len(claims), len(names) + 1))
    for row, claim in enumerate(claims):
        for name, value in claim[2].items():
            x[row, at[name]] = value
    x[:, -1] = 1
    x *= scale
    y = np.array([c[3] for c in claims])
    per = collections.Counter(c[0] for c in claims)
    worth = np.array([per[c[0]] ** -0.5 for c in claims])
    worth /= worth.mean()
    ruled = np.array([max(range(5), key=lambda s: c[2].get("said." + STANCES[s], 0)) for c in claims])
    fold = np.array([fold_of(c[0]) for c in claims])
    judged = np.zeros(len(claims), int)
    for f in range(5):
        judged[fold == f] = (x[fold == f] @ fit(x[fold != f], y[fold != f], worth[fold != f])).argmax(1)
    for lang in ("en", "uk", "ru", ""):
        of = np.array([lang in ("", c[1]) for c in claims])
        print(f"# cross-validated, {lang or 'all'}: {(judged == y)[of].mean():.3f}; the rules {(ruled == y)[of].mean():.3f}; of {of.sum()}")
    w = fit(x, y, worth) * scale[:, None]
    words = []
    for s, stance in enumerate(STANCES):
        words.append(f"{stance}={w[-1, s]:.2f}")
        for i, name in enumerate(names):
            reader = name.startswith("reader.")
            if abs(w[i, s]) >= (0.01 if reader else 0.04):
                words.append(f"{stance}:{name}={w[i, s]:.{3 if reader else 2}f}")
    print_row("stance", words)


if __name__ == "__main__":
    main()
