"""Learns the weights of the signs by which it is chosen whose words a sentence is (src/claim/origin_sign.h), and prints the codebook's row.

  slot_signs --origin FOLDER... > origins.jsonl
  python fit_origin.py SCORE.py origins.jsonl FOLDER... [--blind LIST]

The folders are documents that the careful reader has not learned from: it points too surely in others. FOLDER has NAME.txt and NAME.json, as the
guide wants them; SCORE.py is the guide's scorer, which knows what names are the same. A softmax over the voices that a sentence could have,
weighed so that documents with many claims do not outvote the rest, with a square penalty; five folds by document for the figures. Needs numpy.
"""

import numpy as np

from common import annotated, begin, choice_weights, fold_of, print_row, sentence_at, sign_names

PENALTY = 0.5
# Somebody, or nobody, whom the rules and the encoder agreed on must be beaten by so much. Without it documents of other kinds than these lose,
# above all where nobody is named.
KEPT = 1.5, 3.0


def load(documents, names, score):
    at = {name: i for i, name in enumerate(names)}
    out = []
    for id, annotation, text, sentences in documents:
        for sentence in sentences:
            quote = sentence_at(text, annotation, sentence)
            for gold in annotation["claims"]:
                if quote is None or gold["quote"] != quote:
                    continue
                x = np.zeros((len(sentence["looks"]), len(names)), np.float32)
                for row, look in enumerate(sentence["looks"]):
                    for name, value in look["signs"].items():
                        x[row, at[name]] = value
                y = np.array([score.same_origin(gold, {"sources": [look["origin"]] if look["origin"] else []}) for look in sentence["looks"]],
                             np.float32)
                out.append((id, annotation["lang"], x, y))
    return out


def fit(claims, penalty=PENALTY, steps=400):
    return choice_weights(claims, penalty, steps)


def main():
    names = sign_names("origin_sign.h")
    options, score = begin(__doc__)
    claims = load(annotated(options, score), names, score)
    before = [names.index("settled"), names.index("none_settled")]
    judged = []
    for f in range(5):
        w = fit([c for c in claims if fold_of(c[0]) != f])
        w[before] += KEPT
        judged += [(c[1], c[3][int(np.argmax(c[2] @ w))], c) for c in claims if fold_of(c[0]) == f]
    w = fit(claims)
    w[before] += KEPT
    for lang in ("en", "uk", "ru", ""):
        some = [(hit, c) for of, hit, c in judged if lang in ("", of)]
        was = [c[3][int(np.argmax(c[2][:, before].sum(1)))] for _, c in some]
        won = sum(hit > old for (hit, _), old in zip(some, was))
        lost = sum(hit < old for (hit, _), old in zip(some, was))
        print(f"# cross-validated, {lang or 'all'}: {np.mean([hit for hit, _ in some]):.3f}; rules and encoder {np.mean(was):.3f}"
              f" ({won} won, {lost} lost); at best {np.mean([c[3].max() for _, c in some]):.3f}, of {len(some)}")
    print_row("origin", [f"{n}={w[i]:.2f}" for i, n in enumerate(names) if abs(w[i]) >= 0.05])


if __name__ == "__main__":
    main()
