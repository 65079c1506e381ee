"""What annotations say of a sentence's claims besides measure, stance and credence, as classes that the encoder learns to tell ("sides" of
train.py's outputs). They are given where a sentence makes a claim; the first one speaks for it.

  when    none | kept (as the claim before) | other         origin  document | kept | other
  places  whole | region | settlement | other               same    no | yes: the places of the claim before
  figure  no | yes                                           side    SIDES
  targets a yes or no for each of TARGETS
"""
import csv
import json
import pathlib
import re

WHENS = ["none", "kept", "other"]
ORIGINS = ["document", "kept", "other"]
PLACES = ["whole", "region", "settlement", "other"]
SIDES = ["russia", "ukraine", "international", "ngo", "media", "resident", "outlet", "unknown"]
TARGETS = ["residents", "pensioners", "children", "parents", "workers", "officials", "prisoners", "men", "patients", "displaced", "owners", "voters",
           "refusers"]
CHOICES = [("when", len(WHENS)), ("origin", len(ORIGINS)), ("places", len(PLACES)), ("same", 2), ("figure", 2), ("side", len(SIDES))]
OUTPUTS = sum(n for _, n in CHOICES) + len(TARGETS)  # the choices in their order, then the targets


def folded(text):
    return re.sub(r"\s+", " ", text).strip()


def kind_of(places):
    if any("/" in p for p in places):
        return 2
    regions = [p for p in places if re.fullmatch(r"UA-\d\d", p)]
    if len(regions) == 1 and len(places) == 1:
        return 1
    return 0 if any(p.startswith("UA") for p in places) else 3


def labels_of(claim, others, before):
    """[when, origin, places, same, figure, side] and the set of targets; -1 where nothing is known."""
    sources, last = claim["sources"], before and before["sources"]
    when = 0 if not claim["when"] else 1 if before and before["when"] == claim["when"] else 2
    origin = 0 if not sources else 1 if last and last[0] == sources[0] else 2
    same = -1 if before is None else int(set(before["places"]) == set(claim["places"]))
    side = SIDES.index(claim["side"]) if claim["side"] in SIDES else -1
    return [when, origin, kind_of(claim["places"]), same, int(any(c["figure"] for c in others)), side], [
        int(any(t in c["targets"] for c in others)) for t in TARGETS]


def of_annotations(folders):
    """{document: {folded sentence: (labels, targets)}}; a quote that is part of a sentence, or has several, is found by `label`."""
    out = {}
    for folder in folders:
        for path in sorted(pathlib.Path(folder).glob("*.json")):
            document = json.load(open(path, encoding="utf-8"))
            if "claims" not in document:
                continue
            text = path.with_suffix(".txt").read_text(encoding="utf-8")
            groups = {}
            for claim in document["claims"]:
                groups.setdefault(claim["quote"], []).append(claim)
            rows, before = [], None
            for quote in sorted(groups, key=text.find):
                rows.append((folded(quote), *labels_of(groups[quote][0], groups[quote], before)))
                before = groups[quote][0]
            out[path.stem] = rows
    return out


def of_passages(folder):
    """The same from tables of passages, which know source and side alone."""
    out, before = {}, {}
    for path in sorted(pathlib.Path(folder).glob("*-passages-*.tsv")):
        for row in csv.reader(open(path, encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE):
            passage, _, measures, _, _, source, side, sentence = row[:8]
            if not measures:
                continue
            origin = 0 if not source else 1 if before.get(passage) == source else 2
            before[passage] = source
            out.setdefault(passage, []).append(
                (folded(sentence), [-1, origin, -1, -1, -1, SIDES.index(side) if side in SIDES else -1], [-1] * len(TARGETS)))
    return out


def label(rows, sentences):
    """For each sentence of a document its labels or None."""
    out = [None] * len(sentences)
    texts = [folded(s) for s in sentences]
    for quote, labels, targets in rows:
        at = [i for i, t in enumerate(texts) if t and (t == quote or quote in t or (len(t) > 20 and t in quote))]
        at.sort(key=lambda i: (texts[i] != quote, out[i] is not None))
        if at:
            out[at[0]] = (labels, targets)
    return out
