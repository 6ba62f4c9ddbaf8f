-- Who has each call: the desk that began it, then whoever was given a lease. Null: given back, anybody may have it.
-- `fence` is the number of the newest lease; 0 while the desk that began it has it without one.
ALTER TABLE calls ADD COLUMN holder uuid REFERENCES desks (id);
ALTER TABLE calls ADD COLUMN held_since bigint NOT NULL DEFAULT 0;
ALTER TABLE calls ADD COLUMN fence bigint NOT NULL DEFAULT 0;
UPDATE calls SET holder = (
  SELECT streams.desk FROM events JOIN streams USING (stream)
  WHERE events.call = calls.call AND position IS NOT NULL ORDER BY position LIMIT 1);

-- Every lease ever granted stays, for whoever asks later who had a call when.
CREATE TABLE leases (
  call uuid NOT NULL REFERENCES calls (call),
  fence bigint NOT NULL CHECK (fence >= 1),
  desk uuid NOT NULL REFERENCES desks (id),
  taken_from uuid REFERENCES desks (id),
  reason text,
  granted_at bigint NOT NULL,
  expires_at bigint NOT NULL,
  released_at bigint,
  PRIMARY KEY (call, fence)
);

-- An enrolment may end on a day that was set when it was made; null: it does not.
ALTER TABLE desks ADD COLUMN expires_at bigint;
-- A code may be for one desk that is known already (a new key for it), and may set how long its enrolment lasts.
ALTER TABLE enrolment_codes ADD COLUMN for_desk uuid REFERENCES desks (id);
ALTER TABLE enrolment_codes ADD COLUMN enrols_for_ms bigint;

-- A stream goes to another desk only by proof of the old key, or by an administrator.
CREATE TABLE stream_transfers (
  n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  stream uuid NOT NULL REFERENCES streams (stream),
  from_desk uuid NOT NULL REFERENCES desks (id),
  to_desk uuid NOT NULL REFERENCES desks (id),
  at bigint NOT NULL,
  how text NOT NULL CHECK (how IN ('oldKey', 'administrator'))
);
CREATE INDEX stream_transfers_stream ON stream_transfers (stream);

-- Assertions that were used, until they expire: each works once, at whichever hub. Losing them in a crash would only
-- let an assertion of the last minute work twice.
CREATE UNLOGGED TABLE used_assertions (
  jti uuid PRIMARY KEY,
  expires_at bigint NOT NULL
);
CREATE INDEX used_assertions_expiry ON used_assertions (expires_at);
