-- What admins are told of a stop is a notice, written with it.
ALTER TABLE contact_stop DROP COLUMN told;
