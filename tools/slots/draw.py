"""Draws a row of weights towards the habits of the guide's own annotators, and prints it.

  slot_signs [--origin | --stance | --targets] FOLDER... > lines.jsonl
  python draw.py SCORE.py lines.jsonl FOLDER... --row setting|origin|stance|targets --from WEIGHTS.toml [--blind LIST] [--put]

The rows are learned from thousands of claims of our own documents. Who annotated the given ones does some things otherwise (names residents
where ours name nobody), and it is his reading that the guide stands for. FOLDER holds given documents; every weight starts from the row and
leaves it against a square penalty, but for those of what the encoder thinks and points at, which stay: it has learned from these documents
and is too sure of them. Five folds by document say what the change is worth. --put writes the row into WEIGHTS.toml. Needs numpy.
"""
import numpy as np

import fit
import fit_origin
import fit_stance
import fit_target
from common import annotated, begin, choice_weights, descend, falling, fold_of, put_row, row_of, sign_names

# The penalty on leaving the row that gave the most by five folds on 58 documents, and the signs that stay.
CHOICES = {
    "setting": (fit, "setting_sign.h", 20.0, ["reader_kind"]),
    "origin": (fit_origin, "origin_sign.h", 8.0, ["settled", "none_settled", "pointed_here", "pointed_before", "none_pointed", "unpointed"]),
}
STANCE = 3.0
TARGETS = 1.0
STAYS = 1e6


class Judged:
    """How many were right before and are right now."""

    def __init__(self):
        self.before, self.now = [], []

    def add(self, before, now):
        self.before.append(bool(before))
        self.now.append(bool(now))

    def __str__(self):
        pairs = list(zip(self.before, self.now))
        return (f"# {len(pairs)}: right {np.mean(self.before):.3f}, cross-validated {np.mean(self.now):.3f};"
                f" {pairs.count((False, True))} won, {pairs.count((True, False))} lost")


def draw_choice(row, documents, score, known):
    of, header, penalty, stay = CHOICES[row]
    names = sign_names(header)
    claims = of.load(documents, names) if row == "setting" else of.load(documents, names, score)
    start = np.array([known.get(name, 0.0) for name in names])
    penalties = np.array([STAYS if name in stay else penalty for name in names])
    judged = Judged()
    for f in range(5):
        w = choice_weights([c for c in claims if fold_of(c[0]) != f], penalties, 400, start)
        for c in claims:
            if fold_of(c[0]) == f:
                judged.add(*(c[3][int(np.argmax(c[2] @ by))] for by in (start, w)))
    w = choice_weights(claims, penalties, 400, start)
    return judged, dict(zip(names, w))


def draw_stance(documents, known):
    claims = fit_stance.load(documents)
    names = sorted({name for c in claims for name in c[2]})
    x = np.array([[c[2].get(name, 0.0) for name in names] + [1.0] for c in claims])
    y = np.array([c[3] for c in claims])
    keys = [[f"{s}:{name}" if name else s for s in fit_stance.STANCES] for name in names + [""]]
    start = np.array([[known.get(key, 0.0) for key in of] for of in keys])
    penalties = np.array([[STAYS if name.startswith("reader.") else STANCE] for name in names + [""]])

    def fitted(chosen):
        want = np.eye(len(fit_stance.STANCES))[y[chosen]]

        def gradient(w):
            s = x[chosen] @ w
            p = np.exp(s - s.max(1, keepdims=True))
            return x[chosen].T @ (p / p.sum(1, keepdims=True) - want) + penalties * (w - start)

        return descend(start.copy(), gradient, falling(400))

    judged = Judged()
    fold = np.array([fold_of(c[0]) for c in claims])
    for f in range(5):
        w = fitted(fold != f)
        for i in np.flatnonzero(fold == f):
            judged.add(*((x[i] @ by).argmax() == y[i] for by in (start, w)))
    return judged, {key: value for of, values in zip(keys, fitted(fold >= 0)) for key, value in zip(of, values)}


def draw_targets(documents, known):
    claims = fit_target.load(documents)
    groups = list(claims[0][1])
    signs = [""] + sorted({sign for c in claims for of in c[1].values() for sign in of})
    penalties = np.array([STAYS if sign == "reader" else TARGETS for sign in signs])
    fold = np.array([fold_of(c[0]) for c in claims])
    before, now, drawn = np.ones(len(claims), bool), np.ones(len(claims), bool), {}
    for group in groups:
        keys = [f"{group}.{sign}".rstrip(".") for sign in signs]
        start = np.array([known.get(key, 0.0) for key in keys])
        x = np.array([[1.0] + [c[1][group].get(sign, 0.0) for sign in signs[1:]] for c in claims])
        y = np.array([group in c[2] for c in claims], float)
        before &= (x @ start > 0) == y
        for f in range(5):
            now[fold == f] &= (x[fold == f] @ fit_target.fit(x[fold != f], y[fold != f], penalties, start) > 0) == y[fold == f]
        drawn.update(zip(keys, fit_target.fit(x, y, penalties, start)))
    judged = Judged()
    for pair in zip(before, now):
        judged.add(*pair)
    return judged, drawn


def main():
    options, score = begin(__doc__, ("--put", "write the row into the codebook's weights"),
                           values=[("--row", "which row"), ("--from", "the codebook's weights")])
    path = getattr(options, "from")
    known = row_of(path, options.row)
    documents = list(annotated(options, score))
    if options.row in CHOICES:
        judged, drawn = draw_choice(options.row, documents, score, known)
    elif options.row == "stance":
        judged, drawn = draw_stance(documents, known)
    else:
        judged, drawn = draw_targets(documents, known)
    print(judged)
    small = 0.005 if options.row == "stance" else 0.02
    drawn = {**known, **drawn}  # a sign that these documents do not have keeps its weight
    words = [f"{key}={value:.3f}".rstrip("0").rstrip(".") if "reader" in key else f"{key}={value:.2f}" for key, value in drawn.items()
             if abs(value) >= small or (options.row == "targets" and key.partition(".")[2] in fit_target.FIRM)]
    if options.put:
        put_row(path, options.row, words)
    else:
        print("\n".join(words))


if __name__ == "__main__":
    main()
