"""The mean of weights of one training run, at several of its epochs: it knows the learned text less by heart than the last of them.

  python mean.py TABLE.jsonl keep.json MEASURES.toml LOWER A.pt B.pt ... --held LIST -o OUT.pt

OUT.pt is what train.py writes, OUT.pt.logits.npz what the mean says of the documents of LIST, for fuse.py.
"""
import argparse
import json
import pickle

import numpy as np
import torch

from base import Base, Tokenizer
from data import load, measures_of
from train import Model, predict


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    for name in ("table", "keep", "measures", "lower"):
        parser.add_argument(name)
    parser.add_argument("weights", nargs="+")
    parser.add_argument("--held", required=True)
    parser.add_argument("-o", "--output", required=True)
    options = parser.parse_args()
    saved = [torch.load(path, weights_only=False) for path in options.weights]
    mean = {name: sum(s["state"][name].float() for s in saved) / len(saved) for name in saved[0]["state"]}
    torch.save({**saved[-1], "state": mean}, options.output)
    torch.set_num_threads(2)
    base = Base()
    measures = measures_of(options.measures)
    docs = load(options.table, Tokenizer(base, json.load(open(options.keep))), measures)
    windows = pickle.load(open(options.lower + "/windows.pkl", "rb"))
    lower = np.memmap(options.lower + "/lower.bin", np.int16, "r").reshape(-1, base.hidden)
    held = set(open(options.held).read().split())
    model = Model(base.weights(), base, saved[0]["options"]["frozen"], len(measures))
    model.load(mean)
    np.savez_compressed(options.output + ".logits.npz",
                        **predict(model, [w for w in windows if docs[w[0]].id in held and w[1] == 0], docs, lower))


if __name__ == "__main__":
    main()
