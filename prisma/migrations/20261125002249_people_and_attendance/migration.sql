-- CreateEnum
CREATE TYPE "AttendanceSource" AS ENUM ('code', 'staff', 'paper');

-- CreateEnum
CREATE TYPE "ProfileField" AS ENUM ('name', 'phone', 'position');

-- CreateEnum
CREATE TYPE "RequestState" AS ENUM ('waiting', 'approved', 'refused');

-- AlterTable
ALTER TABLE "position" ADD COLUMN     "pending" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "contact" ADD COLUMN     "must_confirm_name" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "session" ADD COLUMN     "code" TEXT;

-- AlterTable
ALTER TABLE "registration" ADD COLUMN     "replaces_id" INTEGER,
ADD COLUMN     "requested_by_id" INTEGER;

-- CreateTable
CREATE TABLE "attendance" (
    "registration_id" INTEGER NOT NULL,
    "session_id" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "source" "AttendanceSource" NOT NULL,

    CONSTRAINT "attendance_pkey" PRIMARY KEY ("registration_id","session_id")
);

-- CreateTable
CREATE TABLE "profile_request" (
    "id" SERIAL NOT NULL,
    "person_id" INTEGER NOT NULL,
    "field" "ProfileField" NOT NULL,
    "value" JSONB NOT NULL,
    "state" "RequestState" NOT NULL DEFAULT 'waiting',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "profile_request_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_entry" (
    "id" SERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL DEFAULT '',
    "person_id" INTEGER,
    "details" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stored_file" (
    "id" SERIAL NOT NULL,
    "person_id" INTEGER,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "content" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "stored_file_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "attendance_session_id_idx" ON "attendance"("session_id");

-- CreateIndex
CREATE INDEX "profile_request_person_id_idx" ON "profile_request"("person_id");

-- CreateIndex
CREATE INDEX "audit_entry_at_idx" ON "audit_entry"("at");

-- CreateIndex
CREATE INDEX "audit_entry_person_id_idx" ON "audit_entry"("person_id");

-- CreateIndex
CREATE INDEX "stored_file_person_id_idx" ON "stored_file"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "session_code_key" ON "session"("code");

-- AddForeignKey
ALTER TABLE "registration" ADD CONSTRAINT "registration_requested_by_id_fkey" FOREIGN KEY ("requested_by_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "registration" ADD CONSTRAINT "registration_replaces_id_fkey" FOREIGN KEY ("replaces_id") REFERENCES "registration"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attendance" ADD CONSTRAINT "attendance_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "registration"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attendance" ADD CONSTRAINT "attendance_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "session"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "profile_request" ADD CONSTRAINT "profile_request_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit_entry" ADD CONSTRAINT "audit_entry_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stored_file" ADD CONSTRAINT "stored_file_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- What Prisma cannot say
ALTER TABLE "session" ADD CONSTRAINT "session_code" CHECK ("code" ~ '^[2-9A-HJKMNP-Z]{4,8}$');
ALTER TABLE "registration" ADD CONSTRAINT "registration_replaces" CHECK ("replaces_id" <> "id");
ALTER TABLE "profile_request" ADD CONSTRAINT "profile_request_decided"
  CHECK (("state" = 'waiting') = ("decided_at" IS NULL));

-- One open wish a person and kind.
CREATE UNIQUE INDEX "profile_request_waiting" ON "profile_request" ("person_id", "field") WHERE "state" = 'waiting';
