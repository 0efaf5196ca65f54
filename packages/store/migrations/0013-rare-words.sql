-- Finds rare words among very many signs. `pg_trgm` comes with PostgreSQL, and a database's owner may add it.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE INDEX sign_words ON sign USING gin (words gin_trgm_ops);

-- The ids of signs whose words hold a text, at most so many, in no order.
--
-- Under row-level security an index may not be asked by LIKE, because that operator might tell of rows that are not
-- one's own. So this runs as the owner, and holds the same wall itself: the organisation of the transaction.
CREATE FUNCTION signs_with(text, int) RETURNS SETOF text
LANGUAGE plpgsql STABLE STRICT SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
BEGIN
  -- Planned for this very text each time: how rare it is decides how to look for it.
  RETURN QUERY EXECUTE format(
    'SELECT id FROM sign WHERE organisation = %L AND words LIKE %L LIMIT %s',
    current_setting('jumpkit.organisation'), '%' || regexp_replace($1, '([\\%_])', '\\\1', 'g') || '%', $2
  );
END $$;

REVOKE ALL ON FUNCTION signs_with(text, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION signs_with(text, int) TO jumpkit_app;
