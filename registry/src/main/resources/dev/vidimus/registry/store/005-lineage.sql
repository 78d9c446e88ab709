-- What an artifact is made from, as it is said and as it was computed again.

-- What its files and attestations say: `model`, `dataset`, `code` or `tool` by name or by digest.
-- `direct` = 0 says of a forebear, which need not be a parent.
CREATE TABLE claim (
  snapshot TEXT NOT NULL, examiner TEXT NOT NULL, kind TEXT NOT NULL, relation TEXT NOT NULL,
  direct BIGINT NOT NULL, target TEXT NOT NULL, revision TEXT NOT NULL, digest TEXT NOT NULL,
  place TEXT NOT NULL, status TEXT NOT NULL, idx BIGINT NOT NULL);
CREATE INDEX claim_snapshot ON claim (snapshot);
CREATE INDEX claim_target ON claim (target);

-- Every comparison, one row for each thing that it was compared with; none replaces another.
CREATE TABLE derivation (
  idx BIGINT NOT NULL, place BIGINT NOT NULL, snapshot TEXT NOT NULL, parent TEXT NOT NULL,
  role TEXT NOT NULL, relation TEXT NOT NULL, verdict TEXT NOT NULL, reason TEXT NOT NULL,
  note TEXT NOT NULL, envelope TEXT NOT NULL, time TEXT NOT NULL, PRIMARY KEY (idx, place));
CREATE INDEX derivation_snapshot ON derivation (snapshot, idx);
CREATE INDEX derivation_parent ON derivation (parent);

-- Weights, one row for each folder that has some.
CREATE TABLE model (
  snapshot TEXT NOT NULL, folder TEXT NOT NULL, format TEXT NOT NULL, root TEXT NOT NULL,
  multiset TEXT NOT NULL, tensors BIGINT NOT NULL, bytes BIGINT NOT NULL,
  PRIMARY KEY (snapshot, folder));
CREATE INDEX model_root ON model (root);

CREATE TABLE tensor (
  digest TEXT NOT NULL, snapshot TEXT NOT NULL, folder TEXT NOT NULL, name TEXT NOT NULL,
  dtype TEXT NOT NULL, shape TEXT NOT NULL, bytes BIGINT NOT NULL,
  PRIMARY KEY (digest, snapshot, folder, name));
CREATE INDEX tensor_snapshot ON tensor (snapshot);

-- Whether what is known of origins is still all of it.
CREATE INDEX inspection_idx ON inspection (idx);
