"""The peer of warc_bench: FastWARC over one file. Prints records, body bytes, digests that are right, CPU seconds; or why not."""
import sys
import time

try:
    from fastwarc.warc import ArchiveIterator, WarcRecordType
except ImportError:
    print("peer not installed: pip install fastwarc")
    sys.exit(0)

path, mode = sys.argv[1:3]
records = size = right = 0
start = time.process_time()
with open(path, "rb") as file:
    for record in ArchiveIterator(file, parse_http=True, record_types=WarcRecordType.response):
        records += 1
        size += record.content_length
        if mode == "digest":
            right += record.verify_payload_digest()
print(records, size, right, time.process_time() - start)
