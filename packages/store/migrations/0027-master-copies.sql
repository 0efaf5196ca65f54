-- Master copies of hosts with their review, approval, checks and accepted differences. A projection of the log.

CREATE TABLE master_copy (
  organisation text NOT NULL,
  id text NOT NULL,
  folded text NOT NULL,
  version integer NOT NULL,
  active boolean NOT NULL,
  state jsonb NOT NULL,
  PRIMARY KEY (organisation, id)
);
CREATE INDEX master_copy_named ON master_copy (organisation, folded, version DESC, id);

ALTER TABLE master_copy ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON master_copy TO jumpkit_app
  USING (organisation = current_setting('jumpkit.organisation', true))
  WITH CHECK (organisation = current_setting('jumpkit.organisation', true));
GRANT SELECT, INSERT, UPDATE, DELETE ON master_copy TO jumpkit_app;
