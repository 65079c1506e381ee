#!/usr/bin/env bash
# fuzz.sh FOLDER SECONDS: runs each libFuzzer target of FOLDER so long, from fuzz/corpus/NAME; new inputs stay in FOLDER/found/NAME.
set -u
folder=$1
seconds=$2
failed=0
for target in "$folder"/fuzz/*_fuzz; do
  name=$(basename "$target" _fuzz)
  mkdir -p "$folder/found/$name" "$folder/crash"
  dict=()
  [ -f "fuzz/$name.dict" ] && dict=("-dict=fuzz/$name.dict")
  printf -- '-- fuzz %s for %s s … ' "$name" "$seconds"
  if "$target" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=4096 -artifact_prefix="$folder/crash/$name-" "${dict[@]}" \
      "$folder/found/$name" "fuzz/corpus/$name" > "build/log/fuzz-$name.log" 2>&1; then
    grep -E '^(Done|#[0-9]+.*DONE)' "build/log/fuzz-$name.log" | tail -n 1
  else
    echo "FOUND SOMETHING (build/log/fuzz-$name.log, $folder/crash/)"
    failed=1
  fi
done
exit "$failed"
