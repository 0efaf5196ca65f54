-- Exercises: what is planned, who takes part, what was fired and noted. A projection of the log.
-- What is played in one is an incident like any other, with the exercise in its state.

CREATE TABLE exercise (
  organisation text NOT NULL,
  id text NOT NULL,
  status text NOT NULL,
  planned_for timestamptz NOT NULL,
  opened text,
  state jsonb NOT NULL,
  PRIMARY KEY (organisation, id)
);

CREATE INDEX incident_played ON incident (organisation, (state ->> 'exercise')) WHERE state ? 'exercise';

ALTER TABLE exercise ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON exercise TO jumpkit_app
  USING (organisation = current_setting('jumpkit.organisation', true))
  WITH CHECK (organisation = current_setting('jumpkit.organisation', true));
GRANT SELECT, INSERT, UPDATE, DELETE ON exercise TO jumpkit_app;
