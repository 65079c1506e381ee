"""The upper layers as training wants them on a processor: weights kept in float32 and copied to bfloat16 once a step, queries, keys and
values one product, attention written out (PyTorch's own takes three times as long in bfloat16), dropout from masks drawn beforehand
(drawing them takes longer than a product of matrices)."""
import math

import numpy as np
import torch
import torch.nn.functional as F

NAMES = ("qkv.weight", "qkv.bias", "ao.weight", "ao.bias", "aln.weight", "aln.bias", "fi.weight", "fi.bias", "fo.weight", "fo.bias",
         "oln.weight", "oln.bias")


class Masks:
    """Slices of one long run of drawn masks, at places that are drawn anew."""

    def __init__(self, drop, seed, size=1 << 23):
        generator = torch.Generator().manual_seed(seed)
        self.run = (torch.rand(size, generator=generator) >= drop).bfloat16() / (1 - drop)
        self.rng = np.random.default_rng(seed)

    def __call__(self, x):
        at = int(self.rng.integers(0, self.run.numel() - x.numel() + 1))
        return x * self.run[at:at + x.numel()].view(x.shape).to(x.dtype)


def masked(lengths, most):
    """Added to attention's scores: nothing where a token is, much where none is; None where all windows are full."""
    if min(lengths) == most:
        return None
    lengths = torch.tensor(lengths)
    return torch.where(torch.arange(most)[None, :] < lengths[:, None], 0.0, -30000.0).bfloat16()[:, None, None, :]


def layer_forward(x, w, mask, heads, epsilon, drop):
    b, t, h = x.shape
    qkv_w, qkv_b, ao_w, ao_b, aln_w, aln_b, fi_w, fi_b, fo_w, fo_b, oln_w, oln_b = w
    q, k, v = F.linear(x, qkv_w, qkv_b).view(b, t, 3, heads, h // heads).permute(2, 0, 3, 1, 4).unbind(0)
    s = q @ k.transpose(-1, -2)
    if mask is not None:
        s = s + mask
    a = (s.softmax(-1) @ v).transpose(1, 2).reshape(b, t, h)
    y = F.linear(a, ao_w, ao_b)
    x = F.layer_norm(x + (drop(y) if drop else y), (h,), aln_w, aln_b, epsilon)
    y = F.linear(F.gelu(F.linear(x, fi_w, fi_b)), fo_w, fo_b)
    return F.layer_norm(x + (drop(y) if drop else y), (h,), oln_w, oln_b, epsilon)


class Upper:
    """Layers [first, last): float32 tensors `params`, of which half() makes the copies that are computed with."""

    def __init__(self, w, first, last, heads, epsilon):
        self.heads, self.epsilon, self.first = heads, epsilon, first
        t = lambda name: torch.as_tensor(w[name]).float().clone()
        self.root = 1 / math.sqrt(w[f"l{first}.q.w"].shape[0] // heads)
        self.params = []
        for l in range(first, last):
            at = f"l{l}."
            self.params.append([
                torch.cat([t(at + "q.w") * self.root, t(at + "k.w"), t(at + "v.w")]),
                torch.cat([t(at + "q.b") * self.root, t(at + "k.b"), t(at + "v.b")]), t(at + "ao.w"), t(at + "ao.b"), t(at + "aln.w"),
                t(at + "aln.b"), t(at + "fi.w"), t(at + "fi.b"), t(at + "fo.w"), t(at + "fo.b"), t(at + "oln.w"), t(at + "oln.b")])

    def half(self):
        return [[p.detach().bfloat16() for p in layer] for layer in self.params]

    def state(self):
        """As model.Reader names them."""
        out = {}
        h = self.params[0][2].shape[0]
        for l, layer in enumerate(self.params, self.first):
            at = f"encoder.layers.{l}."
            p = dict(zip(NAMES, (x.detach() for x in layer)))
            for kind in ("weight", "bias"):
                q, k, v = p["qkv." + kind].split(h)
                out[f"{at}linear.q.{kind}"], out[f"{at}linear.k.{kind}"], out[f"{at}linear.v.{kind}"] = q / self.root, k.clone(), v.clone()
                for name in ("ao", "fi", "fo"):
                    out[f"{at}linear.{name}.{kind}"] = p[f"{name}.{kind}"].clone()
                for name in ("aln", "oln"):
                    out[f"{at}norm.{name}.{kind}"] = p[f"{name}.{kind}"].clone()
        return out

    def load(self, state):
        """Layers that were not tuned yet when `state` was saved stay those of the base."""
        for l, layer in enumerate(self.params, self.first):
            at = f"encoder.layers.{l}."
            if at + "linear.q.weight" not in state:
                continue
            for i, name in enumerate(NAMES):
                part, kind = name.split(".")
                if part == "qkv":
                    q, k, v = (state[f"{at}linear.{n}.{kind}"].float() for n in "qkv")
                    layer[i].copy_(torch.cat([q * self.root, k, v]))
                else:
                    layer[i].copy_(state[f"{at}{'norm' if part.endswith('ln') else 'linear'}.{part}.{kind}"].float())
