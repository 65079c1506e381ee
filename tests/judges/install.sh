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

python_group stamps rfc3161-client==1.0.9
python_group json rfc8785==0.1.4
python_group archives warcio==1.8.1 wacz==0.6.0 bagit==1.9.0
go_program tlogcheck
go_program fsckexit
exit 0
