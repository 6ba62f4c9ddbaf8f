-- The directory of services, every version of it. A service's text holds from one version until another; null: still.
-- So a version costs what it changed, and the way between any two versions can be read.
CREATE TABLE directory_versions (
  version integer PRIMARY KEY CHECK (version >= 1),
  made_at bigint NOT NULL,
  -- Canonical JSON, as in a snapshot.
  source text NOT NULL,
  bank_holidays text NOT NULL,
  -- Which command made it, and of what: never a service's contents.
  how text NOT NULL
);
CREATE TABLE directory_services (
  id text NOT NULL,
  from_version integer NOT NULL REFERENCES directory_versions (version),
  to_version integer REFERENCES directory_versions (version),
  service text NOT NULL,
  PRIMARY KEY (id, from_version),
  CHECK (to_version > from_version)
);
CREATE INDEX directory_services_until ON directory_services (to_version);

-- What desks found out about services. A report that comes a second time under its id is the same report.
CREATE TABLE directory_reports (
  id uuid PRIMARY KEY,
  desk uuid NOT NULL REFERENCES desks (id),
  kind text NOT NULL CHECK (kind IN ('cannotTake', 'takesAgain', 'fault')),
  service text NOT NULL,
  version integer NOT NULL,
  said_by text NOT NULL,
  says text NOT NULL,
  -- The desk's time, and never later than when it came.
  at bigint NOT NULL,
  until bigint,
  received_at bigint NOT NULL
);
CREATE INDEX directory_reports_flags ON directory_reports (service, at) WHERE kind <> 'fault';
