"""F1 over sentence and measure on held-out documents: the encoder alone, the light reader alone."""
import numpy as np


def table(docs, logits, m, kinds=("annotated",), lang=None):
    """gold, encoder logits, light log odds (nan: hopeless) of labelled sentences, flat over sentence and measure."""
    gold, ours, light = [], [], []
    for d in docs:
        if d.kind not in kinds or (lang and d.lang != lang):
            continue
        for i, s in enumerate(d.sentences):
            if not s[1]:
                continue
            row = np.zeros(m, bool)
            row[s[2]] = True
            gold.append(row)
            ours.append(logits[d.id][i][:m])
            light.append([np.nan if x is None else x for x in s[5]] if s[5] else [np.nan] * m)
    return np.array(gold), np.array(ours), np.array(light, np.float32)


def f1_at(gold, score, threshold):
    taken = score >= threshold
    hit = (taken & gold).sum()
    return 2 * hit / max(1, taken.sum() + gold.sum())


def best(gold, score):
    order = np.argsort(-score, axis=None)
    g = gold.reshape(-1)[order]
    hits = np.cumsum(g)
    f = 2 * hits / (np.arange(1, len(g) + 1) + g.sum())
    k = int(f.argmax())
    return float(f[k]), float(score.reshape(-1)[order][k])


def best_f1(docs, logits, m, beside):
    """{kind and language: best F1 of (the encoder alone, the light reader alone, both: beside(sentence, outputs))}"""
    both = {d.id: np.array([beside(s, y) for s, y in zip(d.sentences, logits[d.id])]) for d in docs}
    out = {}
    for kinds in (("annotated",), ("passage",)):
        for lang in (None, "en", "uk", "ru"):
            gold, ours, light = table(docs, logits, m, kinds, lang)
            if len(gold):
                _, sum_of, _ = table(docs, both, m, kinds, lang)
                out[kinds[0][:3] + (lang or "")] = tuple(round(best(gold, x)[0], 3) for x in (ours, np.where(np.isnan(light), -9, light), sum_of))
    return out
