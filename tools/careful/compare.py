"""The program's encoder beside PyTorch's on the same windows: how far apart, how much faster (processor seconds, one thread each).

  c++ -std=c++20 -O2 -I../../src logits.cc ../../build/release/liblitopys_{reader,base}.a ... -ldnnl -lgomp -o logits   # see README.md
  python compare.py TABLE.jsonl MEASURES.toml OUT.pt FUSION.json careful.model ./logits [--documents 20]
"""
import argparse
import json
import subprocess
import time

import numpy as np
import torch

from base import Base, Tokenizer
from data import WINDOW_TOKENS, load, measures_of, tokens, windows
from export import merged, pruned
from model import Encoder, Reader


def tensors(batch, pad):
    length = max(len(w[0]) for w in batch)
    ids = torch.full((len(batch), length), pad)
    present = torch.zeros(len(batch), length, dtype=torch.bool)
    rows, columns, values, first = [], [], [], []
    n = 0
    for b, (one, spans, _) in enumerate(batch):
        ids[b, :len(one)] = torch.tensor(one)
        present[b, :len(one)] = True
        for mark, begin, end in spans:
            begin = begin if end > begin else mark
            first.append(b * length + mark)
            for t in range(begin, end):
                rows.append(n)
                columns.append(b * length + t)
                values.append(1.0 / (end - begin))
            n += 1
    pool = torch.zeros(n, len(batch) * length)
    pool[rows, columns] = torch.tensor(values)
    return ids, present, pool, torch.tensor(first)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("table")
    parser.add_argument("measures")
    parser.add_argument("model")
    parser.add_argument("fusion")
    parser.add_argument("file")
    parser.add_argument("program")
    parser.add_argument("--documents", type=int, default=20)
    options = parser.parse_args()
    torch.set_num_threads(1)
    base = Base()
    saved = torch.load(options.model, weights_only=False)
    keep = saved["keep"]
    tokenizer = Tokenizer(base, keep)
    docs = [d for d in load(options.table, tokenizer, measures_of(options.measures)) if d.kind == "annotated"]
    docs = docs[::max(1, len(docs) // options.documents)][:options.documents]
    w = base.weights()
    w["word"] = w["word"][keep]
    state = merged(saved, json.load(open(options.fusion))["mix"], base)
    model = Reader(Encoder(w, base.heads, base.epsilon), len(state["outer.bias"]))
    # The embedding is in `w` already, pruned.
    model.load_state_dict({k: torch.as_tensor(v) for k, v in state.items() if not k.startswith(("encoder.word", "encoder.position"))}, strict=False)
    model.eval()
    # Rows of the file: pieces in byte order, then the special ones.
    special = [base.bos, base.eos, base.pad, base.unk]
    # (export.py --table leaves some out, none that the table uses.)
    order = sorted((i for i in pruned(keep, base, options.table, 41000) if i not in special), key=lambda i: base.pieces[i][0]) + special
    position = {old: n for n, old in enumerate(order)}
    row_of = [position.get(old, 0) for old in keep]
    lines, theirs, spent = [], [], 0.0
    for d in docs:
        for indices, _ in windows(d, 0, WINDOW_TOKENS, 1):
            ids, spans = tokens(d, indices, tokenizer)
            lines.append(" ".join(str(row_of[i]) for i in ids) + " | " + " ".join(f"{a} {b} {c}" for a, b, c in spans))
            batch = tensors([(ids, spans, None)], tokenizer.pad)
            with torch.no_grad():
                begun = time.process_time()
                theirs.append(model(*batch).numpy())
                spent += time.process_time() - begun
    theirs = np.concatenate(theirs)
    done = subprocess.run([options.program, options.file], input="\n".join(lines) + "\n", capture_output=True, text=True, check=True)
    ours = np.array([[float(x) for x in line.split()] for line in done.stdout.splitlines()])
    far = np.abs(ours - theirs)
    print(f"{len(lines)} windows, {len(ours)} sentences; logits apart: mean {far.mean():.4f}, 99 of 100 below {np.quantile(far, .99):.3f}, "
          f"most {far.max():.3f}; spread of the logits {theirs.std():.2f}")
    seconds = float(done.stderr.split()[0])
    count = int(done.stderr.split()[2])
    print(f"PyTorch {spent:.2f} s, program {seconds:.2f} s: {spent / seconds:.2f} times as fast; {seconds / count * 1e6:.0f} us a token; "
          f"{len(docs) / seconds:.1f} documents a second")


if __name__ == "__main__":
    main()
