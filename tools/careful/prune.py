"""Which pieces of the vocabulary are kept: all that the training table uses, then those that forms of the three languages use, likeliest
first, up to a number.

  python prune.py TABLE.jsonl MORPHOLOGY_DIR -o keep.json [--pieces 42000]

TABLE.jsonl is written by `litopys learn --table`; MORPHOLOGY_DIR holds {en,uk,ru}.tsv as tools/morphology/make.sh leaves them.
"""
import argparse
import json
import pathlib

from base import Base, Tokenizer


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("table", type=pathlib.Path)
    parser.add_argument("morphology", type=pathlib.Path)
    parser.add_argument("-o", "--output", type=pathlib.Path, required=True)
    parser.add_argument("--pieces", type=int, default=42000)
    options = parser.parse_args()
    base = Base()
    tokenizer = Tokenizer(base)
    kept = {base.bos, base.eos, base.pad, base.unk}
    for line in open(options.table, encoding="utf-8"):
        for sentence in json.loads(line)["sentences"]:
            kept.update(tokenizer.ids(sentence["text"]))
    # Single letters and signs of the three languages, so that every word can be spelled.
    signs = set("".join(map(chr, range(0x21, 0x7f))) + "«»„“”’‘–—…№°•€₴₽£%‰ʼ" + "".join(map(chr, range(0x400, 0x460))) + "ґҐ▁")
    kept.update(i for i, (piece, _) in enumerate(base.pieces) if piece.decode("utf-8", "replace") in signs)
    print("the table and single signs:", len(kept))
    used = set()
    for language in ("en", "uk", "ru"):
        batch = []

        def flush():
            for ids in tokenizer.processor.EncodeAsIds(batch):
                used.update(ids)
            batch.clear()
        seen = set()
        for line in open(options.morphology / f"{language}.tsv", encoding="utf-8"):
            form = line.split("\t", 1)[0]
            if form in seen:
                continue
            seen.add(form)
            batch += [form, form.capitalize()]
            if len(batch) > 100000:
                flush()
        flush()
        print(language, "forms:", len(seen), "pieces so far:", len(used))
    more = sorted(used - kept, key=lambda i: -base.pieces[i][1])
    kept.update(more[:max(0, options.pieces - len(kept))])
    print("kept:", len(kept), "of", len(kept) + max(0, len(used - kept)))
    options.output.write_text(json.dumps(sorted(kept)))


if __name__ == "__main__":
    main()
