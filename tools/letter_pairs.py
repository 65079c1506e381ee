#!/usr/bin/env python3
"""Letter pairs of Ukrainian and Russian: how common each is, as a digit 0 (never seen) to 9. Makes src/page/letter_pairs.inc.

  tools/letter_pairs.py TEXT... > src/page/letter_pairs.inc

TEXT: any files of plain Ukrainian and Russian; only counts of pairs of letters leave this script.
"""
import collections, math, re, sys

LETTERS = " абвгґдеєёжзиіїйклмнопрстуфхцчшщъыьэюя"  # the blank stands for a word's edge
counts, total = collections.Counter(), 0
for name in sys.argv[1:]:
    text = open(name, encoding="utf-8").read().lower()
    for word in re.findall("[" + LETTERS[1:] + "]+", text):
        for a, b in zip(" " + word, word + " "):
            counts[a + b] += 1
            total += 1
print("// Made by tools/letter_pairs.py from %d letter pairs of Ukrainian and Russian. Do not edit." % total)
print("// Row: first letter, column: second, in this order: word edge, %s." % LETTERS[1:])
print("inline constexpr char32_t kPairLetters[] = U\"%s\";" % LETTERS)
print("inline constexpr char kPairs[][%d] = {" % (len(LETTERS) + 1))
for a in LETTERS:
    row = ""
    for b in LETTERS:
        share = counts[a + b] / total
        # 9: one pair in 2^6; each step down is a factor of two and a half.
        row += str(0 if not counts[a + b] else max(1, min(9, 9 + round(math.log(share * 64) / math.log(2.5)))))
    print('    "%s",  // %s' % (row, a if a != " " else "edge"))
print("};")
