-- Authority that somebody took without the consent it needs, until somebody else has reviewed it. Projection of
-- the log.

CREATE TABLE break_glass (
  organisation text NOT NULL,
  id text NOT NULL,
  incident text NOT NULL,
  person text NOT NULL,
  action text NOT NULL,
  expires_at timestamptz NOT NULL,
  reviewed boolean NOT NULL,
  state jsonb NOT NULL,
  PRIMARY KEY (organisation, id)
);
CREATE INDEX break_glass_of_person ON break_glass (organisation, person, action);
CREATE INDEX break_glass_unreviewed ON break_glass (organisation, incident) WHERE NOT reviewed;

ALTER TABLE break_glass ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON break_glass TO jumpkit_app
  USING (organisation = current_setting('jumpkit.organisation', true))
  WITH CHECK (organisation = current_setting('jumpkit.organisation', true));
GRANT SELECT, INSERT, UPDATE, DELETE ON break_glass TO jumpkit_app;
