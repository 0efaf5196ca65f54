-- The role that every transaction of an organisation runs as (SET LOCAL ROLE jumpkit_app).
--
-- Row-level security binds it, while the owner of the tables, who signs people in and makes backups, is
-- not bound. Roles belong to the whole server and not to one database, so another Jumpkit on the same
-- server may have made it already or may be making it at this moment.

DO $$
DECLARE
  owner constant name := current_user;
  may_set_role boolean;
BEGIN
  FOR attempt IN 1..20 LOOP
    BEGIN
      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'jumpkit_app') THEN
        CREATE ROLE jumpkit_app NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
      END IF;
      IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'jumpkit_app' AND (rolsuper OR rolbypassrls)) THEN
        RAISE 'the role jumpkit_app must not be a superuser nor bypass row-level security: '
          'ALTER ROLE jumpkit_app NOSUPERUSER NOBYPASSRLS';
      END IF;
      -- Since PostgreSQL 16, who creates a role may administer it but not yet become it.
      IF current_setting('server_version_num')::int >= 160000 THEN
        EXECUTE $ask$ SELECT pg_has_role($1, 'jumpkit_app', 'SET') $ask$ INTO may_set_role USING owner;
      ELSE
        may_set_role := pg_has_role(owner, 'jumpkit_app', 'MEMBER');
      END IF;
      IF NOT may_set_role THEN
        EXECUTE format('GRANT jumpkit_app TO %I', owner);
      END IF;
      EXIT;
    EXCEPTION
      WHEN duplicate_object OR unique_violation OR undefined_object OR internal_error THEN
        -- Another starter was faster, or changed the same row at the same moment: look again.
        IF attempt = 20 THEN
          RAISE;
        END IF;
        PERFORM pg_sleep(0.05);
      WHEN insufficient_privilege THEN
        RAISE insufficient_privilege USING MESSAGE = format(
          'the account %1$I may not create or grant the role jumpkit_app; let a superuser run once: '
          'CREATE ROLE jumpkit_app NOLOGIN; GRANT jumpkit_app TO %1$I', owner);
    END;
  END LOOP;
END
$$;
