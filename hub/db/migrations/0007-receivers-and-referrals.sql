-- Keys the hub signs with, for a receiver's system and for links to its page. Here and not in a file, so that every hub
-- process on this database signs alike, and a backup can still prove what was sent.
CREATE TABLE hub_keys (
  kid text PRIMARY KEY,
  private_jwk text NOT NULL,
  made_at bigint NOT NULL,
  -- Links signed with it are still read; nothing new is signed.
  retired_at bigint
);

-- Teams that take hand-overs through the hub. Never deleted: a referral names one.
CREATE TABLE receivers (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  ods text,
  how text NOT NULL CHECK (how IN ('system', 'page')),
  endpoint text,
  public_key jsonb,
  added_at bigint NOT NULL,
  ended_at bigint,
  CHECK (how = 'page' OR (endpoint IS NOT NULL AND public_key IS NOT NULL))
);

-- One hand-over of a call to a receiver. What is sent is made once and never changed; it goes once it is answered.
CREATE TABLE referrals (
  id uuid PRIMARY KEY,
  call uuid NOT NULL,
  stream uuid NOT NULL,
  seq bigint NOT NULL,
  receiver uuid NOT NULL REFERENCES receivers (id),
  made_at bigint NOT NULL,
  -- A FHIR bundle for a system; a piece of HTML for the page.
  message text,
  card text,
  tries integer NOT NULL DEFAULT 0,
  -- Null: there is nothing to send (any more).
  next_try_at bigint,
  trouble text,
  delivered_at bigint,
  failed_at bigint,
  withdrawn_at bigint,
  opened_by text,
  opened_at bigint,
  answer text,
  answered_via text CHECK (answered_via IN ('system', 'page')),
  answered_at bigint,
  -- The call's own log holds an answer: no desk has to be told any more.
  settled_at bigint,
  UNIQUE (stream, seq)
);
CREATE INDEX referrals_due ON referrals (next_try_at) WHERE next_try_at IS NOT NULL;
CREATE INDEX referrals_open ON referrals (call) WHERE settled_at IS NULL;
