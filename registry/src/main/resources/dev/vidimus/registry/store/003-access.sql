-- Who may ask a server, and what it works at. None of it is evidence, and none of it is rebuilt
-- from the ledger. Of whatever opens a door only the SHA-256 is kept.

CREATE TABLE token (
  id TEXT PRIMARY KEY, hash TEXT NOT NULL UNIQUE, person TEXT NOT NULL, label TEXT NOT NULL,
  roles TEXT NOT NULL, environment TEXT NOT NULL, repositories TEXT NOT NULL,
  created TEXT NOT NULL, expires TEXT NOT NULL, ended TEXT);
CREATE INDEX token_person ON token (person);

-- What a person proves with that it is them.
CREATE TABLE secret (person TEXT PRIMARY KEY, hash TEXT NOT NULL UNIQUE, since TEXT NOT NULL);

CREATE TABLE invitation (
  hash TEXT PRIMARY KEY, person TEXT NOT NULL, created TEXT NOT NULL, expires TEXT NOT NULL);

CREATE TABLE session (
  hash TEXT PRIMARY KEY, person TEXT NOT NULL, created TEXT NOT NULL, expires TEXT NOT NULL);
CREATE INDEX session_expires ON session (expires);

-- Answers to writes that carried a key, for whoever repeats one.
CREATE TABLE answered (
  caller TEXT NOT NULL, name TEXT NOT NULL, request TEXT NOT NULL, status BIGINT NOT NULL,
  body TEXT NOT NULL, time TEXT NOT NULL, PRIMARY KEY (caller, name));
CREATE INDEX answered_time ON answered (time);

CREATE TABLE job (
  id TEXT PRIMARY KEY, person TEXT NOT NULL, source TEXT NOT NULL, name TEXT NOT NULL,
  environment TEXT NOT NULL, state TEXT NOT NULL, created TEXT NOT NULL, finished TEXT,
  snapshot TEXT, outcome TEXT, problem TEXT);
CREATE INDEX job_created ON job (created);

CREATE TABLE pull (
  time TEXT NOT NULL, token TEXT NOT NULL, person TEXT NOT NULL, name TEXT NOT NULL,
  environment TEXT NOT NULL, snapshot TEXT NOT NULL, revision TEXT NOT NULL, path TEXT NOT NULL,
  status BIGINT NOT NULL, reason TEXT NOT NULL, bytes BIGINT NOT NULL, agent TEXT NOT NULL);
CREATE INDEX pull_snapshot ON pull (snapshot, time);
CREATE INDEX pull_time ON pull (time);
