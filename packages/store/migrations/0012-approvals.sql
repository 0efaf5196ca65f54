-- Requests for consent to one act. Projection of the log.

CREATE TABLE approval (
  organisation text NOT NULL,
  id text NOT NULL,
  incident text,
  asker text NOT NULL,
  sha256 text NOT NULL,
  -- neither refused nor withdrawn nor used; its time may have run out all the same
  open boolean NOT NULL,
  expires_at timestamptz NOT NULL,
  asked_seq bigint NOT NULL,
  state jsonb NOT NULL,
  PRIMARY KEY (organisation, id)
);
CREATE INDEX approval_open ON approval (organisation, expires_at) WHERE open;
CREATE INDEX approval_of_incident ON approval (organisation, incident, asked_seq DESC);
CREATE INDEX approval_of_asker ON approval (organisation, asker, asked_seq DESC);

ALTER TABLE approval ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON approval TO jumpkit_app
  USING (organisation = current_setting('jumpkit.organisation', true))
  WITH CHECK (organisation = current_setting('jumpkit.organisation', true));
GRANT SELECT, INSERT, UPDATE, DELETE ON approval TO jumpkit_app;
