#!/usr/bin/env python3
"""The named character references of HTML, as src/page/entities.inc.

  tools/entities.py > src/page/entities.inc

The table is a fact of the standard (HTML, section "Named character references"); it is taken from Python's html.entities.html5,
which is made from the standard's own entities.json.
"""
import html.entities, sys

table = sorted(html.entities.html5.items(), key=lambda kv: kv[0].encode())
print("// Made by tools/entities.py. Do not edit.")
print("// Source: WHATWG HTML, Named character references, by html.entities.html5 of Python %d.%d." % sys.version_info[:2])
print("// %d names, sorted by bytes; a name has its semicolon where the standard gives it one. Columns: name, first code point, second or 0." % len(table))
print("inline constexpr NamedReference kNamedReferences[] = {")
for name, value in table:
    points = [ord(c) for c in value]
    print('    {"%s", 0x%X, 0x%X},' % (name, points[0], points[1] if len(points) > 1 else 0))
print("};")
print("static_assert(std::size(kNamedReferences) == %d);" % len(table))
