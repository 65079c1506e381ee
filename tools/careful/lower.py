"""Writes what the frozen lower layers make of every window, once, so that training passes through the upper ones only.

  python lower.py TABLE.jsonl keep.json MEASURES.toml -o FOLDER [--frozen 6]

FOLDER/windows.pkl: [(document's index in the table, variant, sentences, spans, first token, tokens)]; FOLDER/lower.bin: a row of bfloat16 a
token. Annotated documents are cut in two ways, which epochs take in turn.
"""
import argparse
import json
import pathlib
import pickle
import time

import numpy as np
import torch

from base import Base, Tokenizer
from data import WINDOW_TOKENS, load, measures_of, tokens, windows
from fast import Upper, layer_forward, masked


def cuts(doc):
    yield 0, windows(doc, 0, WINDOW_TOKENS, 1)
    if doc.kind == "annotated":
        yield 1, windows(doc, min(2, len(doc.sentences)), 176, 1)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("table")
    parser.add_argument("keep")
    parser.add_argument("measures")
    parser.add_argument("-o", "--output", required=True)
    parser.add_argument("--frozen", type=int, default=6)
    options = parser.parse_args()
    torch.set_num_threads(2)
    base = Base()
    keep = json.load(open(options.keep))
    tokenizer = Tokenizer(base, keep)
    docs = load(options.table, tokenizer, measures_of(options.measures))
    w = base.weights()
    word = torch.as_tensor(w["word"][keep])
    position = torch.as_tensor(w["position"]) + torch.as_tensor(w["type"])
    lower = Upper(w, 0, options.frozen, base.heads, base.epsilon)
    items, at = [], 0
    for n, d in enumerate(docs):
        for variant, cut in cuts(d):
            for indices, judged in cut:
                if any(d.sentences[i][1] for i in indices):
                    ids, spans = tokens(d, indices, tokenizer)
                    items.append([n, variant, indices, spans, at, len(ids), judged, ids])
                    at += len(ids)
    folder = pathlib.Path(options.output)
    folder.mkdir(parents=True, exist_ok=True)
    out = np.memmap(folder / "lower.bin", np.int16, "w+", shape=(at, base.hidden))
    order = sorted(range(len(items)), key=lambda i: items[i][5])
    begun, done = time.time(), 0
    with torch.no_grad():
        weights = lower.half()
        norm = torch.nn.functional.layer_norm
        k = 0
        while k < len(order):
            batch = []
            while k < len(order) and len(batch) * items[order[k]][5] < 4096:
                batch.append(items[order[k]])
                k += 1
            length = max(b[5] for b in batch)
            ids = torch.full((len(batch), length), tokenizer.pad)
            for r, b in enumerate(batch):
                ids[r, :b[5]] = torch.tensor(b[7])
            x = norm(word[ids] + position[:length], (base.hidden,), torch.as_tensor(w["ln.w"]), torch.as_tensor(w["ln.b"]), base.epsilon)
            x = x.bfloat16()
            mask = masked([b[5] for b in batch], length)
            for layer in weights:
                x = layer_forward(x, layer, mask, base.heads, base.epsilon, None)
            raw = x.view(torch.int16).numpy()
            for r, b in enumerate(batch):
                out[b[4]:b[4] + b[5]] = raw[r, :b[5]]
                done += b[5]
            if len(batch) and (k // 500) != ((k - len(batch)) // 500):
                print(f"{done}/{at} tokens {time.time() - begun:.0f}s", flush=True)
    out.flush()
    pickle.dump([tuple(i[:7]) for i in items], open(folder / "windows.pkl", "wb"))
    print(len(items), "windows", at, "tokens", f"{time.time() - begun:.0f}s")


if __name__ == "__main__":
    main()
