-- Runs of connectors. Operational: their outcome is an entry of the log, these rows are never exported.

CREATE TABLE connector_run (
  organisation text NOT NULL,
  id text NOT NULL,
  isolation text NOT NULL,
  -- pending, then running before anything is done, then done | failed | unknown | not_run; never back
  state text NOT NULL CHECK (state IN ('pending', 'running', 'done', 'failed', 'unknown', 'not_run')),
  asked_at timestamptz NOT NULL,
  taken_at timestamptz,
  over_at timestamptz,
  PRIMARY KEY (organisation, id)
);
CREATE INDEX connector_run_open ON connector_run (state, asked_at) WHERE state IN ('pending', 'running');

ALTER TABLE connector_run ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON connector_run TO jumpkit_app
  USING (organisation = current_setting('jumpkit.organisation', true))
  WITH CHECK (organisation = current_setting('jumpkit.organisation', true));
GRANT SELECT, INSERT, UPDATE ON connector_run TO jumpkit_app;
