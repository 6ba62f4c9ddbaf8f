-- Desks, their streams, what they sent, and what the hub said about it. Times are UTC milliseconds, as in the
-- protocol. Event texts are `text`, not `jsonb`: jsonb refuses \u0000 and rewrites numbers, and then a stored hash
-- could no longer be recomputed from the stored row.

CREATE TABLE desks (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  public_key jsonb NOT NULL,
  enrolled_at bigint NOT NULL,
  revoked_at bigint
);

-- A code is kept only as its SHA-256 and works for one desk.
CREATE TABLE enrolment_codes (
  code_sha256 text PRIMARY KEY,
  expires_at bigint NOT NULL,
  used_by uuid REFERENCES desks (id)
);

-- One writer each: the desk that pushed first. `acked`: every number up to it is stored. `last_seq`: the highest
-- number stored, which is higher than `acked` only while there is a gap. `head_hash`: of event `acked`, if it is one.
CREATE TABLE streams (
  stream uuid PRIMARY KEY,
  desk uuid NOT NULL REFERENCES desks (id),
  acked bigint NOT NULL DEFAULT 0,
  last_seq bigint NOT NULL DEFAULT 0,
  head_hash text
);

-- `position` is the hub's order. It is given when every earlier number of the stream is there, so that within a
-- call no event is ever read before its predecessor; until then it is null. `event` is canonical JSON, byte for byte
-- what the hash was made from (with the hash). `type` is null where this hub does not know the type.
CREATE SEQUENCE event_positions;
CREATE TABLE events (
  stream uuid NOT NULL REFERENCES streams (stream),
  seq bigint NOT NULL CHECK (seq >= 1),
  position bigint,
  call uuid NOT NULL,
  at bigint NOT NULL,
  type text,
  hash text NOT NULL,
  event text NOT NULL,
  received_at bigint NOT NULL,
  PRIMARY KEY (stream, seq)
);
CREATE UNIQUE INDEX events_position ON events (position);
CREATE INDEX events_call ON events (call, position);
CREATE INDEX events_unplaced ON events (stream, seq) WHERE position IS NULL;

-- What could not be read as an event, or came second to a number already taken, exactly as it came.
CREATE TABLE quarantine (
  n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  stream uuid NOT NULL REFERENCES streams (stream),
  seq bigint NOT NULL CHECK (seq >= 1),
  raw text NOT NULL,
  raw_sha256 text NOT NULL,
  code text NOT NULL,
  field text NOT NULL,
  message text NOT NULL,
  received_at bigint NOT NULL,
  UNIQUE (stream, seq, raw_sha256)
);

CREATE TABLE flags (
  stream uuid NOT NULL REFERENCES streams (stream),
  seq bigint NOT NULL,
  kind text NOT NULL,
  detail text NOT NULL,
  found_at bigint NOT NULL,
  PRIMARY KEY (stream, seq, kind)
);

-- Each number of a stream is covered by exactly one receipt, issued in the transaction that stored it.
CREATE TABLE receipts (
  n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  stream uuid NOT NULL REFERENCES streams (stream),
  seq_from bigint NOT NULL,
  seq_to bigint NOT NULL,
  hash text,
  at bigint NOT NULL,
  CHECK (seq_from <= seq_to)
);
CREATE UNIQUE INDEX receipts_stream ON receipts (stream, seq_to);

-- How far each call has been replayed through the call machine. `unknown_content` names a content version this
-- hub does not have: such a call waits until it does.
CREATE TABLE calls (
  call uuid PRIMARY KEY,
  last_position bigint NOT NULL,
  checked_position bigint NOT NULL DEFAULT 0,
  unknown_content text
);
CREATE INDEX calls_unchecked ON calls (last_position) WHERE last_position > checked_position;
