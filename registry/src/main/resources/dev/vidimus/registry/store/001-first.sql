-- The projection of the ledger. Every row names the entry (idx) that made it.

-- Every entry, whether it is a fact or not: fact = 0 was signed by somebody who may not say so.
CREATE TABLE statement (
  idx BIGINT PRIMARY KEY, kind TEXT NOT NULL, envelope TEXT NOT NULL, actor TEXT NOT NULL,
  time TEXT NOT NULL, snapshot TEXT, fact BIGINT NOT NULL, problem TEXT);
CREATE INDEX statement_snapshot ON statement (snapshot, idx);
CREATE INDEX statement_envelope ON statement (envelope);

CREATE TABLE person (
  id TEXT PRIMARY KEY, key TEXT NOT NULL, roles TEXT NOT NULL, service BIGINT NOT NULL,
  removed BIGINT NOT NULL, idx BIGINT NOT NULL);

CREATE TABLE policy (
  digest TEXT NOT NULL, name TEXT NOT NULL, version TEXT NOT NULL, bundle TEXT NOT NULL,
  actor TEXT NOT NULL, time TEXT NOT NULL, idx BIGINT PRIMARY KEY);

CREATE TABLE artifact (
  snapshot TEXT PRIMARY KEY, name TEXT NOT NULL, version BIGINT NOT NULL, submitter TEXT NOT NULL,
  kind TEXT NOT NULL, source TEXT NOT NULL, revision TEXT NOT NULL, hashes BIGINT NOT NULL,
  bytes BIGINT NOT NULL, files BIGINT NOT NULL, tier TEXT NOT NULL, extra BIGINT NOT NULL,
  time TEXT NOT NULL, idx BIGINT NOT NULL, state TEXT NOT NULL,
  UNIQUE (name, version));
CREATE INDEX artifact_state ON artifact (state, idx);

-- The same bytes under another name or from another source.
CREATE TABLE submission (
  idx BIGINT PRIMARY KEY, snapshot TEXT NOT NULL, name TEXT NOT NULL, version BIGINT NOT NULL,
  submitter TEXT NOT NULL, source TEXT NOT NULL, revision TEXT NOT NULL, time TEXT NOT NULL);
CREATE INDEX submission_snapshot ON submission (snapshot);
CREATE INDEX submission_name ON submission (name, version);
CREATE INDEX submission_source ON submission (source);

CREATE TABLE alias (
  alias TEXT NOT NULL, snapshot TEXT NOT NULL, kind TEXT NOT NULL, PRIMARY KEY (alias, snapshot));
CREATE INDEX alias_snapshot ON alias (snapshot);

CREATE TABLE file (
  snapshot TEXT NOT NULL, path TEXT NOT NULL, sha256 TEXT NOT NULL, PRIMARY KEY (snapshot, path));
CREATE INDEX file_sha256 ON file (sha256);

-- The last inspection of each examiner.
CREATE TABLE inspection (
  snapshot TEXT NOT NULL, examiner TEXT NOT NULL, verdict TEXT NOT NULL, complete BIGINT NOT NULL,
  time TEXT NOT NULL, envelope TEXT NOT NULL, findings TEXT NOT NULL, body TEXT NOT NULL,
  idx BIGINT NOT NULL, PRIMARY KEY (snapshot, examiner));

CREATE TABLE finding (
  snapshot TEXT NOT NULL, examiner TEXT NOT NULL, rule TEXT NOT NULL, level TEXT NOT NULL,
  count BIGINT NOT NULL, PRIMARY KEY (snapshot, examiner, rule));
CREATE INDEX finding_rule ON finding (rule);

CREATE TABLE signer (
  snapshot TEXT NOT NULL, signer TEXT NOT NULL, PRIMARY KEY (snapshot, signer));
CREATE INDEX signer_signer ON signer (signer);

CREATE TABLE decision (
  idx BIGINT PRIMARY KEY, snapshot TEXT NOT NULL, environment TEXT NOT NULL, stage TEXT NOT NULL,
  passed BIGINT NOT NULL, outcome TEXT NOT NULL, policy TEXT NOT NULL, evidence TEXT NOT NULL,
  envelope TEXT NOT NULL, facts TEXT NOT NULL, time TEXT NOT NULL);
CREATE INDEX decision_snapshot ON decision (snapshot, environment, idx);
CREATE INDEX decision_envelope ON decision (envelope);

-- Where an artifact was let in: from a decision that passed until another of its name takes over.
-- Whether it still may run is the gate's to say, from revocations and every rule at that instant.
CREATE TABLE promotion (
  snapshot TEXT NOT NULL, environment TEXT NOT NULL, name TEXT NOT NULL, decision TEXT NOT NULL,
  since TEXT NOT NULL, until TEXT, idx BIGINT PRIMARY KEY);
CREATE INDEX promotion_snapshot ON promotion (snapshot, environment);
CREATE INDEX promotion_name ON promotion (name, environment);

CREATE TABLE approval (
  idx BIGINT PRIMARY KEY, snapshot TEXT NOT NULL, environment TEXT NOT NULL, person TEXT NOT NULL,
  policy TEXT NOT NULL, evidence TEXT NOT NULL, rejected BIGINT NOT NULL, reason TEXT NOT NULL,
  envelope TEXT NOT NULL, time TEXT NOT NULL);
CREATE INDEX approval_snapshot ON approval (snapshot, environment);

CREATE TABLE deployment (
  idx BIGINT PRIMARY KEY, snapshot TEXT NOT NULL, environment TEXT NOT NULL,
  workload TEXT NOT NULL, config TEXT, actor TEXT NOT NULL, since TEXT NOT NULL, until TEXT);
CREATE INDEX deployment_snapshot ON deployment (snapshot);
CREATE INDEX deployment_workload ON deployment (environment, workload);
CREATE INDEX deployment_since ON deployment (since);
CREATE INDEX deployment_running ON deployment (environment, workload) WHERE until IS NULL;

CREATE TABLE revocation (
  idx BIGINT PRIMARY KEY, malicious BIGINT NOT NULL, reason TEXT NOT NULL, actor TEXT NOT NULL,
  envelope TEXT NOT NULL, time TEXT NOT NULL);

CREATE TABLE revoked_selector (
  selector TEXT NOT NULL, idx BIGINT NOT NULL, PRIMARY KEY (selector, idx));

CREATE TABLE deprecation (
  snapshot TEXT PRIMARY KEY, replacement TEXT, reason TEXT NOT NULL, actor TEXT NOT NULL,
  time TEXT NOT NULL, idx BIGINT NOT NULL);

CREATE TABLE exception (
  idx BIGINT PRIMARY KEY, snapshot TEXT NOT NULL, rule TEXT NOT NULL, reason TEXT NOT NULL,
  owner TEXT NOT NULL, approver TEXT, created TEXT NOT NULL, expires TEXT NOT NULL,
  envelope TEXT NOT NULL, granted TEXT);
CREATE INDEX exception_snapshot ON exception (snapshot);

CREATE TABLE break_glass (
  idx BIGINT PRIMARY KEY, snapshot TEXT NOT NULL, environment TEXT NOT NULL,
  incident TEXT NOT NULL, reason TEXT NOT NULL, actor TEXT NOT NULL, opened TEXT NOT NULL,
  expires TEXT NOT NULL);
CREATE INDEX break_glass_snapshot ON break_glass (snapshot, environment);
