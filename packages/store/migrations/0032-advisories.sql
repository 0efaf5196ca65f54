-- Advisories to the constituency, with their versions. A projection of the log.

CREATE TABLE advisory (
  organisation text NOT NULL,
  id text NOT NULL,
  changed_seq bigint NOT NULL,
  -- digests of what was sent, so that nothing is sent twice
  said text[] NOT NULL,
  state jsonb NOT NULL,
  PRIMARY KEY (organisation, id)
);
CREATE INDEX advisory_changed ON advisory (organisation, changed_seq DESC);
CREATE INDEX advisory_said ON advisory USING gin (said);

ALTER TABLE advisory ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON advisory TO jumpkit_app
  USING (organisation = current_setting('jumpkit.organisation', true))
  WITH CHECK (organisation = current_setting('jumpkit.organisation', true));
GRANT SELECT, INSERT, UPDATE, DELETE ON advisory TO jumpkit_app;

-- Mail on its way says in one field what it tells of.
UPDATE outbox SET mail = (mail - 'notification')
  || jsonb_build_object('about', jsonb_build_object('notification', mail -> 'notification'))
WHERE mail ? 'notification';
