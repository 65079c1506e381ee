// The tables of record.db. Anybody may open it with sqlite3: values are the words of GUIDE.md, numbers are exact decimals as text, lists
// are JSON, spans are bytes of document.text.
#pragma once

namespace litopys {

inline constexpr int kRecordFormat = 3;  // PRAGMA user_version

inline constexpr const char* kSchema = R"sql(
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE item (
  item INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, size INTEGER NOT NULL, id TEXT NOT NULL,
  problem_kind TEXT, problem TEXT);
CREATE INDEX item_id ON item (id);

-- each time an item was seen, the first time too: the entry of the custody log, the WARC record, and where its bytes lie
CREATE TABLE sighting (
  entry INTEGER PRIMARY KEY, item INTEGER NOT NULL REFERENCES item, path TEXT NOT NULL, taken TEXT NOT NULL, notes TEXT NOT NULL,
  record TEXT NOT NULL, segment INTEGER NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL);
CREATE INDEX sighting_item ON sighting (item);

-- every other act that the custody log has: read, re-read, exported, withdrawn, ...; detail is JSON
CREATE TABLE act (entry INTEGER PRIMARY KEY, act TEXT NOT NULL, time TEXT NOT NULL, detail TEXT NOT NULL);

CREATE TABLE document (
  document INTEGER PRIMARY KEY REFERENCES item, language TEXT NOT NULL, outlet TEXT, url TEXT, title TEXT,
  published TEXT, published_first INTEGER, published_last INTEGER,  -- days since 1970-01-01
  outlet_folded TEXT, junk TEXT NOT NULL, notes TEXT NOT NULL, text TEXT NOT NULL);

CREATE TABLE claim (
  claim INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES document, number INTEGER NOT NULL,
  start INTEGER NOT NULL, "end" INTEGER NOT NULL, quote TEXT NOT NULL, measure TEXT NOT NULL,
  value TEXT, value2 TEXT, bound TEXT, unit TEXT, figure_text TEXT,
  places TEXT NOT NULL, "when" TEXT, stands_first INTEGER, stands_last INTEGER,  -- days where it stands in time
  sources TEXT NOT NULL, side TEXT NOT NULL, stance TEXT NOT NULL, credence TEXT NOT NULL, targets TEXT NOT NULL,
  confidence REAL NOT NULL, why TEXT NOT NULL,
  review TEXT,  -- right, wrong, corrected: the last word on it; what is wrong is in nothing that is made of claims
  UNIQUE (document, number));
CREATE INDEX claim_measure ON claim (measure);

-- what a review changed, as it was read
CREATE TABLE claim_read (
  claim INTEGER PRIMARY KEY REFERENCES claim, number INTEGER NOT NULL,
  start INTEGER NOT NULL, "end" INTEGER NOT NULL, quote TEXT NOT NULL, measure TEXT NOT NULL,
  value TEXT, value2 TEXT, bound TEXT, unit TEXT, figure_text TEXT,
  places TEXT NOT NULL, "when" TEXT, sources TEXT NOT NULL, side TEXT NOT NULL, stance TEXT NOT NULL, credence TEXT NOT NULL,
  targets TEXT NOT NULL, confidence REAL NOT NULL, why TEXT NOT NULL);

-- every review and mark (their JSON is in act); number is the claim's when it was said, 0 the item's; claim is NULL where nobody reads it
-- so any more; standing: no later one took its place
CREATE TABLE review (
  entry INTEGER PRIMARY KEY REFERENCES act, item INTEGER NOT NULL REFERENCES item, number INTEGER NOT NULL, claim INTEGER REFERENCES claim,
  verdict TEXT NOT NULL, reviewer TEXT NOT NULL, note TEXT NOT NULL, standing INTEGER NOT NULL);
CREATE INDEX review_claim ON review (claim);
CREATE TABLE mark (
  entry INTEGER PRIMARY KEY REFERENCES act, item INTEGER NOT NULL REFERENCES item, number INTEGER NOT NULL, claim INTEGER REFERENCES claim,
  tag TEXT NOT NULL, marker TEXT NOT NULL, note TEXT NOT NULL, standing INTEGER NOT NULL);
CREATE INDEX mark_item ON mark (item);

CREATE TABLE claim_place (code TEXT NOT NULL, claim INTEGER NOT NULL REFERENCES claim, PRIMARY KEY (code, claim)) WITHOUT ROWID;
CREATE TABLE claim_source (claim INTEGER NOT NULL REFERENCES claim, rank INTEGER NOT NULL, name TEXT NOT NULL, folded TEXT NOT NULL,
  PRIMARY KEY (claim, rank)) WITHOUT ROWID;

-- words by lemma (store/words.h), of the quote and of the whole document; rowid is the claim's and the document's
CREATE VIRTUAL TABLE claim_words USING fts5 (words, content='', tokenize="unicode61 remove_diacritics 0");
CREATE VIRTUAL TABLE document_words USING fts5 (words, content='', tokenize="unicode61 remove_diacritics 0");
)sql";

}  // namespace litopys
