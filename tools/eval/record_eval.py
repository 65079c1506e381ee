"""The record stage for eval.py: the table of the scenarios, and findings from text beside findings from annotations, by kind.

Findings from text are named in the claims of the annotation before they are compared: a read claim counts as the annotated one that
score.py pairs it with. What stands in the way of a finding is the first that holds: a claim that was not found (or was invented), a slot
that the record reckons with, else the joining of claims to statements. Of blind documents totals are printed only.
"""
import collections
import json
import subprocess

# What the record reckons with; who only passed on and how sure the voice sounds move no figure.
SLOTS = ("figure", "places", "when", "origin", "side", "stance", "targets", "relays")


def scenarios(shared, program):
    """Prints record_score.py's table."""
    folder, scorer = shared / "eval/record", shared / "eval/record_score.py"
    if not folder.is_dir() or not scorer.is_file():
        print(f"record: scenarios not run: {folder} or {scorer} is not there")
        return
    print("record, scenarios:", flush=True)
    subprocess.run(["python3", str(scorer), str(folder), "--run", f"{program} record", "--errors", "20"])


def findings_of(program, documents):
    """The findings of documents with claims: kind, set of claims; and the claims that read as one statement."""
    lines = "".join(json.dumps(d, ensure_ascii=False) + "\n" for d in documents)
    out = subprocess.run([str(program), "record", "-"], input=lines.encode(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
    objects = [json.loads(line) for line in out.decode().splitlines()]
    return {(o["kind"], frozenset(o["claims"])) for o in objects if o["type"] == "finding"}


def compare(score, program, gold, predicted, show):
    """One part: prints F1 by kind (if `show`) and in all, and what stood in the way."""
    gold_documents, read_documents, name, slots = [], [], {}, {}
    for ident, (document, text) in sorted(gold.items()):
        read = predicted.get(ident) or {"claims": []}
        head = {"id": ident, "text": text}
        gold_documents.append({**document, **head})
        read_documents.append({**{k: v for k, v in read.items() if k != "notes"}, **head})
        pairs = score.match(text, document["claims"], read["claims"])
        for g, p, *_ in pairs:
            name[f"{ident}#{p + 1}"] = f"{ident}#{g + 1}"
            slots[f"{ident}#{g + 1}"] = [s for s in SLOTS if not score.slot_right(s, document["claims"][g], read["claims"][p])]
        if (document.get("published") or None) != (read.get("published") or None):
            slots[ident] = ["published"]
    want = findings_of(program, gold_documents)
    got = {(k, frozenset(name.get(c, "read:" + c) for c in claims)) for k, claims in findings_of(program, read_documents)}

    def hurdle(claims, none):
        if any(c.startswith("read:") or c not in slots for c in claims):
            return none
        wrong = [s for c in sorted(claims) for s in slots[c] + slots.get(c.split("#")[0], [])]
        return f"wrong slot ({wrong[0]})" if wrong else "wrong join"

    hurdles = collections.Counter()
    for _, claims in want - got:
        hurdles["not found: " + hurdle(claims, "missed claim")] += 1
    for _, claims in got - want:
        hurdles["not expected: " + hurdle(claims, "claim that the annotation lacks")] += 1
    kinds = sorted({k for k, _ in want | got}) if show else []
    for kind in kinds + [None]:
        of = lambda some: {f for f in some if kind in (None, f[0])}
        w, g, right = of(want), of(got), of(want & got)
        f1 = 2 * len(right) / (len(w) + len(g)) if w or g else 1.0
        print(f"  {kind or 'findings':16} of annotations {len(w):4}  of text {len(g):4}  both {len(right):4}  F1 {f1:.3f}")
    for what, count in hurdles.most_common():
        print(f"  {what:60} {count:4}")


def from_text(score, program, gold, predicted, blind):
    for part in ("rest", "blind"):
        documents = {i: g for i, g in gold.items() if (i in blind) == (part == "blind")}
        if documents:
            print(f"record, from text beside from annotations ({part}, {len(documents)} documents as one set):")
            compare(score, program, documents, predicted, part == "rest")
