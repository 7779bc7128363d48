ALTER TABLE report_text ADD COLUMN unit_id VARCHAR DEFAULT '' NOT NULL;

DROP INDEX ix_report_text_one;

CREATE UNIQUE INDEX ix_report_text_one ON report_text (period, form, section, unit_id);

CREATE TABLE issued_report (id VARCHAR NOT NULL, form VARCHAR NOT NULL, form_version VARCHAR DEFAULT '' NOT NULL, unit_id VARCHAR NOT NULL, period VARCHAR NOT NULL, edition INTEGER NOT NULL, number VARCHAR DEFAULT '' NOT NULL, number_value INTEGER DEFAULT '0' NOT NULL, issued_on DATE, issued_by VARCHAR DEFAULT '' NOT NULL, reason VARCHAR DEFAULT '' NOT NULL, content JSON DEFAULT '{}' NOT NULL, figures JSON DEFAULT '{}' NOT NULL, sha256 VARCHAR DEFAULT '' NOT NULL, code VARCHAR DEFAULT '' NOT NULL, deleted_on DATE, CONSTRAINT pk_issued_report PRIMARY KEY (id), CONSTRAINT fk_issued_report_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id));

CREATE INDEX ix_issued_report_code ON issued_report (code);

CREATE UNIQUE INDEX ix_issued_report_one ON issued_report (form, unit_id, period, edition);

CREATE INDEX ix_issued_report_unit_id ON issued_report (unit_id);

CREATE TABLE archived_paper (id VARCHAR NOT NULL, form VARCHAR NOT NULL, unit_id VARCHAR NOT NULL, period VARCHAR NOT NULL, edition INTEGER NOT NULL, kind VARCHAR NOT NULL, file_name VARCHAR DEFAULT '' NOT NULL, sha256 VARCHAR NOT NULL, made_on DATE, made_by VARCHAR DEFAULT '' NOT NULL, signature JSON DEFAULT '{}' NOT NULL, content BLOB NOT NULL, deleted_on DATE, CONSTRAINT pk_archived_paper PRIMARY KEY (id), CONSTRAINT fk_archived_paper_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id));

CREATE INDEX ix_archived_paper_of ON archived_paper (form, unit_id, period);

CREATE INDEX ix_archived_paper_unit_id ON archived_paper (unit_id);
