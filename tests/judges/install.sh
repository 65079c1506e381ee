#!/usr/bin/env bash
# Installs the programs that judge what litopys writes into FOLDER, by package name, each group by itself: what cannot be had is missing
# there, and the tests that need it say so. Nothing outside FOLDER is touched.
#
#   tests/judges/install.sh FOLDER SHARED
#
# SHARED is the folder with checkers/ (small programs around the judges); without it the programs that need it are left out.
set -uo pipefail
folder=$(realpath -m "$1")
shared=$(realpath -m "$2")
mkdir -p "$folder"

say() { printf '%s\n' "judges: $*"; }

# NAME, then packages: a venv of its own in FOLDER/NAME.
python_group() {
  local name=$1
  shift
  [ -e "$folder/$name/done" ] && return
  rm -rf "${folder:?}/$name"
  if python3 -m venv "$folder/$name" && "$folder/$name/bin/pip" install --quiet --disable-pip-version-check --no-input "$@"; then
    touch "$folder/$name/done"
    say "$name: $*"
  else
    rm -rf "${folder:?}/$name"
    say "$name: cannot be installed"
  fi
}

# NAME: a Go program of SHARED/checkers/NAME, built into FOLDER/NAME.
go_program() {
  local name=$1
  [ -x "$folder/$name" ] && return
  if [ ! -d "$shared/checkers/$name" ] || ! command -v go > /dev/null; then
    say "$name: needs Go and the checkers"
    return
  fi
  export GOPATH="$folder/go" GOCACHE="$folder/go-cache" GOFLAGS=-modcacherw GOTOOLCHAIN=local
  if go build -C "$shared/checkers/$name" -o "$folder/$name.new" . && mv "$folder/$name.new" "$folder/$name"; then
    say "$name: built"
  else
    say "$name: cannot be built"
  fi
}

# FOLDER/jwatcheck: JWAT, the reader that national libraries use, by Maven, behind SHARED/checkers/jwatcheck.
jwat() {
  local at=$shared/checkers/jwatcheck
  [ -x "$folder/jwatcheck" ] && return
  if [ ! -d "$at" ] || ! command -v java > /dev/null || ! command -v mvn > /dev/null; then
    say "jwatcheck: needs Java, Maven and the checkers"
    return
  fi
  if mvn -q -B -f "$at/pom.xml" -Dmaven.repo.local="$folder/m2" dependency:build-classpath -Dmdep.outputFile="$folder/jwat.classpath" > /dev/null; then
    printf '#!/bin/sh\nexec java -cp "%s" "%s" "$@"\n' "$(cat "$folder/jwat.classpath")" "$at/JwatCheck.java" > "$folder/jwatcheck.new"
    chmod +x "$folder/jwatcheck.new" && mv "$folder/jwatcheck.new" "$folder/jwatcheck"
    say "jwatcheck: fetched"
  else
    say "jwatcheck: cannot be fetched"
  fi
}

python_group stamps rfc3161-client==1.0.9
python_group json rfc8785==0.1.4
python_group archives warcio==1.8.1 wacz==0.6.0 bagit==1.9.0
go_program tlogcheck
go_program fsckexit
jwat

# Where one group of Python packages could be had, the index is within reach, and the others can be had too: in continuous integration a test
# that misses one of them then fails instead of saying "not run" (judges.h).
rm -f "$folder/reachable"
for name in stamps json archives; do
  if [ -e "$folder/$name/done" ]; then touch "$folder/reachable"; fi
done
exit 0
