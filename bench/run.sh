#!/usr/bin/env bash
# run.sh BUILD: runs every benchmark, five repetitions, medians shown; the whole output goes to bench/results/.
set -euo pipefail
build=$1
mkdir -p bench/results
for program in "$build"/bench/*_bench; do
  name=$(basename "$program")
  echo "-- $name"
  "$program" --benchmark_repetitions=5 --benchmark_report_aggregates_only=true \
    --benchmark_out="bench/results/$name.json" --benchmark_out_format=json | grep -E 'median|^Benchmark|^CPU|^Run'
done
# The program itself, and the record on made sets of claims (tools beside the repository; says so where they are absent).
echo "-- record"
python3 bench/record_bench.py "$build/litopys" --kept "$build/bench/kept_record"
