#!/usr/bin/env python3
"""Makes the table of Ukrainian word forms from the decompiled dictionary of morfologik-ukrainian-search.

  uk_table.py ukrainian.tsv [uk_lemma_counts.tsv] > uk.tsv      # lines lemma+form+tag|tag  ->  form TAB lemma TAB our tags TAB weight

Our tags are the words that src/text/morphology.h lists. Readings that differ only in what we do not keep (aspect, person, animacy) fall
together. `weight` orders the readings of one form: closed classes before open ones, nominative before the other cases, plain words before
rare, old and coarse ones, common lemmas (lemma_counts.py) before rare ones. A converb gets the infinitive as its lemma.
"""
import math
import sys

CASES = {"v_naz": "nom", "v_rod": "gen", "v_dav": "dat", "v_zna": "acc", "v_oru": "ins", "v_mis": "loc", "v_kly": "voc"}
CASE_WEIGHT = {"nom": 6, "gen": 5, "acc": 4, "loc": 3, "ins": 3, "dat": 2, "voc": 0, "": 4}
PARTS = {"noun": "noun", "adj": "adj", "verb": "verb", "adv": "adv", "advp": "converb", "numr": "num", "prep": "prep", "conj": "conj",
         "part": "part", "intj": "part", "insert": "adv", "predic": "adv", "noninfl": "adv", "onomat": "part", "excl": "part"}
PART_WEIGHT = {"prep": 900, "conj": 880, "part": 700, "pron": 860, "num": 640, "adv": 600, "verb": 495, "noun": 505, "adj": 515,
               "participle": 470, "converb": 400, "proper": 450, "": 100}
SURNAME_ENDS = ("енко", "ко", "ський", "цький", "зький", "ська", "цька", "зька", "ов", "ев", "єв", "ін", "їн", "ин", "ова", "ева", "єва", "іна", "ина",
                "ук", "юк", "чук", "як", "ак", "ець", "ишин", "ян", "дзе", "швілі", "ий", "их", "ло", "ба", "ган", "ура")


def tags(lemma, tag):
    bits = tag.split(":")
    part = PARTS.get(bits[0], "")
    rest = set(bits[1:])
    out = [part]
    weight = 0
    pronoun = any(b.startswith("&pron") or b == "pron" for b in rest)
    if pronoun and part in ("noun", "adj", "adv"):
        part = out[0] = "pron"
    if part == "adj" and any(b.startswith("&adjp") for b in rest):
        part = out[0] = "participle"
    name = ""
    if part == "noun" and lemma[:1].isupper():
        part = out[0] = "proper"
        if "inanim" in rest:
            name = "geo"
        elif lemma.endswith(("ович", "йович", "івна", "ївна")) and len(lemma) > 6:
            name = "patronymic"
        else:
            name = "surname" if lemma.endswith(SURNAME_ENDS) else "given"
    if part == "verb":
        for mark, word in (("inf", "inf"), ("impr", "imper"), ("impers", "impers")):
            if mark in rest:
                out.append(word)
        if not rest & {"inf", "impr", "impers"}:
            out.append("finite")
        for mark, word in (("past", "past"), ("pres", "pres"), ("futr", "fut")):
            if mark in rest:
                out.append(word)
        weight -= 60 if "impr" in rest else 0
    case = "" if "nv" in rest else next((CASES[b] for b in bits if b in CASES), "")
    if case:
        out.append(case)
    if part in ("noun", "adj", "participle", "proper", "pron", "num", "verb"):
        number = "pl" if "p" in bits[1:4] else "sg" if rest & {"m", "f", "n", "s"} else ""
        if number and not ("nv" in rest and part in ("pron", "adj")):
            out.append(number)
        gender = next((g for g in "mfn" if g in rest), "")
        if gender and number == "sg" and not ("nv" in rest and part in ("pron", "adj")):
            out.append(gender)
    if name:
        out.append(name)
    weight += PART_WEIGHT[part] + CASE_WEIGHT[case]
    weight -= 300 * bool(rest & {"arch", "rare", "bad", "obsc", "slang", "vulg", "alt", "abbr"})
    weight -= 40 * ("nv" in rest and part in ("noun", "proper"))
    return " ".join(w for w in out if w), weight


def rows(path):
    for line in open(path, encoding="utf-8"):
        fields = line.rstrip("\n").split("+")
        if len(fields) == 3 and fields[1]:
            yield fields


def main():
    counts = {}
    if len(sys.argv) > 2:
        for line in open(sys.argv[2], encoding="utf-8"):
            lemma, n = line.rstrip("\n").split("\t")
            counts[lemma] = min(250, int(40 * math.log2(1 + int(n))))
    # «зробивши» from «зробив», «враховуючи» from «враховують»
    infinitive = {}
    for lemma, form, marks in rows(sys.argv[1]):
        if "verb:" not in marks:
            continue
        rev = form.endswith(("ся", "сь"))
        stem = form[:-2] if rev else form
        end = "сь" if rev else ""
        if ":past:m" in marks:
            infinitive.setdefault(stem + "ши" + end, lemma)
        elif (":pres:p:3" in marks or ":futr:p:3" in marks) and stem.endswith("ть"):
            infinitive.setdefault(stem[:-2] + "чи" + end, lemma)
    for lemma, form, marks in rows(sys.argv[1]):
        for tag in marks.split("|"):
            if not tag:
                continue
            ours, weight = tags(lemma, tag)
            base = infinitive.get(form, lemma) if ours.startswith("converb") else lemma
            small = base.lower()
            print(form, small, ours, max(weight + counts.get(small, 0), 0), sep="\t")


if __name__ == "__main__":
    main()
