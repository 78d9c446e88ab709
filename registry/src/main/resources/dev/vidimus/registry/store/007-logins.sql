-- Challenges that were answered with a person's key, each once, and what such an answer opens, once.
CREATE TABLE login (
  nonce TEXT PRIMARY KEY, hash TEXT NOT NULL UNIQUE, person TEXT NOT NULL, opens TEXT NOT NULL,
  expires TEXT NOT NULL);
