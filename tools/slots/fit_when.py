"""Learns the weights of the signs by which a claim's time is chosen (src/claim/when_sign.h), and prints the codebook's row.

  slot_signs --when FOLDER... > whens.jsonl
  python fit_when.py SCORE.py whens.jsonl FOLDER... [--blind LIST] [--from WEIGHTS.toml]

The folders are documents that the careful reader has not learned from: it points too surely in others. FOLDER has NAME.txt and NAME.json, as the
guide wants them; SCORE.py is the guide's scorer, which knows what times are the same. A softmax over the times that a claim could have, weighed
so that documents with many claims do not outvote the rest, with a square penalty; with WEIGHTS.toml one on leaving its row, so that new signs
find their weight and the old ones hardly move. Five folds by document for the figures. Needs numpy.
"""

import numpy as np

from common import annotated, begin, choice_weights, fold_of, print_row, row_of, sentence_at, sign_names

PENALTY = 2.0
DRAWN = 20.0  # the penalty on leaving a row of before
KEPT = 1.0  # what is chosen by other means must be beaten by so much: without it documents of other kinds than these lose


def wanted_of(text, annotation, claim):
    """The annotation's claim that one of the program's is, or None: by sentence and measure, and where there are several by the figure."""
    quote = sentence_at(text, annotation, claim)
    found = [g for g in annotation["claims"] if g["measure"] == claim["measure"] and g["quote"] and quote == g["quote"]]
    if len(found) < 2 or not claim["figure"]:
        return found[0] if found else None
    words = text[slice(*claim["figure"])]
    by_figure = [g for g in found if g["figure"] and g["figure"].get("text") and (g["figure"]["text"] in words or words in g["figure"]["text"])]
    return by_figure[0] if by_figure else None


def load(documents, names, score):
    at = {name: i for i, name in enumerate(names)}
    out = []
    for id, annotation, text, claims in documents:
        for claim in claims:
            gold = wanted_of(text, annotation, claim)
            if gold is None:
                continue
            x = np.zeros((len(claim["looks"]), len(names)), np.float32)
            for row, look in enumerate(claim["looks"]):
                for name, value in look["signs"].items():
                    x[row, at[name]] = value
            y = np.array([score.same_when(gold["when"], look["when"] or None) for look in claim["looks"]], np.float32)
            out.append((id, annotation["lang"], x, y))
    return out


def earlier(path, names, before):
    """The weights of the row of before, without what is KEPT; None where there is none."""
    if not path:
        return None
    known = row_of(path, "when")
    start = np.array([known.get(name, 0.0) for name in names])
    start[before] -= KEPT
    return start


def fit(claims, start=None, steps=400):
    return choice_weights(claims, PENALTY if start is None else DRAWN, steps, start)


def main():
    names = sign_names("when_sign.h")
    options, score = begin(__doc__, values=[("--from", "the codebook's weights, whose row the new one is drawn to")])
    claims = load(annotated(options, score), names, score)
    before = [names.index("pointed"), names.index("none_pointed")]
    start = earlier(getattr(options, "from"), names, before)
    judged = []
    for f in range(5):
        w = fit([c for c in claims if fold_of(c[0]) != f], start)
        w[before] += KEPT
        judged += [(c[1], c[3][int(np.argmax(c[2] @ w))], c) for c in claims if fold_of(c[0]) == f]
    w = fit(claims, start)
    w[before] += KEPT
    for lang in ("en", "uk", "ru", ""):
        some = [(hit, c) for of, hit, c in judged if lang in ("", of)]
        ruled = np.mean([c[3][int(np.argmax(c[2][:, before].sum(1)))] for _, c in some])
        print(f"# cross-validated, {lang or 'all'}: {np.mean([hit for hit, _ in some]):.3f}; rules and encoder {ruled:.3f};"
              f" at best {np.mean([c[3].max() for _, c in some]):.3f}, of {len(some)}")
    print_row("when", [f"{n}={w[i]:.2f}" for i, n in enumerate(names) if abs(w[i]) >= 0.05])


if __name__ == "__main__":
    main()
