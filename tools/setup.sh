#!/usr/bin/env bash
# setup.sh build|test…: installs the Debian packages that are missing, through apt by name. Asks nothing. Needs root or password-less
# sudo only where something is missing; without either it prints the line to run.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! command -v dpkg-query > /dev/null; then
  echo "litopys is built on Debian 12; this machine has no dpkg. docs/dependencies.md lists what is needed." >&2
  exit 1
fi

wanted=()
for set in "$@"; do
  mapfile -t -O "${#wanted[@]}" wanted < <(grep -vE '^\s*(#|$)' "tools/packages-$set.txt")
done
missing=()
for package in "${wanted[@]}"; do
  [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2> /dev/null)" = installed ] || missing+=("$package")
done
if [ "${#missing[@]}" -eq 0 ]; then
  echo "-- packages: all ${#wanted[@]} are there"
  exit 0
fi

line="apt-get install -y --no-install-recommends ${missing[*]}"
if [ "$(id -u)" -eq 0 ]; then
  as_root=()
elif sudo -n true 2> /dev/null; then
  as_root=(sudo -n)
else
  echo "These packages are missing and neither root nor sudo is at hand. Run this as root, then try again:" >&2
  echo "  apt-get update && $line" >&2
  exit 1
fi
echo "-- packages: installing ${missing[*]}"
mkdir -p build/log
export DEBIAN_FRONTEND=noninteractive
if ! { "${as_root[@]}" apt-get -o DPkg::Lock::Timeout=600 update && "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
      apt-get -o DPkg::Lock::Timeout=600 install -y --no-install-recommends "${missing[@]}"; } > build/log/apt.log 2>&1; then
  tail -n 20 build/log/apt.log >&2
  echo "apt-get failed (build/log/apt.log). The line was: $line" >&2
  exit 1
fi
echo "-- packages: done"
