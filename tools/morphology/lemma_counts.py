#!/usr/bin/env python3
"""Estimates how common each lemma is from plain text without annotation, to rank the readings of ambiguous forms.

  lemma_counts.py uk.tsv TEXT... > uk_lemma_counts.tsv     # lemma TAB count

A form that has one lemma counts for it; a form that has several is shared out by how common these are, a few times over
(expectation maximisation). The committed counts were made from the project's own training and development reports.
"""
import collections
import re
import sys


def main():
    forms = collections.Counter()
    for name in sys.argv[2:]:
        for word in re.findall(r"[а-яіїєґё]+(?:['-][а-яіїєґё]+)*", open(name, encoding="utf-8").read().lower().replace("’", "'").replace("ʼ", "'")):
            forms[word.replace("ґ", "г")] += 1
    lemmas = collections.defaultdict(set)
    for line in open(sys.argv[1], encoding="utf-8"):
        form, lemma, _, _ = line.rstrip("\n").split("\t")
        if form in forms:
            lemmas[form].add(lemma)
    weight = collections.defaultdict(lambda: 0.1)
    for _ in range(8):
        fresh = collections.defaultdict(lambda: 0.1)
        for form, n in forms.items():
            total = sum(weight[lemma] for lemma in lemmas[form])
            for lemma in lemmas[form]:
                fresh[lemma] += n * weight[lemma] / total
        weight = fresh
    for lemma, n in sorted(weight.items(), key=lambda x: (-x[1], x[0])):
        if n >= 0.8:
            print(lemma, round(n), sep="\t")


if __name__ == "__main__":
    main()
