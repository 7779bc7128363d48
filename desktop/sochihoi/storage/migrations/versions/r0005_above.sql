ALTER TABLE installation ADD COLUMN frozen_on DATE;

ALTER TABLE installation ADD COLUMN handed_to VARCHAR DEFAULT '' NOT NULL;

ALTER TABLE trusted_key ADD COLUMN state VARCHAR DEFAULT 'ACTIVE' NOT NULL;

ALTER TABLE trusted_key ADD COLUMN approved_by JSON DEFAULT '[]' NOT NULL;

ALTER TABLE trusted_key ADD COLUMN scope VARCHAR DEFAULT '' NOT NULL;

ALTER TABLE trusted_key ADD COLUMN from_version INTEGER;

ALTER TABLE trusted_key ADD COLUMN revoked_version INTEGER;

ALTER TABLE trusted_key ADD COLUMN last_epoch_no INTEGER;

ALTER TABLE trusted_key ADD COLUMN last_seq INTEGER;

ALTER TABLE trusted_key ADD COLUMN revoked_why VARCHAR DEFAULT '' NOT NULL;

ALTER TABLE trusted_key ADD COLUMN replaces VARCHAR DEFAULT '' NOT NULL;

ALTER TABLE sent_file ADD COLUMN profile VARCHAR DEFAULT 'tong-hop' NOT NULL;

ALTER TABLE sent_file ADD COLUMN mode VARCHAR DEFAULT 'snapshot' NOT NULL;

ALTER TABLE sent_file ADD COLUMN told JSON DEFAULT '{}' NOT NULL;

ALTER TABLE stream ADD COLUMN closed_on DATE;

ALTER TABLE stream ADD COLUMN forwarded_to VARCHAR DEFAULT '' NOT NULL;

ALTER TABLE received_file ADD COLUMN kind VARCHAR DEFAULT 'report' NOT NULL;

ALTER TABLE received_file ADD COLUMN batch VARCHAR DEFAULT '' NOT NULL;

ALTER TABLE received_file ADD COLUMN findings JSON DEFAULT '[]' NOT NULL;

ALTER TABLE received_file ADD COLUMN decision VARCHAR DEFAULT '' NOT NULL;

ALTER TABLE received_file ADD COLUMN decided_by VARCHAR DEFAULT '' NOT NULL;

ALTER TABLE received_file ADD COLUMN decided_on DATE;

ALTER TABLE received_file ADD COLUMN undone_on DATE;

UPDATE trusted_key SET state = 'REVOKED' WHERE revoked;

CREATE TABLE carried_file (id VARCHAR NOT NULL, kind VARCHAR NOT NULL, direction VARCHAR NOT NULL, unit_code VARCHAR DEFAULT '' NOT NULL, number INTEGER DEFAULT '0' NOT NULL, file_id VARCHAR DEFAULT '' NOT NULL, file_name VARCHAR DEFAULT '' NOT NULL, manifest_hash VARCHAR DEFAULT '' NOT NULL, sha256 VARCHAR NOT NULL, state VARCHAR NOT NULL, facts JSON DEFAULT '{}' NOT NULL, content BLOB NOT NULL, on_day DATE, deleted_on DATE, CONSTRAINT pk_carried_file PRIMARY KEY (id));

CREATE INDEX ix_carried_file_kind ON carried_file (kind, number);

CREATE TABLE custody_step (id VARCHAR NOT NULL, sha256 VARCHAR NOT NULL, file_name VARCHAR DEFAULT '' NOT NULL, act VARCHAR NOT NULL, place VARCHAR DEFAULT '' NOT NULL, person VARCHAR DEFAULT '' NOT NULL, on_day DATE, note VARCHAR DEFAULT '' NOT NULL, deleted_on DATE, CONSTRAINT pk_custody_step PRIMARY KEY (id));

CREATE INDEX ix_custody_step_sha256 ON custody_step (sha256);

CREATE TABLE transfer_ticket (id VARCHAR NOT NULL, ticket VARCHAR NOT NULL, direction VARCHAR NOT NULL, from_unit VARCHAR DEFAULT '' NOT NULL, to_unit VARCHAR DEFAULT '' NOT NULL, membership_id VARCHAR DEFAULT '' NOT NULL, state VARCHAR NOT NULL, content JSON DEFAULT '{}' NOT NULL, carried_id VARCHAR DEFAULT '' NOT NULL, issued_on DATE, accepted_on DATE, confirmed_on DATE, deleted_on DATE, CONSTRAINT pk_transfer_ticket PRIMARY KEY (id));

CREATE INDEX ix_transfer_ticket_ticket ON transfer_ticket (ticket);

CREATE TABLE received_member (id VARCHAR NOT NULL, unit_code VARCHAR NOT NULL, member VARCHAR NOT NULL, content JSON DEFAULT '{}' NOT NULL, id_hash VARCHAR DEFAULT '' NOT NULL, file_id VARCHAR NOT NULL, deleted_on DATE, CONSTRAINT pk_received_member PRIMARY KEY (id), CONSTRAINT fk_received_member_file_id FOREIGN KEY(file_id) REFERENCES received_file (id));

CREATE INDEX ix_received_member_file_id ON received_member (file_id);

CREATE INDEX ix_received_member_id_hash ON received_member (id_hash);

CREATE INDEX ix_received_member_unit ON received_member (unit_code);

CREATE TABLE unit_change (id VARCHAR NOT NULL, effective DATE, kind VARCHAR NOT NULL, from_units JSON DEFAULT '[]' NOT NULL, to_units JSON DEFAULT '[]' NOT NULL, reason VARCHAR DEFAULT '' NOT NULL, pack_version INTEGER, deleted_on DATE, CONSTRAINT pk_unit_change PRIMARY KEY (id));

CREATE TABLE joined_book (id VARCHAR NOT NULL, unit_id VARCHAR NOT NULL, unit_code VARCHAR DEFAULT '' NOT NULL, unit_name VARCHAR DEFAULT '' NOT NULL, installation VARCHAR NOT NULL, epoch VARCHAR DEFAULT '' NOT NULL, change INTEGER DEFAULT '0' NOT NULL, head VARCHAR DEFAULT '' NOT NULL, joined_on DATE, file_name VARCHAR DEFAULT '' NOT NULL, sha256 VARCHAR DEFAULT '' NOT NULL, told JSON DEFAULT '{}' NOT NULL, deleted_on DATE, CONSTRAINT pk_joined_book PRIMARY KEY (id), CONSTRAINT fk_joined_book_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id));

CREATE INDEX ix_joined_book_unit_id ON joined_book (unit_id);

CREATE TABLE joined_closing (id VARCHAR NOT NULL, book_id VARCHAR NOT NULL, period VARCHAR NOT NULL, edition INTEGER NOT NULL, closed_on DATE, closed_by VARCHAR DEFAULT '' NOT NULL, reason VARCHAR DEFAULT '' NOT NULL, checks JSON DEFAULT '{}' NOT NULL, figures JSON DEFAULT '{}' NOT NULL, previous JSON DEFAULT '{}' NOT NULL, year_to_date JSON DEFAULT '{}' NOT NULL, definitions JSON DEFAULT '{}' NOT NULL, report_number VARCHAR DEFAULT '' NOT NULL, report_date DATE, sha256 VARCHAR DEFAULT '' NOT NULL, deleted_on DATE, CONSTRAINT pk_joined_closing PRIMARY KEY (id), CONSTRAINT fk_joined_closing_book_id FOREIGN KEY(book_id) REFERENCES joined_book (id));

CREATE INDEX ix_joined_closing_book_id ON joined_closing (book_id);

CREATE INDEX ix_joined_closing_edition ON joined_closing (book_id, period, edition);

CREATE TABLE former_code (id VARCHAR NOT NULL, book_id VARCHAR NOT NULL, noun VARCHAR NOT NULL, of_id VARCHAR NOT NULL, code VARCHAR NOT NULL, deleted_on DATE, CONSTRAINT pk_former_code PRIMARY KEY (id), CONSTRAINT fk_former_code_book_id FOREIGN KEY(book_id) REFERENCES joined_book (id));

CREATE INDEX ix_former_code_book_id ON former_code (book_id);

CREATE INDEX ix_former_code_code ON former_code (code);
