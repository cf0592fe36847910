-- A group is nobody: it has no number, so no person is found through it, and nothing meant for one is sent there.
ALTER TABLE "contact" ADD CONSTRAINT "contact_group_is_nobody" CHECK (NOT "group" OR "phone" IS NULL);
