-- CreateEnum
CREATE TYPE "BroadcastState" AS ENUM ('scheduled', 'running', 'paused', 'done', 'cancelled');

-- CreateEnum
CREATE TYPE "HandOverReason" AS ENUM ('wish', 'complaint', 'not_understood');

-- CreateEnum
CREATE TYPE "HandOverState" AS ENUM ('open', 'taken', 'closed');

-- CreateEnum
CREATE TYPE "StaffRole" AS ENUM ('admin', 'petugas');

-- AlterTable
ALTER TABLE "contact" ADD COLUMN     "group" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "outgoing_message" ADD COLUMN     "broadcast_id" INTEGER,
ADD COLUMN     "person_ids" INTEGER[] DEFAULT ARRAY[]::INTEGER[],
ADD COLUMN     "replaces_id" INTEGER,
ADD COLUMN     "staff_id" INTEGER;

-- CreateTable
CREATE TABLE "reminder_setting" (
    "person_id" INTEGER NOT NULL,
    "offsets" TEXT[],
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "reminder_setting_pkey" PRIMARY KEY ("person_id")
);

-- CreateTable
CREATE TABLE "broadcast" (
    "id" SERIAL NOT NULL,
    "state" "BroadcastState" NOT NULL DEFAULT 'scheduled',
    "text" TEXT NOT NULL,
    "audience" TEXT NOT NULL,
    "wave_number" INTEGER,
    "file_id" INTEGER,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "broadcast_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "broadcast_recipient" (
    "broadcast_id" INTEGER NOT NULL,
    "person_id" INTEGER NOT NULL,
    "contact_id" INTEGER,
    "left_out" TEXT,
    "outgoing_id" INTEGER,

    CONSTRAINT "broadcast_recipient_pkey" PRIMARY KEY ("broadcast_id","person_id")
);

-- CreateTable
CREATE TABLE "hand_over" (
    "id" SERIAL NOT NULL,
    "contact_id" INTEGER NOT NULL,
    "reason" "HandOverReason" NOT NULL,
    "state" "HandOverState" NOT NULL DEFAULT 'open',
    "incoming_id" INTEGER,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "taken_at" TIMESTAMPTZ(3),
    "taken_by_id" INTEGER,
    "last_word_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "hand_over_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "staff_member" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "phone" TEXT NOT NULL,
    "role" "StaffRole" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "disabled_at" TIMESTAMPTZ(3),

    CONSTRAINT "staff_member_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "broadcast_state_idx" ON "broadcast"("state");

-- CreateIndex
CREATE INDEX "broadcast_file_id_idx" ON "broadcast"("file_id");

-- CreateIndex
CREATE INDEX "broadcast_recipient_person_id_idx" ON "broadcast_recipient"("person_id");

-- CreateIndex
CREATE INDEX "broadcast_recipient_contact_id_idx" ON "broadcast_recipient"("contact_id");

-- CreateIndex
CREATE INDEX "broadcast_recipient_outgoing_id_idx" ON "broadcast_recipient"("outgoing_id");

-- CreateIndex
CREATE INDEX "hand_over_contact_id_idx" ON "hand_over"("contact_id");

-- CreateIndex
CREATE INDEX "hand_over_incoming_id_idx" ON "hand_over"("incoming_id");

-- CreateIndex
CREATE INDEX "hand_over_taken_by_id_idx" ON "hand_over"("taken_by_id");

-- CreateIndex
CREATE INDEX "hand_over_state_idx" ON "hand_over"("state");

-- CreateIndex
CREATE UNIQUE INDEX "staff_member_phone_key" ON "staff_member"("phone");

-- CreateIndex
CREATE UNIQUE INDEX "outgoing_message_replaces_id_key" ON "outgoing_message"("replaces_id");

-- CreateIndex
CREATE INDEX "outgoing_message_broadcast_id_state_idx" ON "outgoing_message"("broadcast_id", "state");

-- CreateIndex
CREATE INDEX "outgoing_message_staff_id_idx" ON "outgoing_message"("staff_id");

-- AddForeignKey
ALTER TABLE "outgoing_message" ADD CONSTRAINT "outgoing_message_broadcast_id_fkey" FOREIGN KEY ("broadcast_id") REFERENCES "broadcast"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "outgoing_message" ADD CONSTRAINT "outgoing_message_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff_member"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "outgoing_message" ADD CONSTRAINT "outgoing_message_replaces_id_fkey" FOREIGN KEY ("replaces_id") REFERENCES "outgoing_message"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reminder_setting" ADD CONSTRAINT "reminder_setting_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "broadcast" ADD CONSTRAINT "broadcast_file_id_fkey" FOREIGN KEY ("file_id") REFERENCES "stored_file"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "broadcast_recipient" ADD CONSTRAINT "broadcast_recipient_broadcast_id_fkey" FOREIGN KEY ("broadcast_id") REFERENCES "broadcast"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "broadcast_recipient" ADD CONSTRAINT "broadcast_recipient_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "broadcast_recipient" ADD CONSTRAINT "broadcast_recipient_contact_id_fkey" FOREIGN KEY ("contact_id") REFERENCES "contact"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "broadcast_recipient" ADD CONSTRAINT "broadcast_recipient_outgoing_id_fkey" FOREIGN KEY ("outgoing_id") REFERENCES "outgoing_message"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hand_over" ADD CONSTRAINT "hand_over_contact_id_fkey" FOREIGN KEY ("contact_id") REFERENCES "contact"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hand_over" ADD CONSTRAINT "hand_over_incoming_id_fkey" FOREIGN KEY ("incoming_id") REFERENCES "incoming_message"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hand_over" ADD CONSTRAINT "hand_over_taken_by_id_fkey" FOREIGN KEY ("taken_by_id") REFERENCES "staff_member"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What Prisma cannot say
ALTER TABLE "outgoing_message" ADD CONSTRAINT "outgoing_message_replaces" CHECK ("replaces_id" <> "id");
ALTER TABLE "hand_over" ADD CONSTRAINT "hand_over_taken" CHECK ("state" <> 'taken' OR "taken_at" IS NOT NULL);
ALTER TABLE "hand_over" ADD CONSTRAINT "hand_over_closed" CHECK (("state" = 'closed') = ("closed_at" IS NOT NULL));
ALTER TABLE "staff_member" ADD CONSTRAINT "staff_member_phone" CHECK ("phone" ~ '^\+[1-9][0-9]{6,14}$');
ALTER TABLE "broadcast_recipient" ADD CONSTRAINT "broadcast_recipient_reached"
  CHECK ("outgoing_id" IS NULL OR "left_out" IS NULL);

-- One conversation is with a person of the office once.
CREATE UNIQUE INDEX "hand_over_one" ON "hand_over" ("contact_id") WHERE "state" <> 'closed';
-- What is still to be written of a broadcast.
CREATE INDEX "broadcast_recipient_to_write" ON "broadcast_recipient" ("broadcast_id", "contact_id")
  WHERE "outgoing_id" IS NULL AND "contact_id" IS NOT NULL;
