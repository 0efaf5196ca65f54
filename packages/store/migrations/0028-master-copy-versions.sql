-- No two master copies of a host have the same version, whoever registers them at the same moment.

DROP INDEX master_copy_named;
CREATE UNIQUE INDEX master_copy_versions ON master_copy (organisation, folded, version DESC);
