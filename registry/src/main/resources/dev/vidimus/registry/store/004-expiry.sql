-- When the evidence that a decision rests on is too old.
ALTER TABLE decision ADD COLUMN until TEXT;
CREATE INDEX decision_until ON decision (until);
