#!/usr/bin/env python3
"""Scores `litopys read` against the annotated documents, by language, the blind documents apart from the rest, and against those of ours
from which nothing is learned (data/held-out).

  tools/eval/eval.py [--program build/release/litopys] [--shared ../shared] [--floors]

Then the record: its scenarios, and what it finds in what was read beside what it finds in the annotations (record_eval.py).
Of the blind documents (dev/blind.txt) totals are printed, never a sentence or an error. With --floors the exit code is 1 where a
language is below the floors on blind documents: claims 0.40, end to end 0.15. Standard library only.
"""
import argparse
import importlib.util
import pathlib
import shutil
import subprocess
import sys
import tempfile

import record_eval

FLOORS = {"claims": 0.40, "end_to_end": 0.15}


def load_score(path):
    spec = importlib.util.spec_from_file_location("score", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def confidence_off(score, documents, predicted):
    """How far the claims' confidences are from the share of them that is right, over ten bins of equal width (expected calibration error)."""
    bins = [[0, 0.0] for _ in range(10)]
    count = 0
    for id, (gold, text) in documents.items():
        claims = predicted.get(id, {"claims": []})["claims"]
        right = {j for _, j in score.match(text, gold["claims"], claims)}
        for j, claim in enumerate(claims):
            off = bins[min(int(claim["confidence"] * 10), 9)]
            off[0] += j in right
            off[1] += claim["confidence"]
            count += 1
    return sum(abs(hits - promised) for hits, promised in bins) / max(1, count)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    root = pathlib.Path(__file__).resolve().parents[2]
    parser.add_argument("--program", type=pathlib.Path, default=root / "build/release/litopys")
    parser.add_argument("--shared", type=pathlib.Path, default=root.parent / "shared")
    parser.add_argument("--floors", action="store_true")
    options = parser.parse_args()
    dev, scorer = options.shared / "eval/dev", options.shared / "eval/score.py"
    if not dev.is_dir() or not scorer.is_file():
        print(f"eval: not run: {dev} or {scorer} is not there")
        return 0
    if not options.program.is_file():
        print(f"eval: {options.program} is not there; run make build first", file=sys.stderr)
        return 2
    score = load_score(scorer)
    blind = {pathlib.PurePath(word).stem for word in (dev / "blind.txt").read_text(encoding="utf-8").split()}

    held_out = root / "data/held-out"
    with tempfile.TemporaryDirectory(prefix="litopys-eval-") as folder:
        texts = pathlib.Path(folder) / "texts"
        texts.mkdir()
        for text in sorted([*dev.glob("*.txt"), *held_out.glob("*.txt")]):
            if text.with_suffix(".json").is_file():
                shutil.copy(text, texts / text.name)
        predictions = pathlib.Path(folder) / "predictions.jsonl"
        with open(predictions, "wb") as out:
            done = subprocess.run([options.program, "read", texts], stdout=out)
        if done.returncode not in (0, 1):
            print(f"eval: litopys read ended with {done.returncode}", file=sys.stderr)
            return 2
        predicted = score.load_predictions(predictions)
    gold = score.load_gold(dev)
    ours = score.load_gold(held_out)

    show = lambda d: f"{d['p']:.2f} {d['r']:.2f} {d['f1']:.3f}"
    slots = [s for s in score.SLOTS]
    head = f"{'':13}{'docs':>5}{'gold':>6}{'pred':>6}  {'claims P R F1':18}{'sentences':18}{'end to end':18}"
    print(head + "  ".join(s[:8] for s in slots) + "  numbers  publ.  lang  junk  lost  confidence off by")
    below = []
    parts = {"rest": {i: g for i, g in gold.items() if i not in blind}, "ours": ours,
             "blind": {i: g for i, g in gold.items() if i in blind}}
    for part, all_documents in parts.items():
        for language in ("en", "uk", "ru", None):
            documents = {i: g for i, g in all_documents.items() if language in (None, g[0]["lang"])}
            if not documents:
                continue
            result, _ = score.score(documents, predicted)
            of = lambda x: "  -  " if x is None else f"{x:.2f}"
            print(f"{part:6}{language or 'all':7}{result['documents']:5}{result['gold']:6}{result['predicted']:6}  "
                  f"{show(result['claims']):18}{show(result['sentences']):18}{show(result['end_to_end']):18}"
                  + "  ".join(f"{of(result['slots'][s]):>{len(s[:8])}}" for s in slots)
                  + f"  {of(result['figures_with_number']):>7}{result['published']:7.2f}{result['lang']:6.2f}"
                  f"{result['junk_claims']:6}{result['unlocated']:6}"
                  f"{confidence_off(score, documents, predicted):8.3f}")
            if part == "blind" and language:
                below += [f"{language} {key} {result[key]['f1']:.3f} < {floor}" for key, floor in FLOORS.items()
                          if result[key]["f1"] < floor]
    record_eval.scenarios(options.shared, options.program)
    record_eval.from_text(score, options.program, gold, predicted, blind)
    if below:
        print("below the floor on blind documents: " + "; ".join(below))
    return 1 if options.floors and below else 0


if __name__ == "__main__":
    sys.exit(main())
