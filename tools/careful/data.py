"""The training table as windows of tokens. The runtime makes the same windows (src/reader/windows.h).

A window: <s> title </s> sentence </s> sentence </s> ... </s>. The mark before a sentence and the sentence's own tokens stand for it.
"""
import json

TITLE_TOKENS, SENTENCE_TOKENS, WINDOW_TOKENS = 32, 96, 256
STANCES = ["asserted", "planned", "threatened", "possible", "denied"]
CREDENCES = ["plain", "distanced", "likely", "near-certain", "unverified"]


class Doc:
    pass


def measures_of(path):
    """In the order of the codebook's file, which is that of the table's scores."""
    import tomllib
    with open(path, "rb") as file:
        book = tomllib.load(file)
    return [m["id"] for m in book["measure"]]


def load(table, tokenizer, measures):
    out = []
    for line in open(table, encoding="utf-8"):
        d = json.loads(line)
        doc = Doc()
        doc.id, doc.kind, doc.lang = d["id"], d["kind"], d["lang"]
        doc.title = []
        doc.sentences, doc.texts = [], []
        doc.claims = d["claims"]
        for s in d["sentences"]:
            if s["junk"]:
                continue
            ids = tokenizer.ids(s["text"])[:SENTENCE_TOKENS]
            if s["title"] and not doc.title:
                doc.title = ids[:TITLE_TOKENS]
            labels = [measures.index(m) for m in s["measures"]]
            doc.texts.append(s["text"])
            doc.sentences.append((ids, s["labelled"], labels, STANCES.index(s["stance"]) if "stance" in s else -1,
                                  CREDENCES.index(s["credence"]) if "credence" in s else -1, s.get("light"), s["title"]))
        out.append(doc)
    return out


def windows(doc, first, limit, context):
    """[(sentences of the window, index of the first that is judged)]: packed from sentence `first` on, each beginning with the `context`
    sentences before; the sentences before `first` are a window of their own."""
    out = []
    lengths = [len(s[0]) + 1 for s in doc.sentences]
    start, end = 0, len(doc.sentences)
    while start < end:
        begin = max(0, start - context)
        size = len(doc.title) + 2 + sum(lengths[begin:start])
        stop = start
        while stop < end and (stop == start or size + lengths[stop] <= limit) and not (start < first == stop):
            size += lengths[stop]
            stop += 1
        out.append((list(range(begin, stop)), start))
        start = stop
    return out


def tokens(doc, indices, tokenizer):
    """ids, and (mark, begin, end) for each sentence."""
    ids = [tokenizer.bos]
    spans = []
    # The title is not said twice where it is a sentence of the window.
    if doc.title and not any(doc.sentences[i][6] for i in indices):
        ids += doc.title
    for i in indices:
        mark = len(ids)
        ids += [tokenizer.eos, *doc.sentences[i][0]]
        spans.append((mark, mark + 1, len(ids)))
    ids.append(tokenizer.eos)
    return ids, spans
