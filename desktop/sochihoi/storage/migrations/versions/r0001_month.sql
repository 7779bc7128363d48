CREATE TABLE account (id VARCHAR NOT NULL, name VARCHAR NOT NULL, role VARCHAR NOT NULL, active BOOLEAN DEFAULT '0' NOT NULL, deleted_on DATE, CONSTRAINT pk_account PRIMARY KEY (id));

CREATE TABLE campaign_year (id VARCHAR NOT NULL, year INTEGER NOT NULL, set_code VARCHAR NOT NULL, set_version VARCHAR NOT NULL, beside INTEGER DEFAULT '0' NOT NULL, chosen_on DATE, deleted_on DATE, CONSTRAINT pk_campaign_year PRIMARY KEY (id));

CREATE TABLE closing (id VARCHAR NOT NULL, period VARCHAR NOT NULL, edition INTEGER NOT NULL, closed_on DATE, closed_by VARCHAR DEFAULT '' NOT NULL, reason VARCHAR DEFAULT '' NOT NULL, checks JSON DEFAULT '{}' NOT NULL, figures JSON DEFAULT '{}' NOT NULL, previous JSON DEFAULT '{}' NOT NULL, year_to_date JSON DEFAULT '{}' NOT NULL, definitions JSON DEFAULT '{}' NOT NULL, report_number VARCHAR DEFAULT '' NOT NULL, report_date DATE, sha256 VARCHAR DEFAULT '' NOT NULL, deleted_on DATE, CONSTRAINT pk_closing PRIMARY KEY (id));

CREATE UNIQUE INDEX ix_closing_edition ON closing (period, edition);

CREATE TABLE draft (id VARCHAR NOT NULL, content JSON DEFAULT '{}' NOT NULL, saved_at VARCHAR NOT NULL, CONSTRAINT pk_draft PRIMARY KEY (id));

CREATE TABLE installation (id VARCHAR NOT NULL, identity BLOB NOT NULL, epoch VARCHAR NOT NULL, epoch_no INTEGER NOT NULL, parent VARCHAR DEFAULT '' NOT NULL, made_on DATE, deleted_on DATE, CONSTRAINT pk_installation PRIMARY KEY (id));

CREATE TABLE journal (n INTEGER NOT NULL, prev BLOB NOT NULL, hash BLOB NOT NULL, at VARCHAR NOT NULL, account_id VARCHAR NOT NULL, batch VARCHAR NOT NULL, act VARCHAR NOT NULL, noun VARCHAR NOT NULL, record_id VARCHAR NOT NULL, "before" VARCHAR, "after" VARCHAR, clock_suspect INTEGER DEFAULT '0' NOT NULL, CONSTRAINT pk_journal PRIMARY KEY (n));

CREATE INDEX ix_journal_batch ON journal (batch);

CREATE INDEX ix_journal_record_id ON journal (record_id);

CREATE TABLE month_check (id VARCHAR NOT NULL, period VARCHAR NOT NULL, code VARCHAR NOT NULL, reason VARCHAR DEFAULT '' NOT NULL, deleted_on DATE, CONSTRAINT pk_month_check PRIMARY KEY (id));

CREATE TABLE received_file (id VARCHAR NOT NULL, file_name VARCHAR NOT NULL, sha256 VARCHAR NOT NULL, unit_code VARCHAR DEFAULT '' NOT NULL, unit_name VARCHAR DEFAULT '' NOT NULL, period VARCHAR DEFAULT '' NOT NULL, seq INTEGER DEFAULT '0' NOT NULL, epoch VARCHAR, manifest_hash VARCHAR DEFAULT '' NOT NULL, verdict VARCHAR NOT NULL, code VARCHAR DEFAULT '' NOT NULL, facts JSON DEFAULT '{}' NOT NULL, warnings JSON DEFAULT '[]' NOT NULL, content BLOB NOT NULL, receipt BLOB, received_on DATE, deleted_on DATE, CONSTRAINT pk_received_file PRIMARY KEY (id));

CREATE INDEX ix_received_file_sha256 ON received_file (sha256);

CREATE TABLE report_text (id VARCHAR NOT NULL, period VARCHAR NOT NULL, form VARCHAR NOT NULL, section VARCHAR NOT NULL, content VARCHAR DEFAULT '' NOT NULL, drafted VARCHAR DEFAULT '' NOT NULL, deleted_on DATE, CONSTRAINT pk_report_text PRIMARY KEY (id));

CREATE UNIQUE INDEX ix_report_text_one ON report_text (period, form, section);

CREATE TABLE sent_file (id VARCHAR NOT NULL, file_name VARCHAR NOT NULL, file_id VARCHAR NOT NULL, period VARCHAR NOT NULL, edition INTEGER NOT NULL, epoch VARCHAR NOT NULL, seq INTEGER NOT NULL, manifest_hash VARCHAR NOT NULL, sha256 VARCHAR NOT NULL, to_unit VARCHAR NOT NULL, state VARCHAR NOT NULL, written_to VARCHAR DEFAULT '' NOT NULL, content BLOB NOT NULL, sent_on DATE, deleted_on DATE, CONSTRAINT pk_sent_file PRIMARY KEY (id));

CREATE TABLE setting (id VARCHAR NOT NULL, value JSON DEFAULT '{}' NOT NULL, deleted_on DATE, CONSTRAINT pk_setting PRIMARY KEY (id));

CREATE TABLE stream (id VARCHAR NOT NULL, epoch VARCHAR NOT NULL, epoch_no INTEGER NOT NULL, seq INTEGER NOT NULL, manifest_hash VARCHAR NOT NULL, receipt_no INTEGER DEFAULT '0' NOT NULL, closed BOOLEAN DEFAULT '0' NOT NULL, deleted_on DATE, CONSTRAINT pk_stream PRIMARY KEY (id));

CREATE TABLE study_campaign (id VARCHAR NOT NULL, title VARCHAR NOT NULL, kind VARCHAR DEFAULT 'RESOLUTION' NOT NULL, document_title VARCHAR DEFAULT '' NOT NULL, document_number VARCHAR DEFAULT '' NOT NULL, issuer VARCHAR DEFAULT '' NOT NULL, document_date DATE, starts_on DATE, deadline DATE, frozen_on DATE, state VARCHAR DEFAULT 'OPEN' NOT NULL, note VARCHAR DEFAULT '' NOT NULL, deleted_on DATE, CONSTRAINT pk_study_campaign PRIMARY KEY (id));

CREATE TABLE target_setting (id VARCHAR NOT NULL, code VARCHAR NOT NULL, period VARCHAR NOT NULL, value INTEGER, direction VARCHAR, numerator INTEGER, denominator INTEGER, note VARCHAR DEFAULT '' NOT NULL, deleted_on DATE, CONSTRAINT pk_target_setting PRIMARY KEY (id));

CREATE UNIQUE INDEX ix_target_setting_one ON target_setting (code, period);

CREATE TABLE trusted_key (id VARCHAR NOT NULL, unit_code VARCHAR NOT NULL, unit_name VARCHAR NOT NULL, level VARCHAR NOT NULL, direction VARCHAR NOT NULL, keys BLOB NOT NULL, fingerprint VARCHAR NOT NULL, digits VARCHAR NOT NULL, trusted_on DATE, revoked BOOLEAN DEFAULT '0' NOT NULL, deleted_on DATE, CONSTRAINT pk_trusted_key PRIMARY KEY (id));

CREATE TABLE unit (id VARCHAR NOT NULL, code VARCHAR, level VARCHAR NOT NULL, name VARCHAR NOT NULL, parent_id VARCHAR, valid_from DATE, valid_to DATE, predecessor_ids JSON DEFAULT '[]' NOT NULL, sort_key VARCHAR DEFAULT '' NOT NULL, deleted_on DATE, CONSTRAINT pk_unit PRIMARY KEY (id), CONSTRAINT fk_unit_parent_id FOREIGN KEY(parent_id) REFERENCES unit (id));

CREATE INDEX ix_unit_parent_id ON unit (parent_id);

CREATE TABLE branch_score (id VARCHAR NOT NULL, branch_id VARCHAR NOT NULL, year INTEGER NOT NULL, rubric_code VARCHAR NOT NULL, rubric_version VARCHAR NOT NULL, state VARCHAR DEFAULT 'REGISTERED' NOT NULL, rows JSON DEFAULT '{}' NOT NULL, blocking JSON DEFAULT '{}' NOT NULL, band VARCHAR, title VARCHAR, registered_on DATE, verified_on DATE, recognised_on DATE, note VARCHAR DEFAULT '' NOT NULL, deleted_on DATE, CONSTRAINT pk_branch_score PRIMARY KEY (id), CONSTRAINT fk_branch_score_branch_id FOREIGN KEY(branch_id) REFERENCES unit (id));

CREATE INDEX ix_branch_score_branch_id ON branch_score (branch_id);

CREATE UNIQUE INDEX ix_branch_score_year ON branch_score (year, branch_id);

CREATE TABLE entered_figure (id VARCHAR NOT NULL, unit_id VARCHAR NOT NULL, period VARCHAR NOT NULL, code VARCHAR NOT NULL, value INTEGER, denominator INTEGER, note VARCHAR DEFAULT '' NOT NULL, deleted_on DATE, CONSTRAINT pk_entered_figure PRIMARY KEY (id), CONSTRAINT fk_entered_figure_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id));

CREATE UNIQUE INDEX ix_entered_figure_one ON entered_figure (code, period, unit_id);

CREATE INDEX ix_entered_figure_unit_id ON entered_figure (unit_id);

CREATE TABLE household (id VARCHAR NOT NULL, code VARCHAR DEFAULT '' NOT NULL, branch_id VARCHAR NOT NULL, head_name VARCHAR DEFAULT '' NOT NULL, head_id VARCHAR, address VARCHAR DEFAULT '' NOT NULL, household_group VARCHAR DEFAULT 'NONE' NOT NULL, residents INTEGER, phone VARCHAR DEFAULT '' NOT NULL, note VARCHAR DEFAULT '' NOT NULL, sort_key VARCHAR DEFAULT '' NOT NULL, search_key VARCHAR DEFAULT '' NOT NULL, deleted_on DATE, CONSTRAINT pk_household PRIMARY KEY (id), CONSTRAINT fk_household_branch_id FOREIGN KEY(branch_id) REFERENCES unit (id));

CREATE INDEX ix_household_branch_id ON household (branch_id);

CREATE TABLE meeting (id VARCHAR NOT NULL, code VARCHAR DEFAULT '' NOT NULL, branch_id VARCHAR NOT NULL, held_on DATE, starts_at VARCHAR DEFAULT '' NOT NULL, ends_at VARCHAR DEFAULT '' NOT NULL, place VARCHAR DEFAULT '' NOT NULL, kind VARCHAR DEFAULT 'REGULAR' NOT NULL, topic VARCHAR DEFAULT '' NOT NULL, state VARCHAR DEFAULT 'PLANNED' NOT NULL, frozen_on DATE, closed_on DATE, unmarked_meaning VARCHAR, guests INTEGER DEFAULT '0' NOT NULL, guest_note VARCHAR DEFAULT '' NOT NULL, chair VARCHAR DEFAULT '' NOT NULL, secretary VARCHAR DEFAULT '' NOT NULL, minutes JSON DEFAULT '{}' NOT NULL, minutes_done_on DATE, deleted_on DATE, CONSTRAINT pk_meeting PRIMARY KEY (id), CONSTRAINT fk_meeting_branch_id FOREIGN KEY(branch_id) REFERENCES unit (id));

CREATE INDEX ix_meeting_branch_id ON meeting (branch_id);

CREATE TABLE received_figure (id VARCHAR NOT NULL, unit_code VARCHAR NOT NULL, period VARCHAR NOT NULL, edition INTEGER NOT NULL, branch VARCHAR DEFAULT '' NOT NULL, branch_name VARCHAR DEFAULT '' NOT NULL, code VARCHAR NOT NULL, content JSON DEFAULT '{}' NOT NULL, file_id VARCHAR NOT NULL, deleted_on DATE, CONSTRAINT pk_received_figure PRIMARY KEY (id), CONSTRAINT fk_received_figure_file_id FOREIGN KEY(file_id) REFERENCES received_file (id));

CREATE INDEX ix_received_figure_code ON received_figure (period, code);

CREATE INDEX ix_received_figure_file_id ON received_figure (file_id);

CREATE INDEX ix_received_figure_partition ON received_figure (unit_code, period);

CREATE TABLE study_session (id VARCHAR NOT NULL, campaign_id VARCHAR NOT NULL, branch_id VARCHAR, held_on DATE, starts_at VARCHAR DEFAULT '' NOT NULL, form VARCHAR DEFAULT 'IN_PERSON' NOT NULL, place VARCHAR DEFAULT '' NOT NULL, venue_nodes INTEGER DEFAULT '0' NOT NULL, speaker VARCHAR DEFAULT '' NOT NULL, material VARCHAR DEFAULT '' NOT NULL, channels JSON DEFAULT '[]' NOT NULL, note VARCHAR DEFAULT '' NOT NULL, deleted_on DATE, CONSTRAINT pk_study_session PRIMARY KEY (id), CONSTRAINT fk_study_session_campaign_id FOREIGN KEY(campaign_id) REFERENCES study_campaign (id), CONSTRAINT fk_study_session_branch_id FOREIGN KEY(branch_id) REFERENCES unit (id));

CREATE INDEX ix_study_session_branch_id ON study_session (branch_id);

CREATE INDEX ix_study_session_campaign_id ON study_session (campaign_id);

CREATE TABLE study_target (id VARCHAR NOT NULL, campaign_id VARCHAR NOT NULL, target_group VARCHAR NOT NULL, percent INTEGER DEFAULT '0' NOT NULL, direction VARCHAR DEFAULT 'AT_LEAST' NOT NULL, eligible_count INTEGER, deleted_on DATE, CONSTRAINT pk_study_target PRIMARY KEY (id), CONSTRAINT fk_study_target_campaign_id FOREIGN KEY(campaign_id) REFERENCES study_campaign (id));

CREATE INDEX ix_study_target_campaign_id ON study_target (campaign_id);

CREATE TABLE assessment (id VARCHAR NOT NULL, household_id VARCHAR NOT NULL, year INTEGER NOT NULL, set_code VARCHAR NOT NULL, set_version VARCHAR NOT NULL, round VARCHAR NOT NULL, assessed_on DATE, assessor VARCHAR DEFAULT '' NOT NULL, results JSON DEFAULT '{}' NOT NULL, done_on DATE, deleted_on DATE, CONSTRAINT pk_assessment PRIMARY KEY (id), CONSTRAINT fk_assessment_household_id FOREIGN KEY(household_id) REFERENCES household (id));

CREATE INDEX ix_assessment_household_id ON assessment (household_id);

CREATE UNIQUE INDEX ix_assessment_one ON assessment (household_id, year, set_code, round);

CREATE INDEX ix_assessment_round ON assessment (year, set_code, round);

CREATE TABLE household_registration (id VARCHAR NOT NULL, household_id VARCHAR NOT NULL, year INTEGER NOT NULL, registered_on DATE, mobilised_on DATE, plaque_no VARCHAR DEFAULT '' NOT NULL, plaque_on DATE, deleted_on DATE, CONSTRAINT pk_household_registration PRIMARY KEY (id), CONSTRAINT fk_household_registration_household_id FOREIGN KEY(household_id) REFERENCES household (id));

CREATE INDEX ix_household_registration_household_id ON household_registration (household_id);

CREATE INDEX ix_household_registration_pair ON household_registration (year, household_id);

CREATE TABLE person (id VARCHAR NOT NULL, full_name VARCHAR NOT NULL, sort_key VARCHAR NOT NULL, search_key VARCHAR NOT NULL, birth VARCHAR DEFAULT '' NOT NULL, sex VARCHAR DEFAULT 'FEMALE' NOT NULL, ethnicity VARCHAR DEFAULT '' NOT NULL, religion VARCHAR DEFAULT '' NOT NULL, national_id VARCHAR DEFAULT '' NOT NULL, phone VARCHAR DEFAULT '' NOT NULL, address VARCHAR DEFAULT '' NOT NULL, education VARCHAR DEFAULT '' NOT NULL, professional_level VARCHAR DEFAULT '' NOT NULL, political_theory_level VARCHAR DEFAULT '' NOT NULL, occupation VARCHAR DEFAULT '' NOT NULL, party_member BOOLEAN DEFAULT '0' NOT NULL, party_joined_on DATE, health_insurance BOOLEAN DEFAULT '0' NOT NULL, health_insurance_until DATE, household_id VARCHAR, relation_to_head VARCHAR DEFAULT '' NOT NULL, household_group VARCHAR DEFAULT 'NONE' NOT NULL, consent_on DATE, note VARCHAR DEFAULT '' NOT NULL, deleted_on DATE, CONSTRAINT pk_person PRIMARY KEY (id), CONSTRAINT fk_person_household_id FOREIGN KEY(household_id) REFERENCES household (id));

CREATE INDEX ix_person_household_id ON person (household_id);

CREATE INDEX ix_person_search_key ON person (search_key);

CREATE INDEX ix_person_sort_key ON person (sort_key);

CREATE TABLE proposal (id VARCHAR NOT NULL, meeting_id VARCHAR NOT NULL, position INTEGER, kind VARCHAR DEFAULT 'OPINION' NOT NULL, said_by VARCHAR DEFAULT '' NOT NULL, content VARCHAR NOT NULL, follower VARCHAR DEFAULT '' NOT NULL, due_on DATE, answered_on DATE, answer VARCHAR DEFAULT '' NOT NULL, deleted_on DATE, CONSTRAINT pk_proposal PRIMARY KEY (id), CONSTRAINT fk_proposal_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id));

CREATE INDEX ix_proposal_meeting_id ON proposal (meeting_id);

CREATE TABLE study_headcount (id VARCHAR NOT NULL, session_id VARCHAR NOT NULL, target_group VARCHAR NOT NULL, people INTEGER DEFAULT '0' NOT NULL, deleted_on DATE, CONSTRAINT pk_study_headcount PRIMARY KEY (id), CONSTRAINT fk_study_headcount_session_id FOREIGN KEY(session_id) REFERENCES study_session (id));

CREATE INDEX ix_study_headcount_session_id ON study_headcount (session_id);

CREATE TABLE membership (id VARCHAR NOT NULL, code VARCHAR NOT NULL, person_id VARCHAR NOT NULL, joined VARCHAR DEFAULT '' NOT NULL, join_kind VARCHAR DEFAULT 'ADMISSION' NOT NULL, joined_from VARCHAR DEFAULT '' NOT NULL, left_on DATE, left_reason VARCHAR, left_to VARCHAR DEFAULT '' NOT NULL, decision_no VARCHAR DEFAULT '' NOT NULL, card_no VARCHAR DEFAULT '' NOT NULL, core_member BOOLEAN DEFAULT '0' NOT NULL, honorary BOOLEAN DEFAULT '0' NOT NULL, other_organisations JSON DEFAULT '[]' NOT NULL, review JSON DEFAULT '[]' NOT NULL, registered_on DATE, deleted_on DATE, CONSTRAINT pk_membership PRIMARY KEY (id), CONSTRAINT fk_membership_person_id FOREIGN KEY(person_id) REFERENCES person (id));

CREATE INDEX ix_membership_code ON membership (code);

CREATE INDEX ix_membership_person_id ON membership (person_id);

CREATE TABLE attendance (id VARCHAR NOT NULL, meeting_id VARCHAR NOT NULL, membership_id VARCHAR NOT NULL, row_number INTEGER NOT NULL, mark VARCHAR, note VARCHAR DEFAULT '' NOT NULL, deleted_on DATE, CONSTRAINT pk_attendance PRIMARY KEY (id), CONSTRAINT fk_attendance_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id), CONSTRAINT fk_attendance_membership_id FOREIGN KEY(membership_id) REFERENCES membership (id));

CREATE INDEX ix_attendance_meeting_id ON attendance (meeting_id);

CREATE UNIQUE INDEX ix_attendance_meeting_row ON attendance (meeting_id, row_number);

CREATE INDEX ix_attendance_membership_id ON attendance (membership_id);

CREATE TABLE placement (id VARCHAR NOT NULL, membership_id VARCHAR NOT NULL, branch_id VARCHAR NOT NULL, cell_id VARCHAR, from_on DATE, to_on DATE, reason VARCHAR DEFAULT '' NOT NULL, deleted_on DATE, CONSTRAINT pk_placement PRIMARY KEY (id), CONSTRAINT fk_placement_membership_id FOREIGN KEY(membership_id) REFERENCES membership (id), CONSTRAINT fk_placement_branch_id FOREIGN KEY(branch_id) REFERENCES unit (id), CONSTRAINT fk_placement_cell_id FOREIGN KEY(cell_id) REFERENCES unit (id));

CREATE INDEX ix_placement_branch_id ON placement (branch_id);

CREATE INDEX ix_placement_cell_id ON placement (cell_id);

CREATE INDEX ix_placement_membership_id ON placement (membership_id);

CREATE TABLE position (id VARCHAR NOT NULL, membership_id VARCHAR NOT NULL, unit_id VARCHAR NOT NULL, title VARCHAR NOT NULL, from_on DATE, to_on DATE, trained_on DATE, rank INTEGER DEFAULT '0' NOT NULL, deleted_on DATE, CONSTRAINT pk_position PRIMARY KEY (id), CONSTRAINT fk_position_membership_id FOREIGN KEY(membership_id) REFERENCES membership (id), CONSTRAINT fk_position_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id));

CREATE INDEX ix_position_membership_id ON position (membership_id);

CREATE INDEX ix_position_unit_id ON position (unit_id);

CREATE TABLE study_attendance (id VARCHAR NOT NULL, session_id VARCHAR NOT NULL, membership_id VARCHAR NOT NULL, deleted_on DATE, CONSTRAINT pk_study_attendance PRIMARY KEY (id), CONSTRAINT fk_study_attendance_session_id FOREIGN KEY(session_id) REFERENCES study_session (id), CONSTRAINT fk_study_attendance_membership_id FOREIGN KEY(membership_id) REFERENCES membership (id));

CREATE INDEX ix_study_attendance_membership_id ON study_attendance (membership_id);

CREATE UNIQUE INDEX ix_study_attendance_pair ON study_attendance (session_id, membership_id);

CREATE INDEX ix_study_attendance_session_id ON study_attendance (session_id);

CREATE TABLE study_eligible (id VARCHAR NOT NULL, campaign_id VARCHAR NOT NULL, membership_id VARCHAR NOT NULL, branch_id VARCHAR NOT NULL, deleted_on DATE, CONSTRAINT pk_study_eligible PRIMARY KEY (id), CONSTRAINT fk_study_eligible_campaign_id FOREIGN KEY(campaign_id) REFERENCES study_campaign (id), CONSTRAINT fk_study_eligible_membership_id FOREIGN KEY(membership_id) REFERENCES membership (id), CONSTRAINT fk_study_eligible_branch_id FOREIGN KEY(branch_id) REFERENCES unit (id));

CREATE INDEX ix_study_eligible_branch_id ON study_eligible (branch_id);

CREATE INDEX ix_study_eligible_campaign_id ON study_eligible (campaign_id);

CREATE INDEX ix_study_eligible_membership_id ON study_eligible (membership_id);

CREATE UNIQUE INDEX ix_study_eligible_pair ON study_eligible (campaign_id, membership_id);

CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
