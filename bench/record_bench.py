#!/usr/bin/env python3
"""Times `litopys record` on made sets of claims, and its near-copies beside datasketch's MinHash-LSH.

  bench/record_bench.py PROGRAM [--shared ../shared] [--sizes 10000,100000,1000000] [--reprints 100000] [--kept BUILD/bench/kept_record]

With --kept also what one more document costs a casebook of each size.

Sets come from eval/make_claims.py of the shared folder; without it nothing is timed. The peer (pip install datasketch) is timed on ready
shingles, the program on everything that texts cost it (reading, shingles, search). Rates are by seconds of processor, so that a busy machine
does not decide. Standard library besides.
"""
import argparse
import itertools
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time


def run(command, out):
    """Seconds on the clock, seconds of processor, megabytes at the peak of one run."""
    begin = time.monotonic()
    process = subprocess.Popen(command, stdout=open(out, "wb"), stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{command} ended with {process.returncode}")
    return time.monotonic() - begin, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def make(generator, count, folder, seed=1):
    documents, truth = folder / f"{count}.jsonl", folder / f"{count}.truth"
    subprocess.run(["python3", str(generator), str(count), str(documents), str(truth), "--seed", str(seed)], check=True)
    return documents, truth


def pairs_of(groups):
    return {pair for group in groups for pair in itertools.combinations(sorted(group), 2)}


def objects(path, kind):
    with open(path, encoding="utf-8") as lines:
        return [o for o in map(json.loads, lines) if o["type"] == kind]


def claims(program, generator, sizes, folder):
    print(f"{'claims':>9} {'documents':>9} {'seconds':>8} {'cpu s':>7} {'peak MB':>8} {'µs a claim':>10}  findings  statements")
    first = None
    for size in sizes:
        documents, truth = make(generator, size, folder)
        out = folder / "record.jsonl"
        seconds, cpu, memory = run([program, "record", str(documents)], out)
        count = sum(len(json.loads(line)["claims"]) for line in open(documents, encoding="utf-8"))
        total = sum(1 for _ in open(documents, "rb"))
        each = cpu / count * 1e6
        first = first or each
        print(f"{count:9} {total:9} {seconds:8.2f} {cpu:7.2f} {memory:8.0f} {each:10.2f}  {len(objects(out, 'finding')):8}  "
              f"{len(objects(out, 'statement')):10}  {each / first:.2f} x the first", flush=True)
        documents.unlink()


WORD = re.compile(r"[^\W_]+")


def shingles(text):
    words = WORD.findall(text.lower())
    return {" ".join(words[i:i + 5]).encode() for i in range(len(words) - 4)}


def near(a, b):
    """The rule of the record on two sets of runs."""
    shorter, longer = sorted((len(a), len(b)))
    return shorter >= 20 and 3 * shorter >= longer and 2 * len(a & b) >= shorter


def score(found, planted):
    right = len(found & planted)
    return right / len(planted) if planted else 1.0, right / len(found) if found else 1.0


def reprints(program, generator, size, folder):
    documents, truth = make(generator, size, folder, seed=2)
    bare = folder / "bare.jsonl"
    texts = []
    with open(bare, "w", encoding="utf-8") as out:
        for line in open(documents, encoding="utf-8"):
            document = json.loads(line)
            texts.append((document["id"], document["text"]))
            out.write(json.dumps({**document, "claims": []}, ensure_ascii=False) + "\n")
    planted = pairs_of(o["documents"] for o in objects(truth, "reprints"))
    # What the near-copies cost: the same documents with and without their texts, the least of three runs each, as of the peer's below.
    least = lambda file, out: min(run([program, "record", str(file)], folder / out)[1] for _ in range(3))
    whole = least(bare, "copies.jsonl")
    with open(bare, encoding="utf-8") as lines, open(folder / "textless.jsonl", "w", encoding="utf-8") as out:
        out.writelines(json.dumps({**json.loads(line), "text": ""}) + "\n" for line in lines)
    seconds = max(whole - least(folder / "textless.jsonl", "none.jsonl"), 1e-3)
    recall, precision = score(pairs_of(o["documents"] for o in objects(folder / "copies.jsonl", "reprints")), planted)
    rate = len(texts) / seconds
    print(f"near-copies of {len(texts)} documents, {len(planted)} planted pairs")
    print(f"  litopys            {seconds:8.2f} cpu s  {rate:9.0f} documents/s  recall {recall:.4f}  precision {precision:.4f}  "
          f"(the whole command {whole:.2f} cpu s)", flush=True)
    try:
        from datasketch import MinHash, MinHashLSH
    except ImportError:
        print("  datasketch         peer not installed (pip install datasketch)")
        return
    sets = [(ident, shingles(text)) for ident, text in texts]
    at = dict(sets)
    peer = float("inf")
    for _ in range(3):
        begin = time.process_time()
        lsh = MinHashLSH(threshold=0.3, num_perm=128)
        hashes = []
        for ident, runs in sets:
            sketch = MinHash(num_perm=128)
            if runs:
                sketch.update_batch(list(runs))
            hashes.append(sketch)
            lsh.insert(ident, sketch, check_duplication=False)
        found = {tuple(sorted((ident, other))) for (ident, runs), sketch in zip(sets, hashes)
                 for other in lsh.query(sketch) if other != ident and near(runs, at[other])}
        peer = min(peer, time.process_time() - begin)
    # Connected documents are one group, as with us.
    head = {ident: ident for ident, _ in sets}

    def root(x):
        while head[x] != x:
            x = head[x]
        return x
    for a, b in found:
        head[max(root(a), root(b))] = min(root(a), root(b))
    groups = {}
    for pair in found:
        for ident in pair:
            groups.setdefault(root(ident), set()).add(ident)
    peer_recall, peer_precision = score(pairs_of(groups.values()), planted)
    print(f"  datasketch LSH     {peer:8.2f} cpu s  {len(texts) / peer:9.0f} documents/s  recall {peer_recall:.4f}  precision {peer_precision:.4f}")
    print(f"  {rate * peer / len(texts):.0f} x the peer's documents a second")


def kept(program, generator, sizes, folder, late=60):
    print(f"{'claims':>9} {'from nothing, cpu s':>20}  one more document, cpu ms: median, ninth tenth, most; of {late} under 200 ms")
    for size in sizes:
        documents, _ = make(generator, size, folder)
        case = folder / "kept"
        case.mkdir(exist_ok=True)
        told = json.loads(subprocess.run([program, str(documents), str(late), str(case)], check=True, capture_output=True).stdout)
        times = told["late_ms"]
        print(f"{told['claims']:9} {told['from_nothing']:20.2f}  {times[len(times) // 2]:.0f}, {times[len(times) * 9 // 10]:.0f}, {times[-1]:.0f}; "
              f"{sum(t < 200 for t in times)}", flush=True)
        documents.unlink()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("program")
    parser.add_argument("--shared", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parents[2] / "shared")
    parser.add_argument("--sizes", default="10000,100000,1000000")
    parser.add_argument("--reprints", type=int, default=100000, help="claims of the set whose near-copies are timed")
    parser.add_argument("--kept", help="program that works documents into a kept record")
    options = parser.parse_args()
    generator = options.shared / "eval/make_claims.py"
    if not generator.is_file():
        print(f"record bench: not run: {generator} is not there")
        return
    with tempfile.TemporaryDirectory(prefix="litopys-record-") as name:
        folder = pathlib.Path(name)
        sizes = [int(size) for size in options.sizes.split(",") if size]
        if sizes:
            claims(options.program, generator, sizes, folder)
        if sizes and options.kept:
            kept(options.kept, generator, sizes, folder)
        if options.reprints:
            reprints(options.program, generator, options.reprints, folder)


if __name__ == "__main__":
    main()
