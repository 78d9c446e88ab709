-- The checkpoint, verified, up to which the log was applied: at most one row.
CREATE TABLE applied (checkpoint TEXT NOT NULL);
