#!/usr/bin/env python3
"""Peers of page reading, on the pages of page_bench: pages a second of processor time on one core, the median of ROUNDS and its spread.

  page_peers.py [FOLDER] [ROUNDS]

FOLDER: ../shared/bench/segments/html. Each peer that is not installed is said so. Slow peers get the first 40 pages.
"""
import pathlib, statistics, sys, time

root = pathlib.Path(__file__).resolve().parent.parent
folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else root.parent / "shared/bench/segments/html"
rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
pages = [p.read_bytes() for p in sorted(folder.glob("*.html"))]
own = b"<html><body><article><h1>Slips</h1>" + b"<p>By evening, the clerk said, some forty slips were out, and the stamp was locked away.</p>" * 4 + b"</article></body></html>"


def resiliparse():
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import detect_encoding
    return lambda page: extract_plain_text(page.decode(detect_encoding(page) or "utf-8", "replace"), main_content=True)


def trafilatura():
    from trafilatura import extract
    return lambda page: extract(page)


def htmldate():
    from htmldate import find_date
    return lambda page: find_date(page.decode("utf-8", "replace"), extensive_search=True)


for make, count, wanted in ((resiliparse, len(pages), "forty slips"), (trafilatura, 40, "forty slips"), (htmldate, 40, None)):
    try:
        work = make()
    except ImportError as error:
        print(f"{make.__name__}: peer not installed ({error})")
        continue
    if wanted and wanted not in (work(own) or ""):
        print(f"{make.__name__}: the answer is wrong; not timed")
        continue
    rates = []
    for _ in range(rounds):
        start = time.process_time()
        for page in pages[:count]:
            try:
                work(page)
            except Exception:
                pass
        rates.append(len(pages[:count]) / (time.process_time() - start))
    print(f"{make.__name__}: {statistics.median(rates):.0f} pages/s ({min(rates):.0f} to {max(rates):.0f}), {len(pages[:count])} pages, {rounds} rounds")
