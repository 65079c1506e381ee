"""The encoder in PyTorch, as src/reader/encoder.cc computes it: BERT with learned positions, exact GELU, layer norm after each sum."""
import torch
import torch.nn as nn
import torch.nn.functional as F


class Layer(nn.Module):
    def __init__(self, w, l, heads, epsilon):
        super().__init__()
        self.heads = heads
        linear = {}
        for name in ("q", "k", "v", "ao", "fi", "fo"):
            weight = torch.as_tensor(w[f"l{l}.{name}.w"])
            m = nn.Linear(weight.shape[1], weight.shape[0])
            m.weight.data.copy_(weight)
            m.bias.data.copy_(torch.as_tensor(w[f"l{l}.{name}.b"]))
            linear[name] = m
        self.linear = nn.ModuleDict(linear)
        norms = {}
        for name in ("aln", "oln"):
            m = nn.LayerNorm(linear["q"].out_features, eps=epsilon)
            m.weight.data.copy_(torch.as_tensor(w[f"l{l}.{name}.w"]))
            m.bias.data.copy_(torch.as_tensor(w[f"l{l}.{name}.b"]))
            norms[name] = m
        self.norm = nn.ModuleDict(norms)

    def forward(self, x, mask, drop):
        b, t, h = x.shape
        split = lambda y: y.view(b, t, self.heads, h // self.heads).transpose(1, 2)
        q, k, v = (split(self.linear[n](x)) for n in "qkv")
        a = F.scaled_dot_product_attention(q, k, v, attn_mask=mask).transpose(1, 2).reshape(b, t, h)
        x = self.norm["aln"](x + F.dropout(self.linear["ao"](a), drop, self.training))
        y = self.linear["fo"](F.gelu(self.linear["fi"](x)))
        return self.norm["oln"](x + F.dropout(y, drop, self.training))


class Encoder(nn.Module):
    def __init__(self, w, heads=12, epsilon=1e-12, drop=0.1, frozen=0):
        super().__init__()
        self.drop, self.frozen = drop, frozen
        self.word = nn.Embedding.from_pretrained(torch.as_tensor(w["word"]), freeze=True)
        self.register_buffer("position", torch.as_tensor(w["position"]) + torch.as_tensor(w["type"]))
        self.norm = nn.LayerNorm(self.word.embedding_dim, eps=epsilon)
        self.norm.weight.data.copy_(torch.as_tensor(w["ln.w"]))
        self.norm.bias.data.copy_(torch.as_tensor(w["ln.b"]))
        layers = sum(1 for n in w if n.endswith(".q.w"))
        self.layers = nn.ModuleList(Layer(w, l, heads, epsilon) for l in range(layers))
        for p in self.norm.parameters():
            p.requires_grad = frozen == 0
        for layer in self.layers[:frozen]:
            for p in layer.parameters():
                p.requires_grad = False

    def forward(self, ids, present):
        mask = present[:, None, None, :]
        x = self.norm(self.word(ids) + self.position[:ids.shape[1]])
        for l, layer in enumerate(self.layers):
            if l < self.frozen:
                with torch.no_grad():
                    x = layer(x, mask, 0.0)
            else:
                x = layer(x, mask, self.drop)
        return x


class Reader(nn.Module):
    """Logits a sentence: measures, any, stances, credences; from the mean over the sentence's tokens beside its marker's vector."""

    def __init__(self, encoder, outputs):
        super().__init__()
        self.encoder = encoder
        h = encoder.word.embedding_dim
        self.inner = nn.Linear(2 * h, h)
        self.outer = nn.Linear(h, outputs)

    def forward(self, ids, present, pool, first):
        """pool [sentences, batch * tokens] rows sum to one; first: flat index of each sentence's marker."""
        x = self.encoder(ids, present)
        flat = x.reshape(-1, x.shape[-1]).float()
        s = torch.cat([pool @ flat, flat[first]], 1)
        s = F.dropout(s, self.encoder.drop, self.training)
        return self.outer(F.dropout(F.gelu(self.inner(s)), self.encoder.drop, self.training))
