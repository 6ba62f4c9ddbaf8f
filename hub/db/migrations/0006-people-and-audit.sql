-- Which people have signed in at which desk, in which role, by a token that was checked. `person` is the issuer's own
-- id for them. An event that names anybody else as its author is flagged.
CREATE TABLE desk_people (
  desk uuid NOT NULL REFERENCES desks (id),
  person text NOT NULL,
  role text NOT NULL,
  first_at bigint NOT NULL,
  last_at bigint NOT NULL,
  PRIMARY KEY (desk, person, role)
);

-- A person's token belongs to the first desk that shows it, until it expires: one that was stolen is of no use to
-- another desk. Only its SHA-256 is kept.
CREATE TABLE person_tokens (
  sha256 text PRIMARY KEY,
  desk uuid NOT NULL REFERENCES desks (id),
  expires_at bigint NOT NULL
);
CREATE INDEX person_tokens_expiry ON person_tokens (expires_at);

-- Who did what that somebody may have to account for. Never what a caller said, no name: ids and our own words.
CREATE TABLE audit (
  n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at bigint NOT NULL,
  kind text NOT NULL,
  desk uuid REFERENCES desks (id),
  person text,
  call uuid,
  detail text NOT NULL DEFAULT ''
);
CREATE INDEX audit_at ON audit (at);
CREATE INDEX audit_desk ON audit (desk, kind, n);

-- Lines are added and nothing else. (An owner of the database can take this away; doing so is theirs to answer for.)
CREATE FUNCTION audit_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit is append-only';
END $$;
CREATE TRIGGER audit_only_grows BEFORE UPDATE OR DELETE ON audit
  FOR EACH ROW EXECUTE FUNCTION audit_only_grows();
CREATE TRIGGER audit_is_kept BEFORE TRUNCATE ON audit
  FOR EACH STATEMENT EXECUTE FUNCTION audit_only_grows();
