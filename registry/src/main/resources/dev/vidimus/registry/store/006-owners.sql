-- Which server works at a job: those of a server that is gone were interrupted.
ALTER TABLE job ADD COLUMN owner TEXT NOT NULL DEFAULT '';
