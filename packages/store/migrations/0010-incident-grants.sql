-- Leave for a coordinating team to read one incident and to advise on it. Projection of the log.

CREATE TABLE incident_grant (
  organisation text NOT NULL,
  id text NOT NULL,
  incident text NOT NULL,
  team text NOT NULL,
  active boolean NOT NULL,
  state jsonb NOT NULL,
  PRIMARY KEY (organisation, id)
);
CREATE INDEX incident_grant_of_incident ON incident_grant (organisation, incident) WHERE active;
CREATE INDEX incident_grant_of_team ON incident_grant (organisation, team) WHERE active;

ALTER TABLE incident_grant ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON incident_grant TO jumpkit_app
  USING (organisation = current_setting('jumpkit.organisation', true))
  WITH CHECK (organisation = current_setting('jumpkit.organisation', true));
GRANT SELECT, INSERT, UPDATE, DELETE ON incident_grant TO jumpkit_app;
