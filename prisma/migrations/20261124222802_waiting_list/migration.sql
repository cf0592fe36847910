-- AlterTable
ALTER TABLE "registration" ADD COLUMN     "offered_until" TIMESTAMPTZ(3),
ADD COLUMN     "waiting_number" INTEGER;

-- CreateTable
CREATE TABLE "wave_interest" (
    "person_id" INTEGER NOT NULL,
    "wave_number" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "told_at" TIMESTAMPTZ(3),

    CONSTRAINT "wave_interest_pkey" PRIMARY KEY ("person_id","wave_number")
);

-- CreateIndex
CREATE UNIQUE INDEX "registration_training_code_waiting_number_key" ON "registration"("training_code", "waiting_number");

-- AddForeignKey
ALTER TABLE "wave_interest" ADD CONSTRAINT "wave_interest_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "wave_interest" ADD CONSTRAINT "wave_interest_wave_number_fkey" FOREIGN KEY ("wave_number") REFERENCES "wave"("number") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma cannot say --------------------------------------------------------------------------------------------

-- An offered seat is held until an instant, and nothing else is.
ALTER TABLE "registration" ADD CONSTRAINT "registration_offer" CHECK (("state" = 'offered') = ("offered_until" IS NOT NULL));
-- Who waits has a place in the order.
ALTER TABLE "registration" ADD CONSTRAINT "registration_waiting" CHECK ("state" NOT IN ('waitlisted', 'offered') OR "waiting_number" IS NOT NULL);

-- What sweeps look for.
CREATE INDEX "registration_offered" ON "registration" ("offered_until") WHERE "state" = 'offered';
CREATE INDEX "registration_waitlisted" ON "registration" ("training_code", "waiting_number") WHERE "state" = 'waitlisted';
