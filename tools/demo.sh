#!/usr/bin/env bash
# demo.sh: takes samples/ into a fresh casebook under demo/, prints what the record says, writes demo/report.html.
set -euo pipefail
cd "$(dirname "$0")/.."
litopys=build/release/litopys

rm -rf demo
mkdir -p demo
echo "-- litopys add demo/my.case samples"
"$litopys" add demo/my.case samples/en samples/uk samples/ru
echo
echo "-- litopys series demo/my.case --measure issuance --place UA-TOT"
"$litopys" series demo/my.case --measure issuance --place UA-TOT
echo
echo "-- litopys findings demo/my.case --kind contradiction --since 2023-09      (what cannot all be true)"
"$litopys" findings demo/my.case --kind contradiction --since 2023-09
echo
spokeswoman=$("$litopys" claims demo/my.case --source Volk --measure issuance --json |
  sed -n '1s/.*"document": "\([^"]*\)", "number": \([0-9]*\).*/\1#\2/p')
echo "-- litopys statement demo/my.case $spokeswoman      (one voice, two outlets)"
"$litopys" statement demo/my.case "$spokeswoman"
echo
echo "-- litopys origins demo/my.case --measure issuance --side russia"
"$litopys" origins demo/my.case --measure issuance --side russia
echo
echo "-- litopys claims demo/my.case --measure deadline"
"$litopys" claims demo/my.case --measure deadline
echo
echo "-- litopys claims demo/my.case --text 'пенсія'      (finds every form of the word)"
"$litopys" claims demo/my.case --text 'пенсія'
echo
"$litopys" report demo/my.case -o demo/report.html
"$litopys" report demo/my.case --lang uk -o demo/report-uk.html
echo
echo "Open demo/report.html in a browser; it needs no network."
