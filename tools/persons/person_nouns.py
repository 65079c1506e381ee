#!/usr/bin/env python3
"""Writes codebooks/passportization/units-persons.toml: nouns that name persons, so that a number beside one counts people.

  person_nouns.py UNITS.toml UK.decompiled WORDNET_DIR > units-persons.toml      # needs pymorphy3, pymorphy3-dicts-ru, wordfreq

The sources are those of data/morphology (tools/morphology/make.sh says how to get them): Russian lemmas that OpenCorpora calls animate,
Ukrainian ones that morfologik-ukrainian-search calls animate, English ones whose first sense stands in WordNet's noun.person. Left out:
names, old and coarse words, compounds with a hyphen, adjectives, animals and spirits (below), what units.toml has, and what is too rare
(Zipf frequency under 2.0, English 2.3, by wordfreq; the frequency chooses, it is not kept).
"""
import re
import sys
import tomllib

import pymorphy3
from wordfreq import zipf_frequency

NOT_PEOPLE = {
    "ru": """бог богиня ангел дьявол демон черт чёрт бес сатана аллах эльф гном тролль вампир зомби дракон феникс вурдалак робот кукла
        медведь кот кошка птица рыба лошадь конь кит животное зверь змей змея мышь волк собака пес пёс паук тигр корова бык свинья барс ворон ворона
        слон жар-птица пони лиса лис форвард олень заяц крыса обезьяна муха жук акула щенок гусь лебедь сова петух кролик лось голубь карп сокол
        крокодил пчела воробей коза козел козёл скорпион попугай кенгуру лама дельфин баран овца панда медвежонок оса лосось форель пингвин крот ястреб
        муравей леопард верблюд судак сом комар кабан дятел ящерица краб беркут соловей орел орёл теленок ягненок котенок утка курица карта бычок барон
        персонаж идол кумир судно хан бай бек мировой звезда половой гад вид вирус микроб клиент-банк гага калуга соня лада карла фея муза майя тан гранд""",
    "uk": """бог ангел янгол диявол демон чорт біс сатана аллах ельф гном троль вампір зомбі дракон фенікс робот лялька персонаж меч
        пес собака кіт кішка птах птиця риба кінь ведмідь вовк віл змія щур корова жук орел павук ворона слон кат олень панда коза маля лебідь крук журавель тигр мавпа
        заєць кенгуру лось рибак-птах рекс окунь кури кошеня черепаха поні акула соловей зозуля карась норман козел скорпион когут судак лисиця лис сова
        бджола муха гусак качка курка півень вівця баран порося теля цуценя форвард самиця звір тварина комаха метелик вірус мікроб фан ага рома йорк кулі ему фіфа
        гал ест крон стрий маг фея муза бай бек хан вид мовчан курва мудак ким соня хортиця бандера бетмен""",
    "en": """god goddess angel devil demon deity monster fairy witch vampire zombie unicorn mermaid dragon hobbit goblin genie werewolf
        broad dry prior equal temporary domestic familiar contemporary controller provider coaster temp cub pol lush tease maker ford martin miller carter dean
        equal spy-glass don perry hart potter turner cooper graham franklin smith wright lee christ roman independent secular provincial colonial immune spoiler
        keeper server monitor tracker hitter booker sneak freak fry arms runner-up heavyweight lightweight browning alternate notable neutral romantic
        erotic chased divine noble moderate conservative liberal liberals buster shrink bum convert mod fuller tucker mercer bowl malik psycho wheeler
        private regular major general minor professional regulars champ creator handler browser feeder sinker helper diver recorder major ancestor crash
        muscle hopeful probable skinner rocker roc lulu mead stiff hack drum standard master muffin bookmaker supernatural classic heir-at-law ranger pioneer
        outsider jerk boxer kicker surfer scorer patron seal cook escort surrogate auxiliary practical subordinate scout""",
}
ADJECTIVE = {"ru": re.compile("(ый|ий|ой|ая|яя|ое|ие|ые)$"), "uk": re.compile("(ий|ій|а|я|е|і)$")}
MARKS = {"uk": {"arch", "rare", "bad", "obsc", "slang", "vulg", "alt", "abbr"}, "ru": {"Arch", "Slng", "Erro", "Dist", "Infr"}}
NAMES = {"Name", "Surn", "Patr", "Geox", "Orgn", "Trad", "Abbr", "Init"}


def russian():
    """Lemma -> whether every noun of this spelling is animate and some reading is plain."""
    seen = {}
    adjectives = set()
    for form, tag, lemma, *_ in pymorphy3.MorphAnalyzer(lang="ru").dictionary.iter_known_words():
        if form != lemma:
            continue
        if tag.POS == "ADJF":
            adjectives.add(lemma)
        if tag.POS == "NOUN" and not tag.grammemes & NAMES:
            seen.setdefault(lemma, []).append(("anim" in tag.grammemes, not tag.grammemes & MARKS["ru"]))
    return {w for w, v in seen.items() if all(a for a, _ in v) and any(p for _, p in v) and w not in adjectives}


def ukrainian(path):
    seen, adjectives = {}, set()
    for line in open(path, encoding="utf-8"):
        lemma, form, tags = line.rstrip("\n").split("+", 2)
        if lemma != form or not lemma[:1].islower():
            continue
        for tag in tags.split("|"):
            bits = tag.split(":")
            if bits[0] == "adj":
                adjectives.add(lemma)
            elif bits[0] == "noun" and "&pron" not in tag:
                seen.setdefault(lemma, []).append(("anim" in bits, not MARKS["uk"] & set(bits)))
    return {w for w, v in seen.items() if all(a for a, _ in v) and any(p for _, p in v) and w not in adjectives}


def english(folder):
    person_file = {}
    lower = set()
    for line in open(f"{folder}/data.noun", encoding="latin-1"):
        if not line.startswith("  "):
            parts = line.split()
            person_file[parts[0]] = parts[1] == "18"
            lower.update(w for w in parts[4:4 + 2 * int(parts[3], 16):2] if w.islower())
    out = set()
    for line in open(f"{folder}/index.noun", encoding="latin-1"):
        if line.startswith("  "):
            continue
        parts = line.split()
        senses = [person_file[offset] for offset in parts[-int(parts[2]):]]
        if senses[0] and sum(senses) >= 0.6 * len(senses) and parts[0] in lower and parts[0].isalpha() and len(parts[0]) > 2:
            out.add(parts[0])
    return out


def main():
    units, uk, wordnet = sys.argv[1:4]
    known = {}
    for row in tomllib.load(open(units, "rb"))["unit"]:
        known.setdefault(row["lang"], set()).update(w.lstrip("=") for w in row["words"])
    lists = {"en": english(wordnet), "uk": ukrainian(uk), "ru": russian()}
    print(__doc__.split("\n\n")[0].replace("Writes codebooks/passportization/units-persons.toml: n", "# N", 1))
    print("# Made by tools/persons/person_nouns.py, which says from what; the words' licences are those of data/morphology. English words count in the plural only: a\n"
          "# singular before another noun is no head (\"2 driver seats\").")
    for lang, least in (("en", 2.3), ("uk", 2.0), ("ru", 2.0)):
        drop = set(NOT_PEOPLE[lang].split()) | known[lang]
        words = sorted(w for w in lists[lang] if "-" not in w and len(w) > 2 and w not in drop and zipf_frequency(w, lang) >= least)
        print(f'\n[[unit]]\nid = "{lang}.person.general"\nlang = "{lang}"\ngives = "person"')
        if lang == "en":
            print('plural = "true"')
        print("words = [")
        line = " "
        for word in words:
            item = f' "{word}",'
            if len(line) + len(item) > 138:
                print(line)
                line = " "
            line += item
        print(line + "\n]")


if __name__ == "__main__":
    main()
