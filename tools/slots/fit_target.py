"""Learns how what the rules say of a claim's targets is weighed with what the encoder thinks (src/claim/target_weights.h), and prints the
codebook's row.

  python fit_target.py SCORE.py READ.jsonl TABLE.jsonl LOGITS.npz FOLDER...

READ.jsonl is what `litopys read --jsonl` says of the documents of FOLDER (NAME.txt and NAME.json, as the guide wants them) with a codebook
that has no row `targets` yet; TABLE.jsonl and LOGITS.npz are those of tools/careful: only documents that the encoder had not learned from
have logits. A logistic sum for each group; five folds by document for the figures. Needs numpy.
"""
import argparse
import json
import pathlib
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "careful"))
import slots  # noqa: E402
from common import scorer  # noqa: E402

FAR = 6.0


def load(options, score):
    logits = np.load(options.logits)
    sentences = {}
    for line in open(options.table, encoding="utf-8"):
        document = json.loads(line)
        if document["id"] in logits.files:
            sentences[document["id"]] = [slots.folded(s["text"]) for s in document["sentences"] if not s["junk"]]
    read = {d["id"]: d for d in map(json.loads, open(options.read, encoding="utf-8"))}
    for folder in options.folders:
        for id, (annotation, text, *_) in score.load_gold(pathlib.Path(folder)).items():
            if id not in sentences or id not in read:
                continue
            rows = logits[id]
            at = rows.shape[1] - (rows.shape[1] - 11 - slots.OUTPUTS) // 2 - len(slots.TARGETS)  # "beside" comes last
            for g, p in score.match(text, annotation["claims"], read[id]["claims"]):
                claim = read[id]["claims"][p]
                quote = slots.folded(claim["quote"])
                k = next((k for k, s in enumerate(sentences[id]) if quote in s or (len(s) > 20 and s in quote)), None)
                if k is not None:
                    yield id, claim["targets"], annotation["claims"][g]["targets"], np.clip(rows[k][at:at + len(slots.TARGETS)], -FAR, FAR)


def fit(x, y, penalty=0.5):
    w = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ w))
        w -= np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + penalty * np.eye(len(w)), x.T @ (p - y) + penalty * w)
    return w


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    for name in ("score", "read", "table", "logits"):
        parser.add_argument(name)
    parser.add_argument("folders", nargs="+")
    options = parser.parse_args()
    score = scorer(options.score)
    ids, said, right, logits = zip(*load(options, score))
    groups = slots.TARGETS
    said, right = (np.array([[g in claim for g in groups] for claim in claims], float) for claims in (said, right))
    x = np.stack([np.ones_like(said), said, np.array(logits)], 2)
    fold = np.array([{id: n % 5 for n, id in enumerate(sorted(set(ids)))}[id] for id in ids])
    weighed = np.zeros_like(right)
    for f in range(5):
        for g in range(len(groups)):
            weighed[fold == f, g] = x[fold == f, g] @ fit(x[fold != f, g], right[fold != f, g]) > 0
    print(f"# {len(ids)} claims: rules right {np.mean((said == right).all(1)):.3f}, weighed {np.mean((weighed == right).all(1)):.3f}")
    words = []
    for g, name in enumerate(groups):
        bias, rule, reader = fit(x[:, g], right[:, g])
        words += [f'"{name}={bias:.2f}"', f'"{name}.said={rule:.2f}"', f'"{name}.reader={reader:.2f}"']
    print('[[weights]]\nid    = "targets"\nlang  = "en"\nwords = [')
    for k in range(0, len(words), 6):
        print("    " + ", ".join(words[k:k + 6]) + ("," if k + 6 < len(words) else ""))
    print("]")


if __name__ == "__main__":
    main()
