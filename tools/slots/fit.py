"""Learns the weights of the signs by which a claim's place is chosen (src/claim/setting_sign.h), and prints the codebook's row.

  slot_signs FOLDER... > looks.jsonl
  python fit.py SCORE.py looks.jsonl FOLDER... [--blind LIST]

FOLDER has NAME.txt and NAME.json, as the guide wants them; SCORE.py is the guide's scorer, whose matching of claims is used. A softmax over
the places that a claim could have, weighed so that documents with many claims do not outvote the rest, with a square penalty; five folds by
document for the figures. Needs numpy.
"""
import argparse
import collections
import hashlib
import importlib.util
import json
import pathlib
import re

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent


def signs():
    source = (HERE.parent.parent / "src/claim/setting_sign.h").read_text()
    return re.findall(r'"(\w+)"', source[source.index("struct Names<"):])


def load(score, looks, folders, names):
    at = {name: i for i, name in enumerate(names)}
    seen = collections.defaultdict(list)
    for line in open(looks, encoding="utf-8"):
        claim = json.loads(line)
        seen[claim["id"]].append(claim)
    out = []
    for folder in folders:
        for id, gold in score.load_gold(pathlib.Path(folder)).items():
            annotation, text = gold[0], gold[1]
            here = [dict(c, quote=sentence_at(text, annotation, c)) for c in seen.get(id, [])]
            for claim in here:
                wanted = [g for g in annotation["claims"] if g["measure"] == claim["measure"] and g["quote"] and claim["quote"] == g["quote"]]
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


def sentence_at(text, annotation, claim):
    """The quote of the annotation that begins where the claim does."""
    for gold in annotation["claims"]:
        if text.startswith(gold["quote"], claim["start"]):
            return gold["quote"]
    return None


def fit(claims, penalty=1.0, steps=500):
    per = collections.Counter(c[0] for c in claims)
    claims = [c for c in claims if c[3].sum() > 0]
    x = np.concatenate([c[2] for c in claims])
    y = np.concatenate([c[3] / c[3].sum() for c in claims])
    worth = np.array([1.5 * per[c[0]] ** -0.5 for c in claims])
    sizes = np.array([len(c[3]) for c in claims])
    owner = np.repeat(np.arange(len(claims)), sizes)
    starts = np.r_[0, np.cumsum(sizes)[:-1]]
    w, m, v = np.zeros(x.shape[1]), np.zeros(x.shape[1]), np.zeros(x.shape[1])
    for step in range(1, steps + 1):
        s = x @ w
        e = np.exp(s - np.maximum.reduceat(s, starts)[owner])
        p = e / np.add.reduceat(e, starts)[owner]
        g = x.T @ ((p - y) * worth[owner]) + penalty * w
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
        w -= 0.05 * (1 - step / steps + 0.02) * (m / (1 - 0.9 ** step)) / (np.sqrt(v / (1 - 0.999 ** step)) + 1e-8)
    return w


def right(claims, w, names):
    by = [names.index(n) for n in names if n.startswith("by_")]
    learned = np.mean([y[int(np.argmax(x @ w))] for _, _, x, y in claims])
    ruled = np.mean([y[int(np.argmax(x[:, by].sum(1)))] if x[:, by].any() else 0 for _, _, x, y in claims])
    return f"learned {learned:.3f}, rules {ruled:.3f}, at best {np.mean([y.max() for _, _, _, y in claims]):.3f}, of {len(claims)}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("score")
    parser.add_argument("looks")
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--blind", help="a list of ids that are left out")
    options = parser.parse_args()
    spec = importlib.util.spec_from_file_location("score", options.score)
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    names = signs()
    blind = set(open(options.blind).read().split()) if options.blind else set()
    claims = [c for c in load(score, options.looks, options.folders, names) if c[0] not in blind]
    fold = {c[0]: int(hashlib.sha256(c[0].encode()).hexdigest(), 16) % 5 for c in claims}
    judged = []
    for f in range(5):
        w = fit([c for c in claims if fold[c[0]] != f])
        judged += [(c[1], c[3][int(np.argmax(c[2] @ w))]) for c in claims if fold[c[0]] == f]
    w = fit(claims)
    for lang in ("en", "uk", "ru", ""):
        learned = np.mean([hit for of, hit in judged if lang in ("", of)])
        print(f"# cross-validated, {lang or 'all'}: {learned:.3f}; on what it learned from:",
              right([c for c in claims if lang in ("", c[1])], w, names))
    words = ", ".join(f'"{n}={w[i]:.2f}"' for i, n in enumerate(names) if abs(w[i]) >= 0.05)
    print(f'[[weights]]\nid    = "setting"\nlang  = "en"\nwords = [{words}]')


if __name__ == "__main__":
    main()
