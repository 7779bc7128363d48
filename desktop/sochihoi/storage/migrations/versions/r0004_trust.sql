ALTER TABLE person ADD COLUMN old_id VARCHAR DEFAULT '' NOT NULL;

ALTER TABLE person ADD COLUMN merged_into VARCHAR;

ALTER TABLE person ADD COLUMN anonymised_on DATE;

ALTER TABLE membership ADD COLUMN moving_on DATE;

ALTER TABLE membership ADD COLUMN moving_to VARCHAR DEFAULT '' NOT NULL;

ALTER TABLE membership ADD COLUMN moving_no VARCHAR DEFAULT '' NOT NULL;

CREATE TABLE consent (id VARCHAR NOT NULL, person_id VARCHAR NOT NULL, purpose VARCHAR DEFAULT 'BASIC' NOT NULL, text_version VARCHAR DEFAULT '' NOT NULL, given_on DATE, how VARCHAR DEFAULT 'PAPER' NOT NULL, reference VARCHAR DEFAULT '' NOT NULL, withdrawn_on DATE, note VARCHAR DEFAULT '' NOT NULL, deleted_on DATE, CONSTRAINT pk_consent PRIMARY KEY (id), CONSTRAINT fk_consent_person_id FOREIGN KEY(person_id) REFERENCES person (id));

CREATE INDEX ix_consent_person_id ON consent (person_id);

CREATE TABLE distinct_persons (id VARCHAR NOT NULL, one_id VARCHAR NOT NULL, other_id VARCHAR NOT NULL, said_on DATE, note VARCHAR DEFAULT '' NOT NULL, deleted_on DATE, CONSTRAINT pk_distinct_persons PRIMARY KEY (id), CONSTRAINT fk_distinct_persons_one_id FOREIGN KEY(one_id) REFERENCES person (id), CONSTRAINT fk_distinct_persons_other_id FOREIGN KEY(other_id) REFERENCES person (id));

CREATE INDEX ix_distinct_persons_one_id ON distinct_persons (one_id);

CREATE INDEX ix_distinct_persons_other_id ON distinct_persons (other_id);

CREATE UNIQUE INDEX ix_distinct_persons_pair ON distinct_persons (one_id, other_id);

INSERT INTO consent (id, person_id, purpose, given_on, how) SELECT id, id, 'BASIC', consent_on, 'PAPER' FROM person WHERE consent_on IS NOT NULL;
