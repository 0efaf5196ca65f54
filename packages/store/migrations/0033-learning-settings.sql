-- How an organisation arranges what it learns from, such as its follow-up reports. Projections of the log.

CREATE TABLE learning_setting (
  organisation text NOT NULL,
  name text NOT NULL,
  state jsonb NOT NULL,
  PRIMARY KEY (organisation, name)
);

ALTER TABLE learning_setting ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON learning_setting TO jumpkit_app
  USING (organisation = current_setting('jumpkit.organisation', true))
  WITH CHECK (organisation = current_setting('jumpkit.organisation', true));
GRANT SELECT, INSERT, UPDATE, DELETE ON learning_setting TO jumpkit_app;
