"""Makes of the data file that the program maps the weights that train.py --start goes on from: export.py the other way round.

  python resume.py data/reader/careful.model -o START.pt --keep keep.json

Bytes become what they stand for. The two heads, which the file has as one matrix, both begin as it; the pointer's slots are taken by name, those that
the file lacks begin anew. keep.json: the file's pieces.
"""
import argparse
import json
import struct

import numpy as np
import torch

from base import Base
from data import CREDENCES, STANCES
import pointers
import slots

ALIGN = 64


class Arrays:
    """The file's arrays in their order, each on a multiple of ALIGN bytes."""

    def __init__(self, data, at):
        self.data, self.at = data, at

    def take(self, dtype, *shape):
        n = int(np.prod(shape)) * np.dtype(dtype).itemsize
        out = np.frombuffer(self.data, dtype, int(np.prod(shape)), self.at).reshape(shape)
        self.at += n + (-n) % ALIGN
        return out

    def floats(self, *shape):
        return torch.from_numpy(self.take("<f4", *shape).copy())

    def matrix(self, rows, columns):
        """What is left of it once bytes are multiplied, and its bias."""
        weights = self.take("<i1", rows, columns).astype(np.float32)
        scale = self.take("<f4", rows)
        return torch.from_numpy(weights * scale[:, None]), self.floats(rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("model")
    parser.add_argument("--keep", required=True)
    parser.add_argument("-o", "--output", required=True)
    options = parser.parse_args()
    data = open(options.model, "rb").read()
    (length,) = struct.unpack_from("<I", data, 8)
    head = dict(line.partition(" ")[::2] for line in data[16:16 + length].decode().strip().split("\n"))
    number = lambda name: int(head[name])
    h, inner, pieces, normal = number("hidden"), number("inner"), number("pieces"), number("normal")
    a = Arrays(data, 16 + length)
    piece_at = a.take("<u4", pieces + 1)
    a.take("<f4", pieces)
    text = a.take("u1", number("piece-bytes")).tobytes()
    a.take("<u4", normal)
    a.take("<u4", normal + 1)
    a.take("u1", number("normal-bytes"))
    a.take("<i1", pieces + 4, h)  # and the four marks
    a.floats(pieces + 4)
    a.floats(number("positions"), h)
    a.floats(h), a.floats(h)
    state, root = {}, 1 / np.sqrt(h // number("heads"))
    for l in range(number("layers")):
        at = f"encoder.layers.{l}."
        w, b = a.matrix(3 * h, h)
        for i, name in enumerate("qkv"):
            scale = 1 / root if name == "q" else 1
            state[f"{at}linear.{name}.weight"] = w[i * h:(i + 1) * h] * scale
            state[f"{at}linear.{name}.bias"] = b[i * h:(i + 1) * h] * scale
        state[at + "linear.ao.weight"], state[at + "linear.ao.bias"] = a.matrix(h, h)
        state[at + "norm.aln.weight"], state[at + "norm.aln.bias"] = a.floats(h), a.floats(h)
        state[at + "linear.fi.weight"], state[at + "linear.fi.bias"] = a.matrix(inner, h)
        state[at + "linear.fo.weight"], state[at + "linear.fo.bias"] = a.matrix(h, inner)
        state[at + "norm.oln.weight"], state[at + "norm.oln.bias"] = a.floats(h), a.floats(h)
    state["inner.weight"], state["inner.bias"] = a.floats(h, 2 * h), a.floats(h)
    m = len(head["measures"].split())
    outer, bias = a.floats(number("outputs"), h), a.floats(number("outputs"))
    words = head["slots"].split()
    had, begin = {}, m + 1 + len(STANCES) + len(CREDENCES)
    at = begin
    for name, n in zip(words[::2], map(int, words[1::2])):
        had[name] = (outer[at:at + n], bias[at:at + n])
        at += n
    anew = lambda n: (torch.empty(n, h).uniform_(-1 / np.sqrt(h), 1 / np.sqrt(h)), torch.zeros(n))
    rows = [(outer[:begin], bias[:begin]), *(had.get(name) or anew(n) for name, n in slots.LAYOUT), (outer[:m], bias[:m])]
    state["outer.weight"], state["outer.bias"] = (torch.cat(part) for part in zip(*rows))
    old = head.get("pointer", "").split()
    if old:
        n, fresh = len(old), pointers.Pointers(h).state()
        found = {"pointer.query": a.floats(n * pointers.SIZE, h), "pointer.key": a.floats(n * pointers.SIZE, h),
                 "pointer.absent": a.floats(n * pointers.ABSENT, h), "pointer.absent_bias": a.floats(n * pointers.ABSENT),
                 "pointer.distance": a.floats(n, pointers.BUCKETS)}
        for name, now in fresh.items():
            was, now = found[name].reshape(n, -1), now.reshape(len(pointers.SLOTS), -1)
            for i, slot in enumerate(pointers.SLOTS):
                if slot in old:
                    now[i] = was[old.index(slot)]
            state[name] = now.reshape(fresh[name].shape)
    assert a.at == len(data) - 8, (a.at, len(data))
    base = Base()
    of_piece = {piece: i for i, (piece, _) in enumerate(base.pieces)}
    keep = {of_piece[text[begin:end]] for begin, end in zip(piece_at, piece_at[1:])} | {base.bos, base.eos, base.pad, base.unk}
    json.dump(sorted(keep), open(options.keep, "w"))
    torch.save({"state": state, "measures": head["measures"].split(), "keep": sorted(keep)}, options.output)
    print(options.output, pieces, "pieces, pointer", old, "->", list(pointers.SLOTS))


if __name__ == "__main__":
    main()
