-- DropIndex
DROP INDEX "outgoing_message_replaces_id_key";

-- CreateTable
CREATE TABLE "coming_answer" (
    "registration_id" INTEGER NOT NULL,
    "session_id" INTEGER NOT NULL,
    "starts" TIMESTAMPTZ(3) NOT NULL,
    "comes" BOOLEAN NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "coming_answer_pkey" PRIMARY KEY ("registration_id","session_id")
);

-- CreateIndex
CREATE INDEX "coming_answer_session_id_idx" ON "coming_answer"("session_id");

-- CreateIndex
CREATE UNIQUE INDEX "outgoing_message_replaces_id_contact_id_key" ON "outgoing_message"("replaces_id", "contact_id");

-- AddForeignKey
ALTER TABLE "coming_answer" ADD CONSTRAINT "coming_answer_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "registration"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "coming_answer" ADD CONSTRAINT "coming_answer_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "session"("id") ON DELETE CASCADE ON UPDATE CASCADE;
