-- A reply can answer an advisory.
ALTER TABLE reply ADD COLUMN advisory text;
CREATE INDEX reply_to_advisory ON reply (organisation, advisory, id) WHERE advisory IS NOT NULL;
UPDATE reply SET state = state || '{"advisory": null}' WHERE NOT state ? 'advisory';
