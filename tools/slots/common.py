"""What the fits share: the command line, the annotations, folds by document, and the descent."""
import argparse
import collections
import hashlib
import importlib.util
import json
import pathlib
import re

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent


def scorer(path):
    """The guide's scorer, loaded."""
    spec = importlib.util.spec_from_file_location("score", path)
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    return score


def begin(doc, *flags, values=()):
    """Reads the command line SCORE.py LINES FOLDER... [--blind LIST], `flags` and options with values (name, help): gives it, and the guide's
    scorer, loaded."""
    parser = argparse.ArgumentParser(description=doc.split("\n")[0])
    parser.add_argument("score")
    parser.add_argument("lines", help="what slot_signs printed")
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--blind", help="a list of ids that are left out")
    for name, text in flags:
        parser.add_argument(name, action="store_true", help=text)
    for name, text in values:
        parser.add_argument(name, help=text)
    options = parser.parse_args()
    return options, scorer(options.score)


def annotated(options, score):
    """(id, annotation, text, the lines of slot_signs on it) of each document that is not left out."""
    blind = set(open(options.blind).read().split()) if options.blind else set()
    seen = collections.defaultdict(list)
    for line in open(options.lines, encoding="utf-8"):
        one = json.loads(line)
        seen[one["id"]].append(one)
    for folder in options.folders:
        for id, gold in score.load_gold(pathlib.Path(folder)).items():
            if id not in blind:
                yield id, gold[0], gold[1], seen.get(id, [])


def sign_names(header):
    """The names that a header of src/claim gives its signs, in order."""
    source = (HERE.parent.parent / "src/claim" / header).read_text()
    return re.findall(r'"(\w+)"', source[source.index("struct Names<"):])


def sentence_at(text, annotation, claim):
    """The quote of the annotation that begins where the claim does."""
    for gold in annotation["claims"]:
        if text.startswith(gold["quote"], claim["start"]):
            return gold["quote"]
    return None


def fold_of(id):
    return int(hashlib.sha256(id.encode()).hexdigest(), 16) % 5


def falling(steps):
    """Rates of descent that fall in a straight line."""
    return [0.05 * (1 - step / steps + 0.02) for step in range(1, steps + 1)]


def descend(w, gradient, rates, keep=None):
    """Adam from `w` in place, a step a rate; `keep` puts the weights back where they may be after each."""
    m, v = np.zeros_like(w), np.zeros_like(w)
    for step, rate in enumerate(rates, 1):
        g = gradient(w)
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
        w -= rate * (m / (1 - 0.9 ** step)) / (np.sqrt(v / (1 - 0.999 ** step)) + 1e-8)
        if keep:
            keep(w)
    return w


def choice_weights(claims, penalty, steps, start=None):
    """Weights of a softmax over what each claim could have: (document, language, signs of each candidate, 1 for those that are right). Which of
    several right ones it is, is left to the weights; documents with many claims do not outvote the rest; a square penalty on leaving `start`,
    which is nothing where there is none."""
    per = collections.Counter(c[0] for c in claims)
    claims = [c for c in claims if c[3].sum() > 0]
    x = np.concatenate([c[2] for c in claims])
    y = np.concatenate([c[3] for c in claims])
    worth = np.array([1.5 * per[c[0]] ** -0.5 for c in claims])
    sizes = np.array([len(c[3]) for c in claims])
    owner = np.repeat(np.arange(len(claims)), sizes)
    starts = np.r_[0, np.cumsum(sizes)[:-1]]

    def gradient(w):
        s = x @ w
        e = np.exp(s - np.maximum.reduceat(s, starts)[owner])
        p = e / np.add.reduceat(e, starts)[owner]
        q = y * e / np.maximum(np.add.reduceat(y * e, starts), 1e-30)[owner]
        return x.T @ ((p - q) * worth[owner]) + penalty * (w - start)

    start = np.zeros(x.shape[1]) if start is None else start
    return descend(start.copy(), gradient, falling(steps))


def row_of(path, id):
    """The weights of the codebook's row `id`, by sign, in its order."""
    text = open(path, encoding="utf-8").read()
    row = text[text.index(f'id    = "{id}"'):]
    return {sign: float(weight) for sign, weight in re.findall(r'"([\w.:-]+)=(-?[\d.]+)"', row[:row.index("]\n")])}


def put_row(path, id, words):
    """Writes `words` as the codebook's row `id`, in lines as long as the file's."""
    lines = ["   "]
    for word in (f' "{word}",' for word in words):
        if len(lines[-1]) + len(word) > 140:
            lines.append("   ")
        lines[-1] += word
    text = open(path, encoding="utf-8").read()
    begin = text.index("words = [", text.index(f'id    = "{id}"'))
    end = text.index("]\n", begin)
    with open(path, "w", encoding="utf-8") as out:
        out.write(text[:begin] + "words = [\n" + "\n".join(lines)[:-1] + "\n" + text[end:])


def print_row(id, words):
    print(f'[[weights]]\nid    = "{id}"\nlang  = "en"\nwords = [' + ", ".join(f'"{word}"' for word in words) + "]")
