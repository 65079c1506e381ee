"""Which words a claim's slots rest on: for a sentence that makes a claim, the words (of any sentence of its window) that name its originator,
its time, its figure. A pointer (Vinyals et al. 2015): a query from the sentence, a key from every token, and three answers that are no word.

  origin  the words that name the first source     none: the document itself;    elsewhere: named outside the window
  when    a time that the mention stage found       none;  as of the report;      elsewhere
  figure  the number that the claim gives           none

Labels come from the annotations and from `litopys dump mention`. A sentence's words are what white space parts. Training maximises the
probability of all words that would be right together: which of them it is, is left to the network.
"""
import importlib.util
import json
import pathlib
import re

import numpy as np
import torch
import torch.nn.functional as F

from slots import folded

SLOTS = ("origin", "when", "figure")
SIZE, BUCKETS, ABSENT = 64, 8, 3  # numbers of a key; distances in sentences (-4 .. 2, title); answers that are no word
NONE, AS_OF, ELSEWHERE = range(ABSENT)
WORD = re.compile(r"\S+")


def bare(word):
    return re.sub(r"^\W+|\W+$", "", word).lower()


def stem(word):
    return word[:max(4, len(word) - 3)]


def variants(when):
    """What the claim stage may make of a time: itself, up to it, from it."""
    lo, _, hi = when.partition("/")
    hi = hi or lo
    return {when, "../" + hi, lo + "/..", hi, lo}


def shares_end(S, a, b):
    """Whether two times begin on the same day or end on it."""
    a, b = S.span(a), S.span(b)
    return any(x is not None and x == y for x, y in zip(a, b))


def overlaps(S, a, b):
    a, b = S.span(a), S.span(b)
    return all(x is None or y is None or x <= y for x, y in ((a[0], b[1]), (b[0], a[1])))


def calendar(when):
    """Month and day, or month, of a time without its year; nothing of a whole year."""
    return re.sub(r"^\d{4}-?", "", when.strip("./").split("/")[0])


def runs(words, source):
    """Indices of words that name `source`, and how well: 2 in full, 1 by the surname."""
    want = [bare(w) for w in WORD.findall(source)]
    want = [w for w in want if w]
    if not want:
        return set(), 0
    out = set()
    n = len(want)
    for i in range(len(words) - n + 1):
        if words[i:i + n] == want or all(stem(a) == stem(b) for a, b in zip(words[i:i + n], want)):
            out.update(range(i, i + n))
    if out:
        return out, 2
    if n > 1 and source.split()[-1][:1].isupper() and len(want[-1]) >= 4 and source.split()[0][:1].isupper():
        out = {i for i, w in enumerate(words) if stem(w) == stem(want[-1])}
    return out, 1 if out else 0


def of_documents(folders, dumps):
    """{document: (annotation, what the mention stage found)}, of documents that have both."""
    out = {}
    for folder in folders:
        for path in sorted(pathlib.Path(folder).glob("*.json")):
            dump = pathlib.Path(dumps) / path.name
            document = json.load(open(path, encoding="utf-8"))
            if "claims" not in document or not dump.exists():
                continue
            try:
                d = json.load(open(dump, encoding="utf-8"))
            except ValueError:
                continue
            out[path.stem] = (document, d)
    return out


def label(doc, known, S):
    """For each sentence of the table's document None or [(absent or -1, [sets of (sentence, word)])] by slot."""
    out = [None] * len(doc.texts)
    if doc.id not in known:
        return out
    document, dump = known[doc.id]
    sentences = []
    for s, m in zip(dump["sentences"], dump["mentions"]):
        text = dump["text"][s["span"][0]:s["span"][1]]
        sentences.append((folded(text), s["span"][0], text, m))
    # the table leaves junk out: in order
    at, k = [], 0
    for t in doc.texts:
        f = folded(t)
        j = next((j for j in range(k, len(sentences)) if sentences[j][0] == f), None)
        at.append(j)
        if j is not None:
            k = j + 1
    words, times = [], []
    for t, j in zip(doc.texts, at):
        spans = [(w.start(), w.end()) for w in WORD.finditer(t)]
        words.append([bare(w) for w in WORD.findall(t)])
        tm = []
        if j is not None:
            _, begin, text, m = sentences[j]
            spans = [(w.start(), w.end()) for w in WORD.finditer(text)]
            if len(spans) == len(words[-1]):
                def of(span):
                    a, b = span[0] - begin, span[1] - begin
                    return {i for i, (x, y) in enumerate(spans) if x < b and a < y}
                tm = [(of(x["span"]), x["when"]) for x in m.get("times", []) if x.get("when")]
        times.append(tm)
    groups = {}
    for c in document["claims"]:
        groups.setdefault(c["quote"], []).append(c)
    texts = [folded(s) for s in doc.texts]
    published = document.get("published")
    for quote, claims in groups.items():
        q = folded(quote)
        where = [i for i, t in enumerate(texts) if t and (t == q or q in t or (len(t) > 20 and t in q))]
        where.sort(key=lambda i: (texts[i] != q, out[i] is not None))
        if not where:
            continue
        c, i = claims[0], where[0]
        got = []
        # origin
        if not c["sources"]:
            got.append((NONE, []))
        else:
            found = {2: set(), 1: set()}
            for j in range(len(words)):
                r, how = runs(words[j], c["sources"][0])
                if how:
                    found[how].update((j, w) for w in r)
            best = found[2] or found[1]
            got.append((-1, [best]) if best else (ELSEWHERE, []))
        # when
        w = c["when"]
        if not w:
            got.append((NONE, []))
        else:
            exactly = (lambda v: S.span(v) == S.span(w), lambda v: any(S.span(x) == S.span(w) for x in variants(v)), lambda v: S.same_when(w, v))
            # A time that the mention stage took for another year's, or for a day where the claim has the stretch from or to it, is still the one.
            roughly = (lambda v: shares_end(S, v, w), lambda v: calendar(v) and calendar(v) == calendar(w))
            found = lambda like, js: {(j, x) for j in js for ws, value in times[j] if like(value) for x in ws}
            best = set()
            for likes, js in ((exactly + roughly, [i]), (exactly, range(len(words))), (roughly[1:], range(i - 1, max(-1, i - 5), -1))):
                best = best or next((f for like in likes for f in [found(like, js)] if f), set())
            if not best and len(times[i]) == 1 and overlaps(S, times[i][0][1], w):
                best = {(i, x) for x in times[i][0][0]}
            as_of = published and S.same_when(w, "../" + published)
            own = {x for x in best if x[0] == i}
            got.append((AS_OF, [own] if own else []) if as_of else (-1, [best]) if best else (ELSEWHERE, []))
        # figure: of any of its claims, the words where the sentence has them in a row
        numbers = set()
        for claim in claims:
            want = [bare(w) for w in WORD.findall((claim["figure"] or {}).get("text", ""))]
            for at_word in range(len(words[i]) - len(want) + 1 if want else 0):
                if words[i][at_word:at_word + len(want)] == want:
                    numbers.update((i, at_word + k) for k in range(len(want)) if any(c.isdigit() for c in want[k]) or not re.search(r"\d", " ".join(want)))
        given = any(claim["figure"] for claim in claims)
        got.append((-1, [numbers]) if numbers else (ELSEWHERE, []) if given else (NONE, []))
        out[i] = got
    return out


def target(labels, here):
    """Rows of what is right in a window: for each part of the answer (absent or None, token indices). `here`: {(sentence, word): [tokens]}."""
    out = []
    for absent, sets in labels:
        parts = []
        for s in sets:
            tokens = [t for x in s for t in here.get(x, ())]
            if tokens:
                parts.append((absent, tokens))
        if not parts:
            parts = [(absent if absent >= 0 else ELSEWHERE, [])]
        out.append(parts)
    return out


class Pointers:
    def __init__(self, h):
        n = len(SLOTS)
        self.params = [torch.empty(n * SIZE, h).uniform_(-0.05, 0.05), torch.empty(n * SIZE, h).uniform_(-0.05, 0.05),
                       torch.zeros(n * ABSENT, h), torch.zeros(n * ABSENT), torch.zeros(n, BUCKETS)]
        self.names = ("pointer.query", "pointer.key", "pointer.absent", "pointer.absent_bias", "pointer.distance")
        self.params[4][:, :] = torch.tensor([-2., -2, -1.5, -1, 0, -3, -4, -1])

    def load(self, state):
        for p, n in zip(self.params, self.names):
            if n in state:
                p.copy_(state[n].float())

    def state(self):
        return {n: p.detach().clone() for p, n in zip(self.params, self.names)}


def logits(params, middle, keys, bucket):
    """middle [n, h], keys [n, L, 3*SIZE] (of each sentence's window), bucket [n, L] (-1: padding) -> [n, slots, ABSENT + L]."""
    query, key, absent, bias, distance = params
    n, L = bucket.shape
    q = F.linear(middle, query).view(n, len(SLOTS), SIZE)
    s = torch.einsum("nsd,nlsd->nsl", q, keys.view(n, L, len(SLOTS), SIZE)) / 8
    s = s + distance[:, bucket.clamp(min=0)].permute(1, 0, 2)
    s = s.masked_fill((bucket < 0)[:, None, :], -1e4)
    return torch.cat([F.linear(middle, absent, bias).view(n, len(SLOTS), ABSENT), s], 2)


def word_of_tokens(tokenizer, ids):
    """For each piece the number of its word: one that begins with a blank begins the next."""
    out, n = [], -1
    for i in ids:
        n += tokenizer.pieces[i][0].startswith("\u2581".encode())
        out.append(max(n, 0))
    return out


class Pointed:
    """What the sentences of the annotated documents among `docs` point at."""

    def __init__(self, docs, folders, dumps, scorer, tokenizer):
        spec = importlib.util.spec_from_file_location("score_of_guide", scorer)
        score = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(score)
        known = of_documents(folders, dumps)
        self.labels = {n: label(d, known, score) for n, d in enumerate(docs) if d.id in known}
        self.words = {n: [word_of_tokens(tokenizer, ids) for ids, *_ in docs[n].sentences] for n in self.labels}
        print("pointed", sum(x is not None for v in self.labels.values() for x in v), "sentences of", len(self.labels), "documents", flush=True)

    def in_batch(self, batch):
        """The numbers of the batch's sentences that make a labelled claim, and for each what is right: see `target`."""
        asked, wanted, n = [], [], 0
        for doc, _, indices, spans, _, _, _ in batch:
            rows = self.labels.get(doc)
            if rows is not None and any(rows[i] for i in indices):
                here = {}
                for i, (_, begin, end) in zip(indices, spans):
                    for t, w in enumerate(self.words[doc][i]):
                        if begin + t < end:
                            here.setdefault((i, w), []).append(begin + t)
                for k, i in enumerate(indices):
                    if rows[i]:
                        asked.append(n + k)
                        wanted.append(target(rows[i], here))
            n += len(indices)
        return asked, wanted


def loss(y, wanted):
    """Of logits [sentences, slots, ABSENT + tokens]: less the log probability of what is right, the parts of an answer
    counting as one; the mean over sentences, summed over slots."""
    mask, rows, of, shares = [], [], [], []
    for r, slots in enumerate(wanted):
        for s, parts in enumerate(slots):
            for absent, tokens in parts:
                m = np.zeros(y.shape[2], np.float32)
                if absent >= 0:
                    m[absent] = 1
                m[[ABSENT + t for t in tokens]] = 1
                mask.append(m)
                rows.append(r)
                of.append(s)
                shares.append(1 / len(parts))
    chosen = y.log_softmax(2)[torch.tensor(rows), torch.tensor(of)]
    got = torch.logsumexp(chosen + torch.log(torch.from_numpy(np.stack(mask)) + 1e-9), 1)
    return -(got * torch.tensor(shares)).sum() / len(wanted)


def right(told):
    """{slot and kind of answer: (mean probability of what is right, share where the likeliest is right, how many)}; `told`: (wanted, logits)."""
    kinds, out = {-1: "word", NONE: "none", AS_OF: "as of", ELSEWHERE: "elsewhere"}, {}
    for wanted, y in told:
        p = y.softmax(2).numpy()
        for r, slots in enumerate(wanted):
            for s, parts in enumerate(slots):
                mass = sum(p[r, s, [ABSENT + t for t in tokens]].sum() + (p[r, s, absent] if absent >= 0 else 0) for absent, tokens in parts)
                best = p[r, s].argmax()
                good = any(best == absent or best - ABSENT in tokens for absent, tokens in parts)
                for key in (SLOTS[s] + " all", SLOTS[s] + " " + kinds[parts[0][0]]):
                    out.setdefault(key, []).append((mass, good))
    return {k: (round(float(np.mean([m for m, _ in v])), 3), round(float(np.mean([g for _, g in v])), 3), len(v)) for k, v in sorted(out.items())}
