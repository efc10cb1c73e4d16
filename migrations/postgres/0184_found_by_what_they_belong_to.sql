-- What is looked for by the invoice, payment, card, mailbox or cause that it belongs to is found without going through all of it.
CREATE INDEX orders_invoice ON orders (invoice_id);
CREATE INDEX payment_attempts_method ON payment_attempts (payment_method_id);
CREATE INDEX payment_permissions_method ON payment_permissions (payment_method_id);
CREATE INDEX service_blocks_cause ON service_blocks (cause_id);
CREATE INDEX refunds_invoice ON refunds (invoice_id);
CREATE INDEX disputes_payment ON disputes (payment_id);
CREATE INDEX disputes_customer ON disputes (customer_id, opened_at);
CREATE INDEX subscriptions_running ON subscriptions (status, customer_id, id);
CREATE INDEX page_sessions_mailbox ON page_sessions (mailbox_id);
