"""Learns how what the rules say of a claim's targets is weighed with what the encoder thinks (src/claim/target_weights.h), and prints the
codebook's row.

  slot_signs --targets FOLDER... > targets.jsonl
  python fit_target.py SCORE.py targets.jsonl FOLDER... [--blind LIST] [--from WEIGHTS.toml]

FOLDER has NAME.txt and NAME.json, as the guide wants them: documents that the encoder has not learned from, since its logits are surer of
the others. A logistic sum for each group, drawn towards the row that WEIGHTS.toml has, because few documents are left to learn from; five
folds by document for the figures. Needs numpy.
"""
import numpy as np

from common import annotated, begin, fold_of, row_of, sentence_at

FIRM = ("", "said", "reader")  # signs that every row has had: drawn to it more
DRAWN = 30.0, 8.0              # square penalty on leaving it, of these and of the rest


def load(documents):
    out = []
    for id, annotation, text, claims in documents:
        for claim in claims:
            quote = sentence_at(text, annotation, claim)
            targets = [g["targets"] for g in annotation["claims"] if g["measure"] == claim["measure"] and g["quote"] == quote]
            if targets:
                out.append((id, claim["signs"], targets[0]))
    return out


def fit(x, y, penalty, start, steps=15):
    w = start.copy()
    for _ in range(steps):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        w -= np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + np.diag(penalty), x.T @ (p - y) + penalty * (w - start))
    return w


def main():
    options, score = begin(__doc__, values=[("--from", "the codebook's weights, whose row the new one is drawn to")])
    claims = load(annotated(options, score))
    groups = list(claims[0][1])
    signs = [""] + sorted({sign for c in claims for of in c[1].values() for sign in of})
    at = {sign: i for i, sign in enumerate(signs)}
    path = getattr(options, "from")
    before = row_of(path, "targets") if path else {}
    penalty = np.array([DRAWN[sign not in FIRM] for sign in signs])
    y = np.array([[g in c[2] for g in groups] for c in claims], float)
    fold = np.array([fold_of(c[0]) for c in claims])
    judged, words = np.zeros_like(y), []
    said = np.array([["said" in c[1][g] for g in groups] for c in claims], float)
    for k, group in enumerate(groups):
        x = np.zeros((len(claims), len(signs)))
        x[:, 0] = 1
        for row, claim in enumerate(claims):
            for sign, value in claim[1][group].items():
                x[row, at[sign]] = value
        start = np.array([before.get(f"{group}.{sign}".rstrip("."), 0.0) for sign in signs])
        for f in range(5):
            judged[fold == f, k] = x[fold == f] @ fit(x[fold != f], y[fold != f, k], penalty, start) > 0
        w = fit(x, y[:, k], penalty, start)
        words += [f'"{group}.{sign}={w[i]:.2f}"'.replace(".=", "=") for i, sign in enumerate(signs) if sign in FIRM or abs(w[i]) >= 0.05]
    print(f"# {len(claims)} claims: rules right {np.mean((said == y).all(1)):.3f}, cross-validated {np.mean((judged == y).all(1)):.3f}")
    print('[[weights]]\nid    = "targets"\nlang  = "en"\nwords = [')
    for k in range(0, len(words), 5):
        print("    " + ", ".join(words[k:k + 5]) + ("," if k + 5 < len(words) else ""))
    print("]")


if __name__ == "__main__":
    main()
