"""What annotations say of a sentence's claims besides measure, stance and credence, as classes that the encoder learns to tell ("sides" of
train.py's outputs). They are given where a sentence makes a claim; the first one speaks for it.

  places  whole | region | settlement | other           side    SIDES
  unit    UNITS: what the figure of any of its claims counts
  targets a yes or no for each of TARGETS
"""
import csv
import json
import pathlib
import re

PLACES = ["whole", "region", "settlement", "other"]
SIDES = ["russia", "ukraine", "international", "ngo", "media", "resident", "outlet", "unknown"]
UNITS = ["passport", "person", "application", "percent", "office", "currency", "day", "other"]
TARGETS = ["residents", "pensioners", "children", "parents", "workers", "officials", "prisoners", "men", "patients", "displaced", "owners", "voters",
           "refusers"]
CHOICES = [("places", len(PLACES)), ("side", len(SIDES)), ("unit", len(UNITS))]
LAYOUT = [*CHOICES, ("targets", len(TARGETS))]  # how they stand in the outputs
OUTPUTS = sum(n for _, n in LAYOUT)


def folded(text):
    return re.sub(r"\s+", " ", text).strip()


def kind_of(places):
    if any("/" in p for p in places):
        return 2
    regions = [p for p in places if re.fullmatch(r"UA-\d\d", p)]
    if len(regions) == 1 and len(places) == 1:
        return 1
    return 0 if any(p.startswith("UA") for p in places) else 3


def labels_of(claims):
    """[places, side, unit] and the set of targets; -1 where nothing is known."""
    side = SIDES.index(claims[0]["side"]) if claims[0]["side"] in SIDES else -1
    units = [c["figure"]["unit"] for c in claims if c["figure"]]
    return [kind_of(claims[0]["places"]), side, UNITS.index(units[0]) if units else -1], [int(any(t in c["targets"] for c in claims)) for t in TARGETS]


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
            out[path.stem] = [(folded(quote), *labels_of(groups[quote])) for quote in sorted(groups, key=text.find)]
    return out


def of_passages(folder):
    """The same from tables of passages, which know the side alone."""
    out = {}
    for path in sorted(pathlib.Path(folder).glob("*-passages-*.tsv")):
        for row in csv.reader(open(path, encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE):
            passage, _, measures, _, _, _, side, sentence = row[:8]
            if measures:
                out.setdefault(passage, []).append((folded(sentence), [-1, SIDES.index(side) if side in SIDES else -1, -1], [-1] * len(TARGETS)))
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
