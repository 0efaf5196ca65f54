-- Whom others are told of an incident, what was released to each, and who writes. Projections of the log.

CREATE TABLE letterhead (
  organisation text NOT NULL,
  state jsonb NOT NULL,
  PRIMARY KEY (organisation)
);

CREATE TABLE notification (
  organisation text NOT NULL,
  id text NOT NULL,
  incident text NOT NULL,
  -- whether the answer of somebody who was told is waited for
  waiting boolean NOT NULL,
  answer_by text,
  state jsonb NOT NULL,
  PRIMARY KEY (organisation, id)
);
CREATE INDEX notification_of_incident ON notification (organisation, incident, id);
CREATE INDEX notification_waiting ON notification (organisation, answer_by, id) WHERE waiting;

-- The bytes that were released to each recipient last.
CREATE TABLE notification_release (
  organisation text NOT NULL,
  notification text NOT NULL,
  contact text NOT NULL,
  subject text NOT NULL,
  message text NOT NULL,
  sha256 text NOT NULL,
  PRIMARY KEY (organisation, notification, contact)
);

-- Mail on its way: operational, no projection. What was claimed is never tried again.
CREATE TABLE outbox (
  organisation text NOT NULL,
  message_id text NOT NULL,
  sender jsonb NOT NULL,
  mail jsonb NOT NULL,
  queued_at timestamptz NOT NULL,
  claimed_at timestamptz,
  PRIMARY KEY (organisation, message_id)
);
CREATE INDEX outbox_waiting ON outbox (queued_at) WHERE claimed_at IS NULL;

DO $$
DECLARE
  wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['letterhead', 'notification', 'notification_release', 'outbox'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', wanted);
    EXECUTE format(
      'CREATE POLICY own_organisation ON %I TO jumpkit_app
         USING (organisation = current_setting(''jumpkit.organisation'', true))
         WITH CHECK (organisation = current_setting(''jumpkit.organisation'', true))',
      wanted);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO jumpkit_app', wanted);
  END LOOP;
END $$;
