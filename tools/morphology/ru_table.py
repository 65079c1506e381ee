#!/usr/bin/env python3
"""Makes the table of Russian word forms from pymorphy3-dicts-ru (OpenCorpora), read through pymorphy3.

  pip install pymorphy3==2.0.6 pymorphy3-dicts-ru==2.4.417150.4580142
  ru_table.py > ru.tsv                    # form TAB lemma TAB our tags TAB weight

Our tags are the words that src/text/morphology.h lists. `weight` is the probability of the tag for the form in OpenCorpora's annotated
texts, in millionths above 1000, where the form occurs there; otherwise a rank by part of speech and case.
"""
import pymorphy3

CASES = {"nomn": "nom", "gent": "gen", "datv": "dat", "accs": "acc", "ablt": "ins", "loct": "loc", "voct": "voc", "gen2": "gen", "acc2": "acc", "loc2": "loc", "gen1": "gen", "loc1": "loc"}
CASE_WEIGHT = {"nom": 6, "gen": 5, "acc": 4, "loc": 3, "ins": 3, "dat": 2, "voc": 0, "": 4}
PARTS = {"NOUN": "noun", "ADJF": "adj", "ADJS": "adj", "COMP": "adj", "VERB": "verb", "INFN": "verb", "PRTF": "participle", "PRTS": "participle", "GRND": "converb",
         "NUMR": "num", "ADVB": "adv", "NPRO": "pron", "PRED": "adv", "PREP": "prep", "CONJ": "conj", "PRCL": "part", "INTJ": "part"}
PART_WEIGHT = {"prep": 900, "conj": 880, "part": 700, "pron": 860, "num": 640, "adv": 600, "verb": 520, "noun": 500, "adj": 490,
               "participle": 470, "converb": 400, "proper": 450, "": 100}
NAMES = {"Name": "given", "Surn": "surname", "Patr": "patronymic", "Geox": "geo", "Orgn": "org", "Trad": "org"}


def tags(tag):
    grammemes = tag.grammemes
    part = PARTS.get(tag.POS, "")
    if "Apro" in grammemes and part == "adj":
        part = "pron"
    name = next((word for mark, word in NAMES.items() if mark in grammemes), "")
    if name and part == "noun":
        part = "proper"
    out, weight = [part], 0
    if tag.POS == "INFN":
        out.append("inf")
    elif tag.POS == "VERB":
        out.append("imper" if "impr" in grammemes else "finite")
        weight -= 60 if "impr" in grammemes else 0
    elif tag.POS == "PRTS" and tag.gender == "neut":
        out.append("impers")  # «выдано»
    for mark, word in (("past", "past"), ("pres", "pres"), ("futr", "fut")):
        if mark in grammemes and part == "verb":
            out.append(word)
    case = CASES.get(tag.case, "") if tag.case else ""
    if "Fixd" in grammemes:
        case = ""
    if case:
        out.append(case)
    if part in ("noun", "adj", "participle", "proper", "pron", "num", "verb"):
        if tag.number:
            out.append("pl" if tag.number == "plur" else "sg")
        gender = {"masc": "m", "femn": "f", "neut": "n"}.get(tag.gender, "")
        if gender and tag.number == "sing":
            out.append(gender)
    if name:
        out.append(name)
    weight += PART_WEIGHT[part] + CASE_WEIGHT[case]
    weight -= 300 * bool(grammemes & {"Arch", "Infr", "Slng", "Erro", "Dist", "Abbr", "Init"})
    return " ".join(w for w in out if w), max(weight, 0)


def main():
    morph = pymorphy3.MorphAnalyzer(lang="ru")
    estimate = morph.prob_estimator.p_t_given_w.prob
    known = {}
    for form, tag, lemma, paradigm, index in morph.dictionary.iter_known_words():
        if "Init" in tag.grammemes:
            continue
        if tag not in known:
            known[tag] = tags(tag)
        ours, weight = known[tag]
        # OpenCorpora's lexemes of participles and short forms end at the infinitive and the full adjective, as UD has it.
        probability = estimate(form, tag)
        if probability > 0:
            weight = 1000 + int(probability * 1000000)
        form, lemma = form.replace("’", "'"), lemma.replace("’", "'")
        print(form, lemma, ours, weight, sep="\t")
        # Most texts write е for ё.
        if "ё" in form:
            print(form.replace("ё", "е"), lemma, ours, weight, sep="\t")


if __name__ == "__main__":
    main()
