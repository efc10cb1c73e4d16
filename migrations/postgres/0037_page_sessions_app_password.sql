-- The application password that a session was opened with: it ends with it.
ALTER TABLE page_sessions ADD COLUMN app_password_id BYTEA;
CREATE INDEX page_sessions_app_password ON page_sessions (app_password_id);
