-- AlterTable
ALTER TABLE "contact" ADD COLUMN     "consent_refused_at" TIMESTAMPTZ(3),
ADD COLUMN     "thread_from" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "outgoing_message_reply_to_id_idx" ON "outgoing_message"("reply_to_id");

-- CreateIndex
CREATE INDEX "registration_requested_by_id_idx" ON "registration"("requested_by_id");

-- CreateIndex
CREATE INDEX "registration_replaces_id_idx" ON "registration"("replaces_id");
