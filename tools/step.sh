#!/usr/bin/env bash
# step.sh NAME COMMAND…: says what is being done, keeps its output in build/log/, and prints that output only when it fails.
set -u
name=$1; shift
mkdir -p build/log
log="build/log/$(echo "$name" | tr -c 'a-z0-9\n' '-').log"
printf -- '-- %s … ' "$name"
start=$(date +%s)
if "$@" > "$log" 2>&1; then
  printf 'done (%d s)\n' "$(( $(date +%s) - start ))"
else
  status=$?
  printf 'FAILED (%d s), from %s:\n' "$(( $(date +%s) - start ))" "$log"
  tail -n 80 "$log"
  exit "$status"
fi
