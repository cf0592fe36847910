-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "Zone" AS ENUM ('mainland', 'hinterland');

-- CreateEnum
CREATE TYPE "Track" AS ENUM ('organisation', 'business');

-- CreateEnum
CREATE TYPE "Role" AS ENUM ('pengurus', 'pengawas', 'manajer');

-- CreateEnum
CREATE TYPE "PositionTitle" AS ENUM ('ketua', 'wakil_ketua', 'wakil_ketua_usaha', 'wakil_ketua_anggota', 'sekretaris', 'bendahara', 'ketua_pengawas', 'anggota_pengawas', 'manajer');

-- CreateEnum
CREATE TYPE "IncomingState" AS ENUM ('stored', 'answered', 'failed');

-- CreateEnum
CREATE TYPE "OutgoingKind" AS ENUM ('reply', 'notice', 'reminder', 'broadcast');

-- CreateEnum
CREATE TYPE "OutgoingState" AS ENUM ('queued', 'sending', 'sent', 'delivered', 'read', 'failed', 'uncertain', 'expired', 'cancelled');

-- CreateEnum
CREATE TYPE "RegistrationState" AS ENUM ('pending', 'confirmed', 'waitlisted', 'offered', 'lapsed', 'refused', 'completed', 'partial', 'absent', 'cancelled');

-- CreateEnum
CREATE TYPE "ReminderState" AS ENUM ('planned', 'fired', 'cancelled', 'expired');

-- CreateTable
CREATE TABLE "cooperative" (
    "id" SERIAL NOT NULL,
    "area_code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "sample" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "cooperative_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "consented_at" TIMESTAMPTZ(3),
    "consent_refused_at" TIMESTAMPTZ(3),
    "sample" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person_phone" (
    "person_id" INTEGER NOT NULL,
    "phone" TEXT NOT NULL,

    CONSTRAINT "person_phone_pkey" PRIMARY KEY ("person_id","phone")
);

-- CreateTable
CREATE TABLE "position" (
    "id" SERIAL NOT NULL,
    "person_id" INTEGER NOT NULL,
    "cooperative_id" INTEGER NOT NULL,
    "role" "Role" NOT NULL,
    "title" "PositionTitle" NOT NULL,
    "from" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "until" TIMESTAMPTZ(3),

    CONSTRAINT "position_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contact" (
    "id" SERIAL NOT NULL,
    "channel" TEXT NOT NULL,
    "chat" TEXT NOT NULL,
    "display_name" TEXT,
    "phone" TEXT,
    "locale" TEXT NOT NULL DEFAULT 'id',
    "stopped_at" TIMESTAMPTZ(3),
    "unreachable_since" TIMESTAMPTZ(3),
    "unreachable_why" TEXT,
    "last_heard_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "contact_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "conversation" (
    "contact_id" INTEGER NOT NULL,
    "state" JSONB NOT NULL DEFAULT '{}',
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "conversation_pkey" PRIMARY KEY ("contact_id")
);

-- CreateTable
CREATE TABLE "incoming_message" (
    "id" SERIAL NOT NULL,
    "contact_id" INTEGER NOT NULL,
    "channel" TEXT NOT NULL,
    "chat" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "quotes" TEXT,
    "state" "IncomingState" NOT NULL DEFAULT 'stored',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_try_at" TIMESTAMPTZ(3),
    "intent" TEXT,
    "understood" JSONB,
    "sent_at" TIMESTAMPTZ(3),
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "answered_at" TIMESTAMPTZ(3),

    CONSTRAINT "incoming_message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outgoing_message" (
    "id" SERIAL NOT NULL,
    "contact_id" INTEGER NOT NULL,
    "channel" TEXT NOT NULL,
    "kind" "OutgoingKind" NOT NULL,
    "state" "OutgoingState" NOT NULL DEFAULT 'queued',
    "content" JSONB NOT NULL,
    "text" TEXT,
    "asks" JSONB,
    "reply_to_id" INTEGER,
    "reminder_id" INTEGER,
    "dedupe_key" TEXT,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "owner" TEXT,
    "lease_until" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "unclear" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,
    "external_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ(3),
    "delivered_at" TIMESTAMPTZ(3),
    "read_at" TIMESTAMPTZ(3),

    CONSTRAINT "outgoing_message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "venue" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "lat" DOUBLE PRECISION NOT NULL,
    "lon" DOUBLE PRECISION NOT NULL,
    "directions" TEXT NOT NULL DEFAULT '',
    "sample" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "venue_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "wave" (
    "number" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "opens" TIMESTAMPTZ(3) NOT NULL,
    "closes" TIMESTAMPTZ(3) NOT NULL,
    "sample" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "wave_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "training" (
    "code" TEXT NOT NULL,
    "wave_number" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "track" "Track" NOT NULL,
    "zone" "Zone" NOT NULL,
    "areas" TEXT[],
    "roles" "Role"[],
    "capacity" INTEGER NOT NULL,
    "per_cooperative" INTEGER,
    "venue_id" TEXT NOT NULL,
    "requirements" TEXT NOT NULL DEFAULT '',
    "allowance" TEXT NOT NULL DEFAULT '',
    "travel_lead_minutes" INTEGER NOT NULL DEFAULT 0,
    "taken" INTEGER NOT NULL DEFAULT 0,
    "offered" INTEGER NOT NULL DEFAULT 0,
    "sample" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "training_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "session" (
    "id" SERIAL NOT NULL,
    "training_code" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "starts" TIMESTAMPTZ(3) NOT NULL,
    "ends" TIMESTAMPTZ(3) NOT NULL,
    "speaker" TEXT NOT NULL DEFAULT '',
    "cancelled_at" TIMESTAMPTZ(3),

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "registration" (
    "id" SERIAL NOT NULL,
    "number" TEXT NOT NULL,
    "person_id" INTEGER NOT NULL,
    "position_id" INTEGER NOT NULL,
    "cooperative_id" INTEGER NOT NULL,
    "role" "Role" NOT NULL,
    "title" "PositionTitle" NOT NULL,
    "training_code" TEXT NOT NULL,
    "track" "Track" NOT NULL,
    "state" "RegistrationState" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "cancelled_at" TIMESTAMPTZ(3),

    CONSTRAINT "registration_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reminder" (
    "id" SERIAL NOT NULL,
    "registration_id" INTEGER NOT NULL,
    "session_id" INTEGER NOT NULL,
    "offset" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "state" "ReminderState" NOT NULL DEFAULT 'planned',

    CONSTRAINT "reminder_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "fact" (
    "name" TEXT NOT NULL,
    "value" JSONB NOT NULL,

    CONSTRAINT "fact_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE UNIQUE INDEX "cooperative_area_code_key" ON "cooperative"("area_code");

-- CreateIndex
CREATE INDEX "person_phone_phone_idx" ON "person_phone"("phone");

-- CreateIndex
CREATE INDEX "position_person_id_idx" ON "position"("person_id");

-- CreateIndex
CREATE INDEX "position_cooperative_id_idx" ON "position"("cooperative_id");

-- CreateIndex
CREATE INDEX "contact_phone_idx" ON "contact"("phone");

-- CreateIndex
CREATE UNIQUE INDEX "contact_channel_chat_key" ON "contact"("channel", "chat");

-- CreateIndex
CREATE INDEX "incoming_message_contact_id_id_idx" ON "incoming_message"("contact_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "incoming_message_channel_chat_external_id_key" ON "incoming_message"("channel", "chat", "external_id");

-- CreateIndex
CREATE UNIQUE INDEX "outgoing_message_dedupe_key_key" ON "outgoing_message"("dedupe_key");

-- CreateIndex
CREATE INDEX "outgoing_message_contact_id_id_idx" ON "outgoing_message"("contact_id", "id");

-- CreateIndex
CREATE INDEX "outgoing_message_contact_id_external_id_idx" ON "outgoing_message"("contact_id", "external_id");

-- CreateIndex
CREATE INDEX "outgoing_message_reminder_id_idx" ON "outgoing_message"("reminder_id");

-- CreateIndex
CREATE UNIQUE INDEX "training_code_track_key" ON "training"("code", "track");

-- CreateIndex
CREATE INDEX "session_starts_idx" ON "session"("starts");

-- CreateIndex
CREATE UNIQUE INDEX "session_training_code_key_key" ON "session"("training_code", "key");

-- CreateIndex
CREATE UNIQUE INDEX "registration_number_key" ON "registration"("number");

-- CreateIndex
CREATE INDEX "registration_training_code_state_idx" ON "registration"("training_code", "state");

-- CreateIndex
CREATE INDEX "registration_person_id_idx" ON "registration"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "reminder_registration_id_session_id_offset_key" ON "reminder"("registration_id", "session_id", "offset");

-- AddForeignKey
ALTER TABLE "person_phone" ADD CONSTRAINT "person_phone_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "position" ADD CONSTRAINT "position_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "position" ADD CONSTRAINT "position_cooperative_id_fkey" FOREIGN KEY ("cooperative_id") REFERENCES "cooperative"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_contact_id_fkey" FOREIGN KEY ("contact_id") REFERENCES "contact"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "incoming_message" ADD CONSTRAINT "incoming_message_contact_id_fkey" FOREIGN KEY ("contact_id") REFERENCES "contact"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "outgoing_message" ADD CONSTRAINT "outgoing_message_contact_id_fkey" FOREIGN KEY ("contact_id") REFERENCES "contact"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "outgoing_message" ADD CONSTRAINT "outgoing_message_reply_to_id_fkey" FOREIGN KEY ("reply_to_id") REFERENCES "incoming_message"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "outgoing_message" ADD CONSTRAINT "outgoing_message_reminder_id_fkey" FOREIGN KEY ("reminder_id") REFERENCES "reminder"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "training" ADD CONSTRAINT "training_wave_number_fkey" FOREIGN KEY ("wave_number") REFERENCES "wave"("number") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "training" ADD CONSTRAINT "training_venue_id_fkey" FOREIGN KEY ("venue_id") REFERENCES "venue"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_training_code_fkey" FOREIGN KEY ("training_code") REFERENCES "training"("code") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "registration" ADD CONSTRAINT "registration_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "registration" ADD CONSTRAINT "registration_position_id_fkey" FOREIGN KEY ("position_id") REFERENCES "position"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "registration" ADD CONSTRAINT "registration_cooperative_id_fkey" FOREIGN KEY ("cooperative_id") REFERENCES "cooperative"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "registration" ADD CONSTRAINT "registration_training_code_track_fkey" FOREIGN KEY ("training_code", "track") REFERENCES "training"("code", "track") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reminder" ADD CONSTRAINT "reminder_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "registration"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reminder" ADD CONSTRAINT "reminder_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "session"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma cannot say --------------------------------------------------------------------------------------------

-- Seats are never oversold.
ALTER TABLE "training" ADD CONSTRAINT "training_seats" CHECK ("taken" >= 0 AND "offered" >= 0 AND "taken" + "offered" <= "capacity");
ALTER TABLE "training" ADD CONSTRAINT "training_code" CHECK ("code" ~ '^[A-Z0-9-]{2,12}$');
ALTER TABLE "training" ADD CONSTRAINT "training_lead" CHECK ("travel_lead_minutes" >= 0);
ALTER TABLE "training" ADD CONSTRAINT "training_per_cooperative" CHECK ("per_cooperative" > 0);

ALTER TABLE "wave" ADD CONSTRAINT "wave_window" CHECK ("opens" < "closes");
ALTER TABLE "session" ADD CONSTRAINT "session_times" CHECK ("starts" < "ends");
ALTER TABLE "position" ADD CONSTRAINT "position_times" CHECK ("until" IS NULL OR "from" <= "until");
ALTER TABLE "person_phone" ADD CONSTRAINT "person_phone_e164" CHECK ("phone" ~ '^\+[1-9][0-9]{6,14}$');
ALTER TABLE "contact" ADD CONSTRAINT "contact_phone_e164" CHECK ("phone" ~ '^\+[1-9][0-9]{6,14}$');

-- One current position a person, cooperative and title.
CREATE UNIQUE INDEX "position_current" ON "position" ("person_id", "cooperative_id", "title") WHERE "until" IS NULL;

-- One active registration a person and track.
CREATE UNIQUE INDEX "registration_active" ON "registration" ("person_id", "track")
  WHERE "state" IN ('pending', 'waitlisted', 'offered', 'confirmed');

-- One message at a time is on its way to a contact, whoever sends it.
CREATE UNIQUE INDEX "outgoing_message_sending" ON "outgoing_message" ("contact_id") WHERE "state" = 'sending';
-- A claim has an owner and an end, and nothing else has.
ALTER TABLE "outgoing_message" ADD CONSTRAINT "outgoing_message_claim"
  CHECK (("state" = 'sending') = ("owner" IS NOT NULL) AND ("owner" IS NULL) = ("lease_until" IS NULL));
-- What was sent has a time, and is not taken back.
ALTER TABLE "outgoing_message" ADD CONSTRAINT "outgoing_message_sent"
  CHECK ("state" NOT IN ('sent', 'delivered', 'read') OR "sent_at" IS NOT NULL);

ALTER TABLE "incoming_message" ADD CONSTRAINT "incoming_message_answered"
  CHECK (("state" = 'answered') = ("answered_at" IS NOT NULL));

-- What sweeps look for.
CREATE INDEX "outgoing_message_waiting" ON "outgoing_message" ("due_at") WHERE "state" IN ('queued', 'sending');
CREATE INDEX "incoming_message_waiting" ON "incoming_message" ("id") WHERE "state" = 'stored';
CREATE INDEX "reminder_planned" ON "reminder" ("due_at") WHERE "state" = 'planned';
