"""Learns the weights of the signs by which a claim's place is chosen (src/claim/setting_sign.h), and prints the codebook's row.

  slot_signs FOLDER... > looks.jsonl
  python fit.py SCORE.py looks.jsonl FOLDER... [--blind LIST]

FOLDER has NAME.txt and NAME.json, as the guide wants them; SCORE.py is the guide's scorer, whose matching of claims is used. A softmax over
the places that a claim could have, weighed so that documents with many claims do not outvote the rest, with a square penalty; five folds by
document for the figures. `reader_kind`, what the encoder thinks, is surer of documents that the encoder learned from than of others: it gets
the weight READER_KIND beside the rest, which is chosen on those it has not seen (--held names them). Needs numpy.
"""
import pathlib

import numpy as np

from common import annotated, begin, choice_weights, fold_of, print_row, sentence_at, sign_names


READER_KIND = 0.4


def load(documents, names):
    at = {name: i for i, name in enumerate(names)}
    out = []
    for id, annotation, text, claims in documents:
        for claim in claims:
            quote = sentence_at(text, annotation, claim)
            wanted = [g for g in annotation["claims"] if g["measure"] == claim["measure"] and g["quote"] and quote == g["quote"]]
            if not wanted:
                continue
            places = tuple(sorted(wanted[0]["places"]))
            codes = [tuple(sorted(look["codes"])) for look in claim["looks"]]
            x = np.zeros((len(codes), len(names)), np.float32)
            for row, look in enumerate(claim["looks"]):
                for name, value in look["signs"].items():
                    x[row, at[name]] = value
            out.append((id, annotation["lang"], x, np.array([c == places for c in codes], np.float32)))
    return out


def fit(claims, penalty=1.0, steps=500):
    return choice_weights(claims, penalty, steps)


def right(claims, w, names):
    by = [names.index(n) for n in names if n.startswith("by_")]
    learned = np.mean([y[int(np.argmax(x @ w))] for _, _, x, y in claims])
    ruled = np.mean([y[int(np.argmax(x[:, by].sum(1)))] if x[:, by].any() else 0 for _, _, x, y in claims])
    return f"learned {learned:.3f}, rules {ruled:.3f}, at best {np.mean([y.max() for _, _, _, y in claims]):.3f}, of {len(claims)}"


def apart(claims, column):
    """The claims without one sign, and that sign."""
    return [(id, lang, np.delete(x, column, 1), y) for id, lang, x, y in claims], [x[:, column] for _, _, x, _ in claims]


def main():
    names = sign_names("setting_sign.h")
    options, score = begin(__doc__, values=[("--held", "a list of ids that the encoder has not learned from: prints what READER_KIND is worth there")])
    claims = load(annotated(options, score), names)
    column = names.index("reader_kind")
    claims, kind = apart(claims, column)
    names.pop(column)
    if options.held:
        held = set(pathlib.Path(options.held).read_text().split())
        w = fit([c for c in claims if c[0] not in held])
        for share in np.arange(0, 1.01, 0.1):
            hits = [y[int(np.argmax(x @ w + share * k))] for (id, _, x, y), k in zip(claims, kind) if id in held]
            print(f"# reader_kind={share:.1f}: {np.mean(hits):.3f} of {len(hits)}")
    judged = []
    for f in range(5):
        w = fit([c for c in claims if fold_of(c[0]) != f])
        judged += [(c[1], c[3][int(np.argmax(c[2] @ w))]) for c in claims if fold_of(c[0]) == f]
    w = fit(claims)
    for lang in ("en", "uk", "ru", ""):
        learned = np.mean([hit for of, hit in judged if lang in ("", of)])
        print(f"# cross-validated, {lang or 'all'}: {learned:.3f}; on what it learned from:",
              right([c for c in claims if lang in ("", c[1])], w, names))
    print_row("setting", [f"{n}={w[i]:.2f}" for i, n in enumerate(names) if abs(w[i]) >= 0.05] + [f"reader_kind={READER_KIND}"])


if __name__ == "__main__":
    main()
