-- Words are looked for in blocks of signs, and then in the signs of the blocks that were found.
--
-- An index over each sign's own words was written anew with every event that a sign took up, and cost more with every
-- sign there was. A block is written once, for up to 8 signs that came together, and holds each of their lines once.
DROP INDEX sign_words;

CREATE TABLE sign_words (
  organisation text NOT NULL,
  signs text[] NOT NULL,
  words text NOT NULL
);

ALTER TABLE sign_words ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON sign_words TO jumpkit_app
  USING (organisation = current_setting('jumpkit.organisation', true))
  WITH CHECK (organisation = current_setting('jumpkit.organisation', true));
GRANT SELECT, INSERT ON sign_words TO jumpkit_app;

CREATE FUNCTION blocks_of_written_signs() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
  INSERT INTO sign_words (organisation, signs, words)
  SELECT organisation, array_agg(DISTINCT id), string_agg(DISTINCT line, E'\n')
  FROM (
    -- Neighbours share most of their lines.
    SELECT *, row_number() OVER (PARTITION BY organisation ORDER BY entity, id) / 8 AS block FROM written
  ) each, string_to_table(words, E'\n') line
  GROUP BY organisation, block;
  RETURN NULL;
END $$;

-- A sign whose words have changed is in a new block too; what its old one promises is looked up in the sign itself.
CREATE FUNCTION blocks_of_changed_signs() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
  INSERT INTO sign_words (organisation, signs, words)
  SELECT organisation, ARRAY[id], written.words
  FROM written JOIN before USING (organisation, id) WHERE written.words <> before.words;
  RETURN NULL;
END $$;

CREATE TRIGGER words_written AFTER INSERT ON sign REFERENCING NEW TABLE AS written
FOR EACH STATEMENT EXECUTE FUNCTION blocks_of_written_signs();

CREATE TRIGGER words_changed AFTER UPDATE ON sign REFERENCING OLD TABLE AS before NEW TABLE AS written
FOR EACH STATEMENT EXECUTE FUNCTION blocks_of_changed_signs();

INSERT INTO sign_words (organisation, signs, words)
SELECT organisation, array_agg(DISTINCT id), string_agg(DISTINCT line, E'\n')
FROM (
  SELECT *, row_number() OVER (PARTITION BY organisation ORDER BY first_at, id) / 8 AS block FROM sign
) each, string_to_table(words, E'\n') line
GROUP BY organisation, block;

CREATE INDEX words_of_blocks ON sign_words USING gin (words gin_trgm_ops);

-- The ids of signs whose words hold a text, at most so many, in no order; one may come twice. It runs as the owner, as
-- it did before, and holds the wall between organisations itself.
CREATE OR REPLACE FUNCTION signs_with(text, int) RETURNS SETOF text
LANGUAGE plpgsql STABLE STRICT SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
BEGIN
  -- Planned for this very text each time: how rare it is decides how to look for it.
  RETURN QUERY EXECUTE format(
    'SELECT s.id FROM sign_words w CROSS JOIN unnest(w.signs) one (id)
     JOIN sign s ON s.organisation = w.organisation AND s.id = one.id
     WHERE w.organisation = %1$L AND w.words LIKE %2$L AND strpos(s.words, %3$L) > 0 LIMIT %4$s',
    current_setting('jumpkit.organisation'),
    '%' || regexp_replace($1, '([\\%_])', '\\\1', 'g') || '%', $1, $2
  );
END $$;
